package io.seawall.observe.console;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Does something again and again, on a thread of its own, until it is closed. What that throws is told once and ends nothing. */
final class Beat implements AutoCloseable {

    private static final Logger LOG = System.getLogger(Beat.class.getName());
    private static final long LAST_ONE_MILLIS = 5_000;

    private final CountDownLatch over = new CountDownLatch(1);
    private final Runnable task;
    private final long everyMillis;
    private final Thread thread;
    private boolean told;

    Beat(String name, long everyMillis, Runnable task) {
        this.task = task;
        this.everyMillis = everyMillis;
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            while (!over.await(everyMillis, TimeUnit.MILLISECONDS)) {
                once();
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt(); // by nobody of ours; whoever it was wants it to end
        }
    }

    private void once() {
        try {
            task.run();
        } catch (Throwable broken) { // also an error, which would end the thread without a word
            if (!told) {
                told = true;
                LOG.log(Level.WARNING, "the console misses a part of its history; this is told once", broken);
            }
        }
    }

    /** When this returns, the thread has ended. */
    @Override
    public void close() {
        over.countDown();
        try {
            thread.join(LAST_ONE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
