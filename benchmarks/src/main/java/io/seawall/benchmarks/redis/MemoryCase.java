package io.seawall.benchmarks.redis;

import java.io.IOException;
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

    /** In parts of a window. Who falls behind by more has not asked in one window. */
    private static final double LONGEST = 1.02;

    /** After that Redis knows what its connections take, and has freed what they do not need at rest. */
    private static final int SETTLE_MILLIS = 3_000;

    /** {@code NaN} if it fell behind. */
    private record Bytes(double perClient) {

        String text() {
            return Double.isNaN(perClient) ? "could not keep the pace" : String.format("%,.0f", perClient);
        }
    }

    private MemoryCase() {}

    static void run(RedisInstallation installation, Effort effort, List<Contender> contenders, Report report)
            throws IOException, InterruptedException {
        Limit limit = new Limit(PERMITS, effort.memoryWindow());
        // One less, since some of the clients have warmed up.
        Load load = Load.evenly(limit, effort.memoryClients(), THREADS, PERMITS - 1, limit.windowMillis());
        ExecutorService watchers = Executors.newFixedThreadPool(contenders.size());
        try (Contest contest = new Contest(installation)) {
            List<Callable<Bytes>> watched = new ArrayList<>();
            for (Contender contender : contenders) {
                Contestant contestant = contest.start(contender);
                // So that the script is there and the connections are, whose memory is not a client's.
                contestant.run(Load.evenly(limit, THREADS, THREADS, 1, 0));
                watched.add(() -> grownBy(contestant, load));
            }
            List<Future<Bytes>> bytes = watchers.invokeAll(watched);
            report.line(String.format(
                    "%n### Memory: %,d clients that use all of 100/%ds evenly%n%n| | B a client |%n|---|---|",
                    load.clients(), limit.window().toSeconds()));
            for (int i = 0; i < contenders.size(); i++) {
                report.line("| " + contenders.get(i).title() + " | "
                        + bytes.get(i).get().text() + " |");
            }
            Bytes ofSeawall = bytes.get(contenders.indexOf(Contender.SEAWALL)).get();
            report.goal(
                    String.format(
                            "100/%ds, used evenly: growth of Redis",
                            limit.window().toSeconds()),
                    "200 B a client",
                    ofSeawall.text());
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            watchers.shutdownNow();
        }
    }

    private static Bytes grownBy(Contestant contestant, Load load) throws IOException, InterruptedException {
        contestant.counters(); // for a command that is new to it, Redis 7 makes a histogram, of 25 kB
        Thread.sleep(SETTLE_MILLIS);
        long before = contestant.counters().usedBytes();
        Outcome outcome = contestant.run(load);
        long after = contestant.counters().usedBytes();
        if (outcome.granted() != outcome.decisions()) {
            throw new IllegalStateException(contestant.contender() + " has granted " + outcome.granted() + " of "
                    + outcome.decisions() + " requests, each client within its limit");
        }
        boolean inTime = outcome.nanos() <= LONGEST * load.limit().window().toNanos();
        return new Bytes(inTime ? (double) (after - before) / load.clients() : Double.NaN);
    }
}
