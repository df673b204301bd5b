package io.seawall.benchmarks.faults;

import io.seawall.benchmarks.faults.Decided.By;
import io.seawall.ratelimit.Decision;
import io.seawall.ratelimit.LimitStore.BoundLimits;
import io.seawall.ratelimit.OnStoreFailure;
import io.seawall.ratelimit.StoreUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/** Threads that ask for a permit once a period, of each set of limits in turn, for one of many clients. */
final class PacedClients implements AutoCloseable {

    private static final int CLIENTS = 1000;

    private final ExecutorService threads;
    private final List<Future<List<Decided>>> results = new ArrayList<>();
    private volatile boolean isOver;

    PacedClients(List<BoundLimits> sets, int count, long periodNanos) {
        threads = Executors.newFixedThreadPool(count);
        for (int i = 0; i < count; i++) {
            int number = i;
            Callable<List<Decided>> client = () -> ask(sets, number, periodNanos);
            results.add(threads.submit(client));
        }
    }

    private List<Decided> ask(List<BoundLimits> sets, int number, long periodNanos) {
        List<Decided> all = new ArrayList<>();
        for (int i = number; !isOver; i++) {
            long asked = System.nanoTime();
            By by = decide(sets.get(i % sets.size()), "client " + i * 31 % CLIENTS);
            all.add(new Decided(by, asked, System.nanoTime() - asked));
            long left = asked + periodNanos - System.nanoTime();
            if (left > 0) {
                LockSupport.parkNanos(left);
            }
        }
        return all;
    }

    private static By decide(BoundLimits limits, String client) {
        try {
            Decision decision = limits.decide(client, 1);
            if (!decision.withoutStore()) {
                return By.REDIS;
            }
            return limits.policies().onStoreFailure() == OnStoreFailure.LOCAL ? By.NODE : By.NOBODY;
        } catch (StoreUnavailableException e) {
            return By.FAILURE;
        }
    }

    /** Ends them. */
    List<Decided> stop() throws Exception {
        isOver = true;
        List<Decided> all = new ArrayList<>();
        for (Future<List<Decided>> result : results) {
            all.addAll(result.get());
        }
        return all;
    }

    @Override
    public void close() {
        isOver = true;
        threads.shutdownNow();
    }
}
