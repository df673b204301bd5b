package io.seawall.redis;

import io.seawall.ratelimit.Claim;
import io.seawall.ratelimit.ClientHash;
import io.seawall.ratelimit.Decision;
import io.seawall.ratelimit.QuotaPolicy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Permits in hand for clients that this node sees often: it takes several at once, and Redis does not hear of those who use them. Only
 * of sets of limits that ask for it ({@link io.seawall.ratelimit.QuotaPolicies#lease}), and of requests all of whose sets do.
 *
 * <p>Nobody is admitted who would not be without: Redis counts a permit that is taken as if it were used at the end of its slice of
 * the window, and a lease ends before that. What differs is that others may be refused for what is in hand and not used. So a
 * node takes twice as many as the last time if those were used up soon, fewer if not, and never more than a tenth of what is left; and
 * what is left over goes back with the next question for the same client, or with the next pulse.
 *
 * <p>Bounded: of more clients than {@value #MAX_CLIENTS} at once, the newcomers have no leases. Thread-safe; who has a lease takes
 * no lock.
 */
final class Leases {

    static final int MAX_CLIENTS = 10_000;

    /** Near the limit this is less than one permit more, and then every node asks for every one. */
    private static final int PART_OF_REMAINING = 10;

    /** Whoever has not asked for so long is not hot. */
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Makes the command that gives back. */
    @FunctionalInterface
    interface Refunds {
        GiveBack of(List<GiveBack.Share> shares, Decision.Allowed decision);
    }

    private final LongSupplier nanoTime;
    private final Refunds refunds;
    private final Map<LeaseKey, Demand> demands = new ConcurrentHashMap<>();
    private final AtomicInteger size = new AtomicInteger();
    private final AtomicInteger sets = new AtomicInteger();

    /** Of clients who are not asked for any more. */
    private final Queue<GiveBack> leftOvers = new ConcurrentLinkedQueue<>();

    private volatile long endedNanos;
    private volatile boolean hasEnded;

    /**
     * No leases yet.
     *
     * @param nanoTime monotonic, as {@link System#nanoTime}
     */
    Leases(LongSupplier nanoTime, Refunds refunds) {
        this.nanoTime = nanoTime;
        this.refunds = refunds;
    }

    /** Of one set of limits: what its clients have in hand, also in leases that were asked for and not heard of yet. */
    final class OfSet {

        private final int number = sets.incrementAndGet();
        private final Map<String, Long> reserved = new ConcurrentHashMap<>();

        /** Tells sets apart. */
        int number() {
            return number;
        }

        /** Returns for how many requests there was room. */
        private int reserve(String client, int count, long cost, long most) {
            int[] room = new int[1];
            reserved.compute(client, (key, before) -> {
                long held = before == null ? 0 : before;
                room[0] = (int) Math.max(0, Math.min(count, (most - held) / cost));
                long after = held + room[0] * cost;
                return after == 0 ? null : after;
            });
            return room[0];
        }

        private void release(String client, long permits) {
            reserved.computeIfPresent(client, (key, held) -> held <= permits ? null : held - permits);
        }
    }

    /** How much is asked of the same claims. */
    private static final class Demand {

        /** Taken by who asks for several, until there is an answer; and for good by who drops it. */
        final AtomicBoolean asks = new AtomicBoolean();

        volatile @Nullable Lease lease;

        /** What is to be given back before the next question. */
        final Queue<GiveBack> leftOvers = new ConcurrentLinkedQueue<>();

        // Of whoever asks.

        /** How many were asked for the last time; 0: never. */
        int times;

        /** Until when what was granted then was good. */
        long untilNanos;

        /** What was left then to each claim. */
        long[] remaining = {};

        /** So that a lease lasts for as long as it is good, more or less: then Redis hears least, and little is left over. */
        int nextTimes(int left, long nowNanos) {
            if (times == 0 || nowNanos - untilNanos > IDLE_NANOS) {
                return 1;
            }
            if (left > 0) {
                return Math.max(1, times / 2);
            }
            return left == 0 && untilNanos - nowNanos > 0 ? times * 2 : times;
        }
    }

    OfSet ofSet() {
        return new OfSet();
    }

    /** Takes what the claims ask from what is in hand; null: Redis must be asked. */
    @Nullable
    Decision take(List<Claim> claims) {
        if (!areLeased(claims)) {
            return null;
        }
        Demand demand = demands.get(LeaseKey.of(claims));
        if (demand == null) {
            return null;
        }
        Lease lease = demand.lease;
        return lease == null
                ? null
                : lease.take(nanoTime, late -> giveBack(late, late.endNumber() - 1, 1, demand.leftOvers));
    }

    private static boolean areLeased(List<Claim> claims) {
        for (int i = 0; i < claims.size(); i++) {
            if (claims.get(i).limits().policies().lease() == 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * Joins a question that goes to Redis, to ask for some more. Of several threads that ask the same at once one does; by the time
     * the others are answered, there is a lease.
     *
     * @return what to ask for, to be {@link Ask#ended} whatever comes; null: just what the claims ask
     */
    @Nullable
    Ask ask(List<Claim> claims, long nowNanos) {
        Demand demand = areLeased(claims) ? demand(claims) : null;
        if (demand == null || !demand.asks.compareAndSet(false, true)) {
            return null;
        }
        Lease lease = demand.lease;
        if (lease != null && lease.hasLeft(nowNanos)) {
            demand.asks.set(false); // somebody else has just been given it
            return null;
        }
        return new Ask(claims, demand, lease, nowNanos);
    }

    private @Nullable Demand demand(List<Claim> claims) {
        LeaseKey key = LeaseKey.of(claims);
        Demand known = demands.get(key);
        if (known != null) {
            return known;
        }
        if (size.incrementAndGet() > MAX_CLIENTS) {
            size.decrementAndGet();
            return null;
        }
        Demand made = new Demand();
        Demand other = demands.putIfAbsent(key.copy(), made);
        if (other != null) {
            size.decrementAndGet();
            return other;
        }
        return made;
    }

    /** A question that asks for more than one request needs, and gives back what the last lease has left over. Of one thread. */
    final class Ask {

        private final List<Claim> claims;
        private final Demand demand;
        private final int times;
        private final List<GiveBack> giveBacks;
        private boolean holds;

        Ask(List<Claim> claims, Demand demand, @Nullable Lease last, long nowNanos) {
            this.claims = claims;
            this.demand = demand;
            int left = last == null ? 0 : close(last, demand.leftOvers);
            demand.lease = null;
            this.giveBacks = new ArrayList<>(1);
            move(demand.leftOvers, giveBacks);
            this.times = reserve(claims, demand.remaining, demand.nextTimes(left, nowNanos));
            this.holds = times > 1;
        }

        /** How many to ask for. */
        int times() {
            return times;
        }

        /** What to give back first. */
        List<GiveBack> giveBacks() {
            return giveBacks;
        }

        /**
         * Redis has answered.
         *
         * @param call the answer
         * @param sentNanos before Redis was asked
         */
        void answered(DecisionCall call, long sentNanos) {
            giveBacks.forEach(GiveBack::forgetDenials);
            Grants grants = call.grants();
            demand.times = times;
            demand.untilNanos = sentNanos;
            if (grants == null) {
                demand.remaining = new long[claims.size()];
                return;
            }
            demand.untilNanos += Lease.lifeNanos(grants);
            demand.remaining = remaining(claims, grants);
            if (call.spare() > 0) {
                receive(grants, call, sentNanos);
            }
        }

        private void receive(Grants grants, DecisionCall call, long sentNanos) {
            Lease lease = new Lease(
                    grants,
                    call.firstSpare(),
                    call.spare(),
                    shares(claims),
                    times,
                    nanoTime.getAsLong(),
                    demand.untilNanos);
            holds = false; // the lease does
            demand.lease = lease;
            // After it is there to be seen by whoever ends all. What was asked before that was charged before it or
            // after
            // it, who knows, so it is not given back.
            if (hasEnded && sentNanos - endedNanos <= 0) {
                drop(lease);
            }
        }

        /** The question is over, with an answer or without. */
        void ended(boolean answered) {
            if (!answered) {
                demand.times = 0;
                demand.untilNanos = nanoTime.getAsLong();
                for (GiveBack giveBack : giveBacks) {
                    if (giveBack.take()) {
                        demand.leftOvers.add(giveBack.again()); // it was never sent
                    }
                }
            }
            if (holds) {
                release(claims, times);
            }
            demand.asks.set(false);
        }
    }

    /** Counts them as in hand. Returns for how many requests there is room, 1 at least, for which none is needed. */
    private static int reserve(List<Claim> claims, long[] remaining, int wanted) {
        if (wanted == 1) {
            return 1;
        }
        int times = wanted;
        for (int i = 0; i < claims.size() && times > 0; i++) {
            Claim claim = claims.get(i);
            RedisLimits set = (RedisLimits) claim.limits();
            long most = Math.min(set.policies().lease(), remaining[i] / PART_OF_REMAINING);
            int room = set.leases().reserve(ClientHash.bounded(claim.client()), times, claim.cost(), most);
            release(claims.subList(0, i), times - room);
            times = room;
        }
        if (times == 1) {
            release(claims, 1);
        }
        return Math.max(1, times);
    }

    private static void release(List<Claim> claims, int count) {
        for (Claim claim : claims) {
            RedisLimits set = (RedisLimits) claim.limits();
            set.leases().release(ClientHash.bounded(claim.client()), count * claim.cost());
        }
    }

    private static long[] remaining(List<Claim> claims, Grants grants) {
        long[] remaining = new long[claims.size()];
        int at = 0;
        for (int i = 0; i < remaining.length; i++) {
            remaining[i] = Long.MAX_VALUE;
            for (QuotaPolicy policy : claims.get(i).limits().policies().policies()) {
                if (!policy.shadow()) {
                    remaining[i] = Math.min(
                            remaining[i], grants.limits().get(at).status().remaining());
                }
                at++;
            }
        }
        return remaining;
    }

    private static List<GiveBack.Share> shares(List<Claim> claims) {
        List<GiveBack.Share> shares = new ArrayList<>(claims.size());
        for (Claim claim : claims) {
            shares.add(new GiveBack.Share(
                    (RedisLimits) claim.limits(),
                    ClientHash.bounded(claim.client()),
                    ClientHash.of(claim.client()),
                    claim.cost()));
        }
        return shares;
    }

    /** Ends a lease, and returns how many were left; less than 0: somebody else has ended it. */
    private int close(Lease lease, Collection<GiveBack> to) {
        int left = lease.end();
        if (left >= 0) {
            release(lease);
        }
        if (left > 0) {
            giveBack(lease, lease.endNumber() - left, left, to);
        }
        return left;
    }

    /** Ends a lease of which nothing must be given back: Redis may have forgotten that it was charged. */
    private static void drop(Lease lease) {
        if (lease.end() >= 0) {
            release(lease);
        }
    }

    private static void release(Lease lease) {
        for (GiveBack.Share share : lease.shares()) {
            share.set().leases().release(share.client(), share.permits() * lease.reserved());
        }
    }

    /** A limit in shadow may have been charged for some of them. */
    private void giveBack(Lease lease, int first, int count, Collection<GiveBack> to) {
        Grants grants = lease.grants();
        int end = first + count;
        int from = first;
        while (from < end) {
            List<QuotaPolicy> notCharged = grants.shadowRefusals(from);
            int next = from + 1;
            while (next < end && grants.shadowRefusals(next).size() == notCharged.size()) {
                next++;
            }
            int together = next - from;
            List<GiveBack.Share> shares =
                    lease.shares().stream().map(share -> share.times(together)).toList();
            GiveBack giveBack =
                    refunds.of(shares, new Decision.Allowed(List.of(), notCharged, grants.atMicros(), false));
            if (!giveBack.isEmpty()) {
                to.add(giveBack);
            }
            from = next;
        }
    }

    /** Permits of these claims were given back, so more is left than the lease tells. */
    void refunded(List<Claim> claims) {
        Demand demand = areLeased(claims) ? demands.get(LeaseKey.of(claims)) : null;
        if (demand != null) {
            end(demand);
        }
    }

    private void end(Demand demand) {
        Lease lease = demand.lease;
        if (lease != null) {
            close(lease, demand.leftOvers);
        }
    }

    /** Redis has forgotten what a client has used: to give that back would be to give it more. */
    void reset(RedisLimits limits, String client) {
        String bounded = ClientHash.bounded(client);
        for (Demand demand : demands.values()) {
            Lease lease = demand.lease;
            if (lease != null && lease.isOf(limits, bounded)) {
                Queue<GiveBack> ofLease = new ConcurrentLinkedQueue<>();
                close(lease, ofLease);
                forget(ofLease, limits, bounded);
                demand.leftOvers.addAll(ofLease);
            }
            forget(demand.leftOvers, limits, bounded);
        }
        forget(leftOvers, limits, bounded);
    }

    /** But for what was taken of other limits with it. */
    private void forget(Queue<GiveBack> among, RedisLimits limits, String bounded) {
        for (GiveBack giveBack : List.copyOf(among)) {
            if (giveBack.isOf(limits, bounded) && among.remove(giveBack)) {
                List<GiveBack.Share> others = giveBack.shares().stream()
                        .filter(share -> !share.isOf(limits, bounded))
                        .toList();
                if (!others.isEmpty()) {
                    among.add(refunds.of(others, giveBack.decision()));
                }
            }
        }
    }

    /** Something has changed by which these permits might not be granted now. */
    void endAll() {
        endedNanos = nanoTime.getAsLong();
        hasEnded = true;
        demands.values().forEach(this::end);
    }

    /** Ends what is over and nobody asks for, and makes room; for once in a while. */
    void dropIdle() {
        long now = nanoTime.getAsLong();
        demands.forEach((key, demand) -> {
            if (!demand.asks.compareAndSet(false, true)) {
                return;
            }
            Lease lease = demand.lease;
            if (lease != null && lease.isOver(now)) {
                close(lease, demand.leftOvers);
            }
            move(demand.leftOvers, leftOvers);
            if (now - demand.untilNanos > IDLE_NANOS && demands.remove(key, demand)) {
                size.decrementAndGet(); // whoever has found it before finds that it is being asked for, for good
            } else {
                demand.asks.set(false);
            }
        });
    }

    private static void move(Queue<GiveBack> from, Collection<GiveBack> to) {
        for (GiveBack next = from.poll(); next != null; next = from.poll()) {
            to.add(next);
        }
    }

    /** What is to be given back next; null: nothing. It is the caller's. */
    @Nullable
    GiveBack nextLeftOver() {
        GiveBack next = leftOvers.poll();
        while (next != null && !next.take()) {
            next = leftOvers.poll();
        }
        return next;
    }

    /** How many clients are watched. */
    int size() {
        return size.get();
    }
}
