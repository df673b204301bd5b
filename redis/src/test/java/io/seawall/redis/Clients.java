package io.seawall.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.ratelimit.Decision;
import io.seawall.ratelimit.LimitStore.BoundLimits;
import io.seawall.ratelimit.StoreUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/** Threads that ask for a permit of each of several sets of limits, again and again, until {@link #stop}. */
final class Clients implements AutoCloseable {

    /** Enough to be felt by everybody, and few enough that nobody starves on two cores. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(4);

    private static final int PATIENCE_SECONDS = 60;

    /** What became of the questions about one set of limits. */
    static final class Tally {
        final LongAdder granted = new LongAdder();
        final LongAdder refused = new LongAdder();
        final LongAdder grantedAlone = new LongAdder();
        final LongAdder refusedAlone = new LongAdder();
        final LongAdder failed = new LongAdder();

        void ask(BoundLimits limits, String client) {
            try {
                Decision decision = limits.decide(client, 1);
                if (decision.withoutStore()) {
                    (decision.allowed() ? grantedAlone : refusedAlone).increment();
                } else {
                    (decision.allowed() ? granted : refused).increment();
                }
            } catch (StoreUnavailableException e) {
                failed.increment();
            }
        }

        long alone() {
            return grantedAlone.sum() + refusedAlone.sum();
        }

        @Override
        public String toString() {
            return "granted " + granted + ", refused " + refused + ", granted alone " + grantedAlone
                    + ", refused alone " + refusedAlone + ", failed " + failed;
        }
    }

    private final List<Tally> tallies = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final List<Throwable> unexpected = new ArrayList<>();
    private volatile boolean isOver;

    Clients(int count, String client, List<BoundLimits> sets) {
        sets.forEach(limits -> tallies.add(new Tally()));
        for (int i = 0; i < count; i++) {
            Thread thread = new Thread(() -> ask(client, sets), "client " + i);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    private void ask(String client, List<BoundLimits> sets) {
        try {
            while (!isOver) {
                for (int i = 0; i < sets.size(); i++) {
                    tallies.get(i).ask(sets.get(i), client);
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } catch (Throwable e) {
            synchronized (unexpected) {
                unexpected.add(e);
            }
        }
    }

    Tally tally(int set) {
        return tallies.get(set);
    }

    /** Ends them all. Whoever waits for something that does not come is found out. */
    void stop() throws InterruptedException {
        isOver = true;
        for (Thread thread : threads) {
            thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
            assertThat(thread.isAlive()).as("%s hangs", thread).isFalse();
        }
        synchronized (unexpected) {
            assertThat(unexpected).isEmpty();
        }
    }

    @Override
    public void close() {
        isOver = true;
    }
}
