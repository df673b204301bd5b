package io.seawall.redis;

import io.seawall.ratelimit.Decision;
import io.seawall.ratelimit.InMemoryLimitStore;
import io.seawall.ratelimit.LimitStore.BoundLimits;
import io.seawall.ratelimit.QuotaPolicies;
import io.seawall.ratelimit.RateLimiter;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A node: a process of its own that asks for permits of one client, in as many threads as it is told, as soon as it reads a line. It
 * prints {@code ready}, then each instant at which Redis has granted a permit, by the clock of Redis; what it decides itself, without
 * Redis, it only counts, and says {@code alone} the first time. It ends when its input does, and says what it has seen: so it never outlives who has started it.
 *
 * <p>Arguments: the address of Redis, the limits, threads, and by how many hours the clock of this node is wrong.
 */
final class LimitedNode {

    /** Refused, a thread asks again so soon that a free permit is as good as taken. Two cores for all nodes and Redis are not many. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private static final int MAX_MINUTES = 3;

    private final BoundLimits limits;
    private final AtomicBoolean isOver = new AtomicBoolean();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong alone = new AtomicLong();

    private LimitedNode(BoundLimits limits) {
        this.limits = limits;
    }

    public static void main(String[] args) throws Exception {
        endAfterAll();
        InstantSource wrong = InstantSource.offset(InstantSource.system(), Duration.ofHours(Long.parseLong(args[3])));
        try (RateLimiter limiter = new RateLimiter(
                // A busy machine must not make Redis look slow: that is another test's.
                Connected.connected(new RedisLimitStore(RedisAddress.parse(args[0]), "seawall", Duration.ofSeconds(2))),
                new InMemoryLimitStore(1000, 1 << 20, System::nanoTime, wrong))) {
            LimitedNode node = new LimitedNode(limiter.bind(QuotaPolicies.parse("api", args[1])));
            say("ready");
            awaitLine();
            List<Thread> threads = node.start(Integer.parseInt(args[2]));
            awaitLine();
            node.isOver.set(true);
            for (Thread thread : threads) {
                thread.join();
            }
            say("refused " + node.refused + ", decided alone " + node.alone);
        }
    }

    private List<Thread> start(int count) {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Thread thread = new Thread(this::ask, "client " + i);
            thread.start();
            threads.add(thread);
        }
        return threads;
    }

    private void ask() {
        while (!isOver.get()) {
            Decision decision = limits.decide("client", 1);
            if (decision.withoutStore()) {
                if (alone.getAndIncrement() == 0) {
                    say("alone");
                }
            } else if (decision.allowed()) {
                say(Long.toString(decision.atMicros()));
                continue;
            } else {
                refused.incrementAndGet();
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private static synchronized void say(String line) {
        System.out.println(line);
    }

    /** Or for the end of the input. */
    private static void awaitLine() throws IOException {
        int read = System.in.read();
        while (read != '\n' && read >= 0) {
            read = System.in.read();
        }
    }

    /** Whatever hangs. */
    private static void endAfterAll() {
        Thread thread = new Thread(
                () -> {
                    LockSupport.parkNanos(TimeUnit.MINUTES.toNanos(MAX_MINUTES));
                    Runtime.getRuntime().halt(1);
                },
                "the end");
        thread.setDaemon(true);
        thread.start();
    }
}
