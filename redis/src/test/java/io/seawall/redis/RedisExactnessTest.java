package io.seawall.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.ratelimit.Claim;
import io.seawall.ratelimit.Decision;
import io.seawall.ratelimit.LimitStore;
import io.seawall.ratelimit.LimitStore.BoundLimits;
import io.seawall.ratelimit.QuotaPolicies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Law 1 with real time and real concurrency: several nodes together never admit more than the limit in any window. */
class RedisExactnessTest {

    private static final int NODES = 3;
    private static final int THREADS_PER_NODE = 4;
    private static final int PERMITS = 50;
    private static final Duration WINDOW = Duration.ofMillis(300);
    private static final Duration RUN = Duration.ofMillis(2400);

    /** An admission happened at some moment between these two; which, only Redis knows. */
    private record Admission(long sentNanos, long receivedNanos) {}

    @Test
    void several_nodes_together_never_exceed_the_limit_in_any_window() throws Exception {
        List<Admission> admissions = hammer(store -> {
            BoundLimits limits = store.bind(QuotaPolicies.parse("api", PERMITS + "/" + WINDOW.toMillis() + "ms"));
            return () -> limits.decide("client", 1);
        });
        assertThat(mostInOneWindow(admissions)).isLessThanOrEqualTo(PERMITS);
        // And it is no limiter that refuses everyone: under such a load most windows are full.
        assertThat(admissions.size()).isGreaterThan((int) (PERMITS * RUN.dividedBy(WINDOW) / 2));
    }

    @Test
    void several_nodes_together_never_exceed_the_limit_of_one_of_several_claims() throws Exception {
        AtomicInteger clients = new AtomicInteger();
        List<Admission> admissions = hammer(store -> {
            String own = "client " + clients.incrementAndGet();
            BoundLimits ofClient =
                    store.bind(QuotaPolicies.parse("client", "a=1000/1h token-bucket; b=900/1h fixed-window"));
            BoundLimits ofAll = store.bind(QuotaPolicies.parse("all", PERMITS + "/" + WINDOW.toMillis() + "ms"));
            List<Claim> claims = List.of(new Claim(ofClient, own, 1), new Claim(ofAll, "", 1));
            return () -> store.decide(claims);
        });
        assertThat(mostInOneWindow(admissions)).isLessThanOrEqualTo(PERMITS);
        assertThat(admissions.size()).isGreaterThan((int) (PERMITS * RUN.dividedBy(WINDOW) / 2));
    }

    /** What a node has in hand counts when it is used. */
    @Test
    void several_nodes_with_leases_never_exceed_the_limit_in_any_window() throws Exception {
        int permits = 20 * PERMITS;
        List<Admission> admissions = hammer(store -> {
            BoundLimits limits = store.bind(QuotaPolicies.parse("api", permits + "/" + WINDOW.toMillis() + "ms")
                    .withLease(permits / 10));
            return () -> limits.decide("client", 1);
        });
        assertThat(mostInOneWindow(admissions)).isLessThanOrEqualTo(permits);
        assertThat(admissions.size()).isGreaterThan((int) (permits * RUN.dividedBy(WINDOW) / 2));
    }

    /** Asks on all nodes at once, as often as they can. */
    private static List<Admission> hammer(Function<LimitStore, Supplier<Decision>> questions) throws Exception {
        List<Admission> admissions = new ArrayList<>();
        try (TestRedis redis = TestRedis.start()) {
            List<LimitStore> nodes = new ArrayList<>();
            ExecutorService threads = Executors.newFixedThreadPool(NODES * THREADS_PER_NODE);
            try {
                List<Callable<List<Admission>>> clients = new ArrayList<>();
                for (int node = 0; node < NODES; node++) {
                    LimitStore store =
                            new RedisLimitStore(RedisAddress.parse(redis.uri()), "seawall", Duration.ofSeconds(10));
                    nodes.add(store);
                    for (int thread = 0; thread < THREADS_PER_NODE; thread++) {
                        Supplier<Decision> question = questions.apply(store);
                        clients.add(() -> hammer(question));
                    }
                }
                for (Future<List<Admission>> future : threads.invokeAll(clients)) {
                    admissions.addAll(future.get());
                }
            } finally {
                threads.shutdownNow();
                nodes.forEach(LimitStore::close);
            }
        }
        return admissions;
    }

    private static List<Admission> hammer(Supplier<Decision> question) {
        List<Admission> admissions = new ArrayList<>();
        long end = System.nanoTime() + RUN.toNanos();
        while (System.nanoTime() < end) {
            long sent = System.nanoTime();
            boolean allowed = question.get().allowed();
            long received = System.nanoTime();
            if (allowed) {
                admissions.add(new Admission(sent, received));
            }
        }
        return admissions;
    }

    /**
     * The most admissions that surely fell into one window: all of them received before it ended and sent after it began.
     * So a violation that this finds is one, whatever the network did.
     */
    private static int mostInOneWindow(List<Admission> admissions) {
        admissions.sort(Comparator.comparingLong(Admission::sentNanos));
        int most = 0;
        for (int first = 0; first < admissions.size(); first++) {
            long begin = admissions.get(first).sentNanos();
            int surely = 0;
            for (int i = first;
                    i < admissions.size() && admissions.get(i).sentNanos() - begin < WINDOW.toNanos();
                    i++) {
                if (admissions.get(i).receivedNanos() - begin < WINDOW.toNanos()) {
                    surely++;
                }
            }
            most = Math.max(most, surely);
        }
        return most;
    }
}
