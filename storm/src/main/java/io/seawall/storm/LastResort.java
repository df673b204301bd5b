package io.seawall.storm;

import java.time.Duration;

/** Ends this process, and those that it has started, when the time is over, whatever it waits for. */
final class LastResort {

    private LastResort() {}

    static void in(Duration time, Children children, int status) {
        daemon("last-resort", () -> {
            Thread.sleep(time.toMillis());
            children.end();
            // Perhaps it is the output that does not go on.
            daemon("last-word", () -> System.err.println("The time is over: " + time.toSeconds() + " s."))
                    .join(1_000);
            Runtime.getRuntime().halt(status);
        });
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    private static Thread daemon(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (InterruptedException nobodyDoes) {
                        Thread.currentThread().interrupt();
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
