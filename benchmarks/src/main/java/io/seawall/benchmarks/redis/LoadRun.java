package io.seawall.benchmarks.redis;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Puts a {@link Load} on a {@link Limiter}. */
final class LoadRun {

    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final Limiter limiter;
    private final Load load;
    private final String[] clients;
    private final CountDownLatch start = new CountDownLatch(1);

    /** Written before the start. */
    private long startNanos;

    LoadRun(Limiter limiter, Load load, String[] clients) {
        this.limiter = limiter;
        this.load = load;
        this.clients = clients;
    }

    /** Of one thread. */
    private static final class Tally {

        private final Latencies latencies = new Latencies();
        private long granted;
    }

    Outcome run() throws Exception {
        ExecutorService executor = load.kind().executor(load.threads());
        try {
            List<Future<Tally>> tallies = new ArrayList<>();
            for (int thread = 0; thread < load.threads(); thread++) {
                tallies.add(executor.submit(load.times() == 0 ? atRandom(thread) : evenly(thread)));
            }
            long cpuNanos = PROCESS.getProcessCpuTime();
            startNanos = System.nanoTime();
            start.countDown();
            Tally all = new Tally();
            for (Future<Tally> tally : tallies) {
                all.latencies.addAll(tally.get().latencies);
                all.granted += tally.get().granted;
            }
            return new Outcome(
                    all.latencies.total(),
                    all.granted,
                    System.nanoTime() - startNanos,
                    PROCESS.getProcessCpuTime() - cpuNanos,
                    all.latencies.quantile(0.5),
                    all.latencies.quantile(0.99));
        } finally {
            executor.shutdownNow();
        }
    }

    private Callable<Tally> atRandom(int thread) {
        return () -> {
            Tally tally = new Tally();
            SplittableRandom random = new SplittableRandom(thread);
            start.await();
            long durationNanos = TimeUnit.MILLISECONDS.toNanos(load.millis());
            long before = System.nanoTime();
            while (before - startNanos < durationNanos) {
                before = ask(clients[random.nextInt(clients.length)], before, tally);
            }
            return tally;
        };
    }

    /** Each thread has clients of its own, who ask one after another, at equal distances. */
    private Callable<Tally> evenly(int thread) {
        return () -> {
            Tally tally = new Tally();
            double distanceNanos = (double) TimeUnit.MILLISECONDS.toNanos(load.millis()) / load.times();
            start.await();
            for (int time = 0; time < load.times(); time++) {
                for (int client = thread; client < clients.length; client += load.threads()) {
                    long dueNanos = (long) (distanceNanos * (time + (double) client / clients.length));
                    long now = System.nanoTime();
                    while (now - startNanos < dueNanos) {
                        LockSupport.parkNanos(dueNanos - (now - startNanos));
                        now = System.nanoTime();
                    }
                    ask(clients[client], now, tally);
                }
            }
            return tally;
        };
    }

    /** Returns when it was answered. One look at the clock serves two decisions. */
    private long ask(String client, long before, Tally tally) {
        if (limiter.tryAcquire(client)) {
            tally.granted++;
        }
        long after = System.nanoTime();
        tally.latencies.add(after - before);
        return after;
    }
}
