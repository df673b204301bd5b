package io.seawall.storm;

import java.io.PrintStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Tells how it goes, on a thread of its own: an output that nobody reads, as that of a stopped terminal, must not make an outage
 * longer. What it cannot tell in time is left out.
 */
final class Teller {

    private static final int LINES = 1_000;

    private final PrintStream out;
    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(LINES),
            Teller::daemon,
            new ThreadPoolExecutor.DiscardPolicy());

    Teller(PrintStream out) {
        this.out = out;
    }

    void tell(String line) {
        thread.execute(() -> out.println(line));
    }

    /** Waits a little for what is not told yet. */
    void finish() throws InterruptedException {
        thread.shutdown();
        thread.awaitTermination(2, TimeUnit.SECONDS);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "teller");
        thread.setDaemon(true);
        return thread;
    }
}
