package io.seawall.redis;

import io.seawall.ratelimit.Claim;
import io.seawall.ratelimit.ClientHash;
import io.seawall.ratelimit.Decision;
import io.seawall.ratelimit.QuotaStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What Redis has refused, until the instant at which time alone frees a permit: till then every request of this client is refused
 * here, and Redis does not hear of it. Bounded; who finds no room is asked for in Redis.
 *
 * <p>Time goes by this node's monotonic clock from the moment at which the question was sent, which is before the one at which
 * Redis answered it, so nobody is refused longer than Redis would.
 *
 * <p>Not only time frees permits. A changed override or a reset ends all that was remembered before it ({@link #forgetAll}), a
 * refund what was remembered of its client; and where permits are given back at all, on other nodes too, as by leases, a refusal is
 * remembered for a second at most. So is a ban. A refusal that counts towards one is not remembered.
 */
final class Denials {

    static final int MAX_DENIALS = 50_000;
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final AtomicInteger size = new AtomicInteger();
    private volatile long forgottenNanos;
    private volatile boolean hasForgotten;
    private volatile boolean trusted = true;

    /** Those of one set of limits. */
    final class OfSet {

        private final Map<String, Denial> byClient = new ConcurrentHashMap<>();
        private final boolean hasLeases;
        private volatile long refundedNanos;
        private volatile boolean hasRefunds;

        private OfSet(boolean hasLeases) {
            this.hasLeases = hasLeases;
        }

        private @Nullable Denial find(String client, long nowNanos) {
            Denial denial = byClient.get(client);
            if (denial == null || holds(denial, nowNanos)) {
                return denial;
            }
            remove(client, denial);
            return null;
        }

        private boolean holds(Denial denial, long nowNanos) {
            boolean mayHaveBeenFreed = (hasRefunds && denial.sentNanos - refundedNanos <= 0)
                    || ((hasRefunds || hasLeases) && nowNanos - denial.sentNanos >= SECOND_NANOS);
            return denial.untilNanos - nowNanos > 0 && !isForgotten(denial.sentNanos) && !mayHaveBeenFreed;
        }

        private void remove(String client, Denial denial) {
            if (byClient.remove(client, denial)) {
                size.decrementAndGet();
            }
        }

        private void put(String client, Denial denial) {
            if (size.incrementAndGet() > MAX_DENIALS) {
                size.decrementAndGet();
            } else if (byClient.put(client, denial) != null) {
                size.decrementAndGet();
            }
        }

        /** Permits of a client were given back: what was known before is in doubt, of whom it may be. */
        synchronized void refunded(long nowNanos) {
            refundedNanos = hasRefunds ? later(refundedNanos, nowNanos) : nowNanos;
            hasRefunds = true;
        }

        /** Permits of this client were given back, which it has not used. */
        void forget(String boundedClient) {
            Denial denial = byClient.get(boundedClient);
            if (denial != null) {
                remove(boundedClient, denial);
            }
        }

        private void dropOld(long nowNanos) {
            byClient.forEach((client, denial) -> find(client, nowNanos));
        }
    }

    /** What is known of a refusal. */
    private record Denial(
            Decision.Denied decision,
            long cost,
            long firstPermitMicros,
            long sentNanos,
            long receivedNanos,
            long untilNanos) {

        /** Of another cost it is only known that it is not granted before there is a permit at all. */
        Decision.Denied of(long askedCost, long nowNanos) {
            long elapsed = Math.max(0, nowNanos - receivedNanos) / 1000;
            List<QuotaStatus> quotas = new ArrayList<>(decision.quotas().size());
            for (QuotaStatus status : decision.quotas()) {
                quotas.add(new QuotaStatus(
                        status.policy(),
                        status.refused(),
                        status.remaining(),
                        left(status.nextPermitMicros(), elapsed),
                        left(status.resetMicros(), elapsed)));
            }
            return new Decision.Denied(
                    quotas,
                    left(askedCost == cost ? decision.retryAfterMicros() : firstPermitMicros, elapsed),
                    decision.banned(),
                    decision.atMicros() + elapsed,
                    false);
        }
    }

    /** Of a time to wait, what is left of it. */
    static long left(long micros, long elapsed) {
        return micros == 0 || micros == Decision.Denied.NEVER ? micros : Math.max(1, micros - elapsed);
    }

    /**
     * Those of a set of limits.
     *
     * @param hasLeases whether nodes give back what they have not used
     */
    OfSet ofSet(boolean hasLeases) {
        return new OfSet(hasLeases);
    }

    /** The refusal of one of the claims; null: Redis must be asked. */
    @Nullable
    Decision find(List<Claim> claims, long nowNanos) {
        if (!trusted) {
            return null;
        }
        for (int i = 0; i < claims.size(); i++) {
            Claim claim = claims.get(i);
            RedisLimits set = (RedisLimits) claim.limits();
            Denial denial = set.denials().find(ClientHash.bounded(claim.client()), nowNanos);
            if (denial != null && (claims.size() == 1 || !anyCanBan(claims))) {
                return denial.of(claim.cost(), nowNanos);
            }
        }
        return null;
    }

    /** Then Redis must hear of each refusal, whoever refuses. */
    private static boolean anyCanBan(List<Claim> claims) {
        for (int i = 0; i < claims.size(); i++) {
            if (claims.get(i).limits().policies().penalty() != null) {
                return true;
            }
        }
        return false;
    }

    /**
     * Remembers a refusal, of each claim that time alone can grant.
     *
     * @param sentNanos before Redis was asked
     * @param nowNanos after it has answered
     */
    void remember(List<Claim> claims, Decision.Denied decision, long sentNanos, long nowNanos) {
        int first = 0;
        for (Claim claim : claims) {
            RedisLimits set = (RedisLimits) claim.limits();
            int enforced = (int) set.policies().policies().stream()
                    .filter(policy -> !policy.shadow())
                    .count();
            List<QuotaStatus> quotas = decision.quotas().subList(first, first + enforced);
            first += enforced;
            // How long the claims of others take is not this one's business.
            boolean alone = claims.size() == 1;
            Denial denial = denial(set, quotas, decision, alone ? claim.cost() : 0, sentNanos, nowNanos);
            if (denial != null) {
                set.denials().put(ClientHash.bounded(claim.client()), denial);
            }
        }
    }

    private @Nullable Denial denial(
            RedisLimits set,
            List<QuotaStatus> quotas,
            Decision.Denied decision,
            long cost,
            long sentNanos,
            long nowNanos) {
        boolean canBeBanned = set.policies().penalty() != null;
        if (isForgotten(sentNanos) || (canBeBanned && !decision.banned())) {
            return null;
        }
        // Until then not even one permit is free, so no cost is granted.
        long wait = 0;
        for (QuotaStatus status : quotas) {
            if (status.refused()) {
                wait = Math.max(wait, status.nextPermitMicros());
            }
        }
        if (wait == 0) {
            return null;
        }
        long kept = wait >= Long.MAX_VALUE / 1000 ? Long.MAX_VALUE / 2 : wait * 1000;
        if (canBeBanned) {
            kept = Math.min(kept, SECOND_NANOS);
        }
        // A day is long enough for a difference of nanoTime to be sound, and to ask once more.
        kept = Math.min(kept, TimeUnit.DAYS.toNanos(1));
        Decision.Denied ofClaim =
                new Decision.Denied(quotas, decision.retryAfterMicros(), decision.banned(), decision.atMicros(), false);
        return new Denial(ofClaim, cost, wait, sentNanos, nowNanos, sentNanos + kept);
    }

    private boolean isForgotten(long sentNanos) {
        return hasForgotten && sentNanos - forgottenNanos <= 0;
    }

    /** Something else than time has freed permits, of whom is not known. */
    synchronized void forgetAll(long nowNanos) {
        forgottenNanos = hasForgotten ? later(forgottenNanos, nowNanos) : nowNanos;
        hasForgotten = true;
    }

    private static long later(long oneNanos, long otherNanos) {
        return otherNanos - oneNanos > 0 ? otherNanos : oneNanos;
    }

    /** While this node does not hear of changes by others, it asks Redis. */
    void setTrusted(boolean heard) {
        trusted = heard;
    }

    /** Makes room; for once in a while. */
    void dropOld(Iterable<RedisLimits> sets, long nowNanos) {
        for (RedisLimits set : sets) {
            set.denials().dropOld(nowNanos);
        }
    }

    int size() {
        return size.get();
    }
}
