package io.seawall.ratelimit;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The limits that one client must pass, all of them, and what goes with them. Immutable.
 *
 * @param name 1 to 64 of {@code A-Z a-z 0-9 _ -}; counts of different names are apart, also in one store
 * @param tier for which clients, by the name of their tier, a name as well; null: for all that are in none. Counts of different
 *     tiers are apart
 * @param policies at least one; names are unique
 * @param penalty what becomes of clients that go on after they were refused; null: nothing
 * @param onStoreFailure what becomes of a request that the store did not decide
 * @param lease how many permits a node may take at once from a shared store for a client that it sees often, to give back what it does not
 *     use: {@value #MIN_LEASE} to {@value #MAX_LEASE}; 0: none. A store in memory has no use for it
 */
public record QuotaPolicies(
        String name,
        @Nullable String tier,
        List<QuotaPolicy> policies,
        @Nullable Penalty penalty,
        OnStoreFailure onStoreFailure,
        int lease) {

    /** What a sole limit without a name is called. */
    public static final String DEFAULT_LIMIT = "default";

    /** One permit is what every request takes. */
    public static final int MIN_LEASE = 2;

    /** At 10,000 a second, the store is asked once in a second. */
    public static final int MAX_LEASE = 10_000;

    /**
     * Checks that all of it fits, and copies the list.
     *
     * @param name see {@link #name}
     * @param tier see {@link #tier}
     * @param policies see {@link #policies}
     * @param penalty see {@link #penalty}
     * @param onStoreFailure see {@link #onStoreFailure}
     * @param lease see {@link #lease}
     * @throws IllegalArgumentException if a name is not allowed or given twice, there is no limit, or {@code lease} is out of its
     *     range or cannot be had with these limits
     */
    public QuotaPolicies {
        requireName("name", name);
        if (tier != null) {
            requireName("tier", tier);
        }
        policies = List.copyOf(policies);
        if (policies.isEmpty()) {
            throw new IllegalArgumentException("'" + name + "' has no limit: give at least one, for example 100/60s");
        }
        Set<String> names = new HashSet<>();
        for (QuotaPolicy policy : policies) {
            if (!names.add(policy.name())) {
                throw new IllegalArgumentException("two limits are called '" + policy.name()
                        + "': give each its own name, for example burst=20/1s; sustained=1000/1h");
            }
        }
        if (lease != 0) {
            requireLease(lease);
            requireLeasable(policies, penalty);
        }
    }

    /**
     * Limits for clients of no tier, without a penalty and leases, decided by this node alone while the store is away.
     *
     * @param name see {@link #name}
     * @param policies see {@link #policies}
     */
    public QuotaPolicies(String name, List<QuotaPolicy> policies) {
        this(name, null, policies, null, OnStoreFailure.LOCAL, 0);
    }

    private static void requireName(String what, String name) {
        if (!QuotaPolicy.isName(name)) {
            throw new IllegalArgumentException(what + " '" + name
                    + "' of a set of limits is not allowed: use 1 to 64 letters, digits, '-' or '_'");
        }
    }

    private static void requireLease(int lease) {
        if (lease < MIN_LEASE || lease > MAX_LEASE) {
            throw new IllegalArgumentException(
                    "a lease of " + lease + " permits is not allowed: use " + MIN_LEASE + " to " + MAX_LEASE);
        }
    }

    private static void requireLeasable(List<QuotaPolicy> policies, @Nullable Penalty penalty) {
        for (QuotaPolicy policy : policies) {
            if (policy.algorithm() == Algorithm.TOKEN_BUCKET) {
                // What is taken early flows off while it waits, and would be used on top of a bucket that is full
                // again.
                throw new IllegalArgumentException("limit '" + policy
                        + "' would admit more than its burst if its permits were taken early and used late: use"
                        + " sliding-window, or leave the lease out");
            }
        }
        if (penalty != null) {
            throw new IllegalArgumentException("a lease goes on granting where the penalty '" + penalty
                    + "' may have banned the client: leave one of them out");
        }
    }

    /**
     * Reads limits from text: one or more {@code [name=]permits/window [algorithm] [burst=N] [shadow]}, with {@code ;} between
     * them, for example {@code 100/60s} or {@code burst=20/1s; sustained=1000/1h token-bucket burst=100}. A window is a whole
     * number and {@code ms}, {@code s}, {@code m}, {@code h} or {@code d}. A sole limit without a name is called {@code default};
     * of several, one without a name is called after its window, for example {@code per-1s}.
     *
     * @param name the name of the set
     * @param text the limits
     * @return the limits, in the order of the text
     * @throws IllegalArgumentException if the text does not follow the grammar or a number is out of its range; the
     *     message holds the offending part and the rule
     */
    public static QuotaPolicies parse(String name, String text) {
        return parse(name, DEFAULT_LIMIT, text);
    }

    /**
     * The same, with a name for limits that have none.
     *
     * @param name the name of the set
     * @param defaultName what a sole limit without a name is called, and what such names of several begin with
     * @param text the limits
     * @return the limits, in the order of the text
     * @throws IllegalArgumentException as {@link #parse(String, String)}
     */
    public static QuotaPolicies parse(String name, String defaultName, String text) {
        return new QuotaPolicies(name, LimitsParser.parse(defaultName, text));
    }

    /**
     * The same limits for a tier.
     *
     * @param newTier see {@link #tier}
     * @return the limits
     */
    public QuotaPolicies forTier(@Nullable String newTier) {
        return new QuotaPolicies(name, newTier, policies, penalty, onStoreFailure, lease);
    }

    /**
     * The same limits with a penalty.
     *
     * @param newPenalty see {@link #penalty}
     * @return the limits
     */
    public QuotaPolicies withPenalty(@Nullable Penalty newPenalty) {
        return new QuotaPolicies(name, tier, policies, newPenalty, onStoreFailure, lease);
    }

    /**
     * The same limits with another choice for when the store is away.
     *
     * @param choice see {@link #onStoreFailure}
     * @return the limits
     */
    public QuotaPolicies withOnStoreFailure(OnStoreFailure choice) {
        return new QuotaPolicies(name, tier, policies, penalty, choice, lease);
    }

    /**
     * The same limits with leases for clients that are seen often.
     *
     * @param permits see {@link #lease}
     * @return the limits
     * @throws IllegalArgumentException if the permits are out of their range, a limit is a token bucket or there is a penalty
     */
    public QuotaPolicies withLease(int permits) {
        return new QuotaPolicies(name, tier, policies, penalty, onStoreFailure, permits);
    }

    /**
     * The same limits, that only count.
     *
     * @return the limits, each in {@link QuotaPolicy#shadow}
     */
    public QuotaPolicies asShadow() {
        return map(QuotaPolicy::asShadow);
    }

    /**
     * Refuses a cost that no wait would ever make possible: for costs that are known before any request.
     *
     * @param cost permits asked for at once
     * @return the cost
     * @throws IllegalArgumentException if the cost is below 1 or above the burst of one of the limits
     */
    public long requireSatisfiable(long cost) {
        Claim.requireCost(cost);
        for (QuotaPolicy policy : policies) {
            if (cost > policy.burst()) {
                throw new IllegalArgumentException("a cost of " + cost + " can never be granted by limit '" + policy
                        + "': raise its permits or lower the cost");
            }
        }
        return cost;
    }

    QuotaPolicies map(UnaryOperator<QuotaPolicy> change) {
        return new QuotaPolicies(name, tier, policies.stream().map(change).toList(), penalty, onStoreFailure, lease);
    }
}
