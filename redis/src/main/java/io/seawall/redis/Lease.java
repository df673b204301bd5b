package io.seawall.redis;

import io.seawall.ratelimit.Decision;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Permits that Redis has charged and this node has in hand, until an instant by which Redis counts them as if they were used then.
 * Thread-safe.
 */
final class Lease {

    /** A live change is heeded by all nodes within two seconds, so what was granted before it must not last. */
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Far below 0: what comes back too late counts up from here. */
    private static final int ENDED = Integer.MIN_VALUE / 2;

    private final Grants grants;
    private final int end;
    private final List<GiveBack.Share> shares;
    private final int reserved;
    private final long receivedNanos;
    private final long untilNanos;
    private final AtomicInteger left;

    /**
     * A lease of the last ones of those that were granted together.
     *
     * @param count how many
     * @param shares what one of them is charged
     * @param reserved for how many it counts towards what a node may hold
     * @param receivedNanos when this node heard of it
     * @param untilNanos before which they must be used
     */
    Lease(
            Grants grants,
            int first,
            int count,
            List<GiveBack.Share> shares,
            int reserved,
            long receivedNanos,
            long untilNanos) {
        this.grants = grants;
        this.end = first + count;
        this.shares = List.copyOf(shares);
        this.reserved = reserved;
        this.receivedNanos = receivedNanos;
        this.untilNanos = untilNanos;
        this.left = new AtomicInteger(count);
    }

    /**
     * How long what was granted may be used. Redis has read its clock after the question was sent, so less time than this since then
     * is less than {@link Grants#steadyMicros} since its instant, which it tells without the fraction of its last microsecond; and
     * the two clocks may differ in their rate by a thousandth.
     *
     * @return nanoseconds since the question was sent, by this node's clock; not more than a second
     */
    static long lifeNanos(Grants grants) {
        return Math.min(LONGEST_NANOS, Math.max(0, Math.min(LONGEST_NANOS, grants.steadyMicros()) - 1) * 999);
    }

    /**
     * Takes what one request asks.
     *
     * @param clock read after it was taken, so that whoever is held up before is not late
     * @param lost told if it came too late, and the lease has been ended meanwhile
     * @return the answer; null: there is nothing left, or it is too late to use it
     */
    @Nullable
    Decision take(LongSupplier clock, Consumer<Lease> lost) {
        int before;
        do {
            before = left.get();
            if (before <= 0) {
                return null;
            }
        } while (!left.compareAndSet(before, before - 1));
        int number = end - before;
        long now = clock.getAsLong();
        if (untilNanos - now <= 0) {
            // Back to the others. Too late it is for everybody now, so nobody uses it.
            if (left.incrementAndGet() < 0) {
                lost.accept(this);
            }
            return null;
        }
        // Since the answer came, not since the question: nobody is told to come back too early.
        return grants.decision(number, Math.max(0, now - receivedNanos) / 1000);
    }

    boolean hasLeft(long nowNanos) {
        return left.get() > 0 && untilNanos - nowNanos > 0;
    }

    boolean isOver(long nowNanos) {
        return untilNanos - nowNanos <= 0;
    }

    /**
     * Ends it, whoever comes first.
     *
     * @return how many were left, the last ones; less than 0: it has been ended before
     */
    int end() {
        int before = left.getAndSet(ENDED);
        return before < 0 ? ENDED : before;
    }

    Grants grants() {
        return grants;
    }

    /** After the number of the last one. */
    int endNumber() {
        return end;
    }

    List<GiveBack.Share> shares() {
        return shares;
    }

    int reserved() {
        return reserved;
    }

    boolean isOf(RedisLimits limits, String boundedClient) {
        return shares.stream().anyMatch(share -> share.isOf(limits, boundedClient));
    }
}
