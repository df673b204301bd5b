package io.seawall.benchmarks;

import com.google.common.util.concurrent.RateLimiter;
import io.github.bucket4j.Bucket;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.seawall.ratelimit.Decision;
import io.seawall.ratelimit.InMemoryLimitStore;
import io.seawall.ratelimit.LimitStore.BoundLimits;
import io.seawall.ratelimit.QuotaPolicies;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.util.TimeBucketCounter;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One decision in memory, admitted, for one of 10,000 known clients. The others keep one limiter a client in a map, as
 * their users do.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class LocalDecisionBenchmark {

    private static final int CLIENTS = 10_000;

    /** So many that nobody is refused while the benchmark runs. */
    private static final long PERMITS = 1_000_000_000L;

    private String[] clients = new String[0];
    private BoundLimits slidingWindow = seawall("sliding-window");
    private BoundLimits tokenBucket = seawall("token-bucket");
    private BoundLimits fixedWindow = seawall("fixed-window");
    private ConcurrentHashMap<String, RateLimiter> guava = new ConcurrentHashMap<>();
    private final ScheduledExecutorService tomcatMaintenance = Executors.newSingleThreadScheduledExecutor();
    private TimeBucketCounter tomcat = new TimeBucketCounter(60, tomcatMaintenance);
    private ConcurrentHashMap<String, Bucket> bucket4j = new ConcurrentHashMap<>();
    private ConcurrentHashMap<String, io.github.resilience4j.ratelimiter.RateLimiter> resilience4j =
            new ConcurrentHashMap<>();

    /** For JMH. */
    public LocalDecisionBenchmark() {}

    /** Lets every limiter meet every client once. */
    @Setup(Level.Trial)
    public void meetClients() {
        clients = new String[CLIENTS];
        slidingWindow = seawall("sliding-window");
        tokenBucket = seawall("token-bucket");
        fixedWindow = seawall("fixed-window");
        guava = new ConcurrentHashMap<>();
        bucket4j = new ConcurrentHashMap<>();
        resilience4j = new ConcurrentHashMap<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients[i] = "ip 10.0." + i / 256 + "." + i % 256;
            slidingWindow.tryAcquire(clients[i]);
            tokenBucket.tryAcquire(clients[i]);
            fixedWindow.tryAcquire(clients[i]);
            guava(clients[i]);
            tomcat.increment(clients[i]);
            bucket4j(clients[i]);
            resilience4j(clients[i]);
        }
    }

    /** Stops the threads of others. */
    @TearDown(Level.Trial)
    public void stop() {
        tomcat.destroy();
        tomcatMaintenance.shutdownNow();
    }

    /**
     * Seawall: an exact sliding window, yes or no.
     *
     * @return whether the client was admitted
     */
    @Benchmark
    public boolean seawallSlidingWindow() {
        return slidingWindow.tryAcquire(client());
    }

    /**
     * Seawall: an exact sliding window, with the facts for the header fields.
     *
     * @return the decision
     */
    @Benchmark
    public Decision seawallSlidingWindowWithFacts() {
        return slidingWindow.decide(client(), 1);
    }

    /**
     * Seawall: a token bucket, yes or no.
     *
     * @return whether the client was admitted
     */
    @Benchmark
    public boolean seawallTokenBucket() {
        return tokenBucket.tryAcquire(client());
    }

    /**
     * Seawall: a fixed window, yes or no.
     *
     * @return whether the client was admitted
     */
    @Benchmark
    public boolean seawallFixedWindow() {
        return fixedWindow.tryAcquire(client());
    }

    /**
     * Guava: a steady rate.
     *
     * @return whether the client was admitted
     */
    @Benchmark
    public boolean guava() {
        return guava(client());
    }

    /**
     * Tomcat: the counter of its RateLimitFilter, a fixed window.
     *
     * @return whether the client was admitted
     */
    @Benchmark
    public boolean tomcat() {
        return tomcat.increment(client()) <= PERMITS;
    }

    /**
     * Bucket4j: a token bucket.
     *
     * @return whether the client was admitted
     */
    @Benchmark
    public boolean bucket4j() {
        return bucket4j(client());
    }

    /**
     * Resilience4j: a fixed cycle.
     *
     * @return whether the client was admitted
     */
    @Benchmark
    public boolean resilience4j() {
        return resilience4j(client());
    }

    private String client() {
        return clients[ThreadLocalRandom.current().nextInt(CLIENTS)];
    }

    private static BoundLimits seawall(String algorithm) {
        return new InMemoryLimitStore().bind(QuotaPolicies.parse("benchmark", PERMITS + "/60s " + algorithm));
    }

    private boolean guava(String client) {
        return guava.computeIfAbsent(client, key -> RateLimiter.create(PERMITS / 60.0))
                .tryAcquire();
    }

    private boolean bucket4j(String client) {
        return bucket4j.computeIfAbsent(
                        client,
                        key -> Bucket.builder()
                                .addLimit(
                                        limit -> limit.capacity(PERMITS).refillGreedy(PERMITS, Duration.ofSeconds(60)))
                                .build())
                .tryConsume(1);
    }

    private boolean resilience4j(String client) {
        return resilience4j
                .computeIfAbsent(
                        client,
                        key -> io.github.resilience4j.ratelimiter.RateLimiter.of(
                                key,
                                RateLimiterConfig.custom()
                                        .limitForPeriod((int) PERMITS)
                                        .limitRefreshPeriod(Duration.ofSeconds(60))
                                        .timeoutDuration(Duration.ZERO)
                                        .build()))
                .acquirePermission();
    }
}
