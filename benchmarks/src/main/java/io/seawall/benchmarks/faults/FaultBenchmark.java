package io.seawall.benchmarks.faults;

import io.seawall.ratelimit.LimitStore.BoundLimits;
import io.seawall.ratelimit.OnStoreFailure;
import io.seawall.ratelimit.QuotaPolicies;
import io.seawall.ratelimit.RateLimiter;
import io.seawall.redis.Failover;
import io.seawall.redis.RedisAddress;
import io.seawall.redis.RedisFault;
import io.seawall.redis.RedisLimitStore;
import io.seawall.redis.SickRedis;
import io.seawall.redis.SickStore;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What requests feel of each fault of the tests: 16 threads, 100 decisions a second each, a third of them in each mode, with the default
 * time-out. Redis is well for three seconds, sick for ten, and well again for three; of several
 * servers, for as long as it takes until another has taken over. Takes about five minutes; clients, proxy and Redis
 * share the machine, so a row without a fault stands first: what is in it is not the fault's doing.
 */
public final class FaultBenchmark {

    private static final int THREADS = 16;
    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final int WELL_SECONDS = 3;
    private static final int SICK_SECONDS = 10;
    private static final int WARM_UP_SECONDS = 20;

    private FaultBenchmark() {}

    /**
     * Measures and prints.
     *
     * @param args names of faults, all unless told
     * @throws Exception if a decision fails as none should
     */
    public static void main(String[] args) throws Exception {
        List<String> wanted = List.of(args);
        measure(() -> new SickRedis(RedisFault.HANGING), WARM_UP_SECONDS, false);
        print(
                "| fault | decisions while sick | by Redis | `local`: alone | `allow`: admitted | `deny`: 503 | p99 well | p99 sick"
                        + " | worst | normal after |");
        print("|---|---|---|---|---|---|---|---|---|---|");
        print(measure(() -> new SickRedis(RedisFault.HANGING), SICK_SECONDS, false)
                .row("none"));
        for (RedisFault fault : RedisFault.values()) {
            if (wanted.isEmpty() || wanted.contains(fault.name())) {
                print(measure(() -> new SickRedis(fault), SICK_SECONDS, true).row(name(fault)));
            }
        }
        for (Failover failover : Failover.values()) {
            if (wanted.isEmpty() || wanted.contains(failover.name())) {
                print(measure(failover::start, 0, true).row(name(failover)));
            }
        }
    }

    private static String name(Enum<?> fault) {
        return fault.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static Episode measure(Supplier<SickStore> start, int sickSeconds, boolean fall) throws Exception {
        try (SickStore redis = start.get();
                RateLimiter limiter = new RateLimiter(new RedisLimitStore(
                        RedisAddress.parse(redis.uri()), "seawall", RedisLimitStore.DEFAULT_TIMEOUT))) {
            List<BoundLimits> modes = Stream.of(OnStoreFailure.LOCAL, OnStoreFailure.ALLOW, OnStoreFailure.DENY)
                    .map(mode -> limiter.bind(
                            QuotaPolicies.parse(mode.text(), "1000000000/1h").withOnStoreFailure(mode)))
                    .toList();
            try (PacedClients clients = new PacedClients(modes, THREADS, PERIOD_NANOS)) {
                pause(WELL_SECONDS);
                long fell = System.nanoTime();
                if (fall) {
                    redis.fall();
                }
                pause(sickSeconds);
                if (fall) {
                    redis.recover();
                }
                long recovered = System.nanoTime();
                pause(WELL_SECONDS);
                return new Episode(clients.stop(), fell, recovered);
            }
        }
    }

    private static void pause(int seconds) {
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(seconds));
    }

    @SuppressWarnings("SystemOut") // the report
    private static void print(String line) {
        System.out.println(line);
    }
}
