package io.seawall.ratelimit;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The limits that one request must pass, all of them. Immutable.
 *
 * @param name 1 to 64 of {@code A-Z a-z 0-9 _ -}; counts of different names are apart, also in one store
 * @param policies at least one; names are unique
 */
public record QuotaPolicies(String name, List<QuotaPolicy> policies) {

    public QuotaPolicies {
        if (!QuotaPolicy.isName(name)) {
            throw new IllegalArgumentException(
                    "name '" + name + "' of a set of limits is not allowed: use 1 to 64 letters, digits, '-' or '_'");
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
    }

    /**
     * Reads limits from text: one or more {@code [name=]permits/window [algorithm]}, with {@code ;} between them, for
     * example {@code 100/60s} or {@code burst=20/1s; sustained=1000/1h sliding-window}. A window is a whole number and
     * {@code ms}, {@code s}, {@code m}, {@code h} or {@code d}. A sole limit without a name is called {@code default};
     * of several, one without a name is called after its window, for example {@code per-1s}.
     *
     * @param name the name of the set
     * @param text the limits
     * @return the limits, in the order of the text
     * @throws IllegalArgumentException if the text does not follow the grammar or a number is out of its range; the
     *     message holds the offending part and the rule
     */
    public static QuotaPolicies parse(String name, String text) {
        return new QuotaPolicies(name, LimitsParser.parse(text));
    }

    /**
     * Refuses a cost that no wait would ever make possible.
     *
     * @param cost permits asked for at once
     * @return the cost
     * @throws IllegalArgumentException if the cost is below 1 or above the permits of one of the limits
     */
    public long requireSatisfiable(long cost) {
        if (cost < 1) {
            throw new IllegalArgumentException("a cost of " + cost + " is not allowed: ask for 1 permit or more");
        }
        for (QuotaPolicy policy : policies) {
            if (cost > policy.permits()) {
                throw new IllegalArgumentException("a cost of " + cost + " can never be granted by limit '" + policy
                        + "': raise its permits or lower the cost");
            }
        }
        return cost;
    }
}
