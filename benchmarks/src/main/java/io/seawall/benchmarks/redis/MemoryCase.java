package io.seawall.benchmarks.redis;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What a client takes in Redis that uses all of 100 permits, evenly over one window, at its end. It takes as long as the window, so
 * all contenders are watched at once, at a pace that each can keep.
 */
final class MemoryCase {

    private static final int PERMITS = 100;
    private static final int THREADS = 4;

    /** Who falls behind by more has not asked in one window. */
    private static final double LONGEST = 1.02;

    private MemoryCase() {}

    static void run(RedisInstallation installation, Effort effort, List<Contender> contenders, Report report)
            throws IOException, InterruptedException {
        Limit limit = new Limit(PERMITS, effort.memoryWindow());
        Load load = Load.evenly(limit, effort.memoryClients(), THREADS, PERMITS, limit.windowMillis());
        ExecutorService watchers = Executors.newFixedThreadPool(contenders.size());
        try (Contest contest = new Contest(installation)) {
            List<Callable<Double>> watched = new ArrayList<>();
            for (Contender contender : contenders) {
                Contestant contestant = contest.start(contender);
                warmUp(contestant);
                watched.add(() -> bytesPerClient(contestant, load));
            }
            List<Future<Double>> bytes = watchers.invokeAll(watched);
            report.line(String.format(
                    "%n### Memory: %,d clients that use all of 100/%ds evenly%n%n| | B a client |%n|---|---|",
                    load.clients(), limit.window().toSeconds()));
            for (int i = 0; i < contenders.size(); i++) {
                report.memory(contenders.get(i).title(), bytes.get(i).get());
            }
            double ofSeawall = bytes.get(contenders.indexOf(Contender.SEAWALL)).get();
            report.goal(
                    String.format(
                            "100/%ds, used evenly: growth of Redis",
                            limit.window().toSeconds()),
                    "200 B a client",
                    String.format("%.0f", ofSeawall));
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            watchers.shutdownNow();
        }
    }

    /** So that the script is there and the connections are, whose memory is not a client's; and so is the compiled code. */
    private static void warmUp(Contestant contestant) throws IOException, InterruptedException {
        Limit other = Limit.endless(Duration.ofSeconds(1));
        contestant.run(Load.atRandom(other, 1, ThreadKind.PLATFORM, THREADS, 500));
        contestant.redis().flush();
    }

    private static double bytesPerClient(Contestant contestant, Load load) throws IOException, InterruptedException {
        long before = contestant.redis().counters().usedBytes();
        Outcome outcome = contestant.run(load);
        long after = contestant.redis().counters().usedBytes();
        if (outcome.granted() != outcome.decisions()) {
            throw new IllegalStateException(contestant.contender() + " has granted " + outcome.granted() + " of "
                    + outcome.decisions() + " requests, each client within its limit");
        }
        if (outcome.nanos() > LONGEST * load.limit().window().toNanos()) {
            throw new IllegalStateException(
                    contestant.contender() + " cannot keep the pace: ask for fewer clients, or on a quieter machine");
        }
        return (double) (after - before) / load.clients();
    }
}
