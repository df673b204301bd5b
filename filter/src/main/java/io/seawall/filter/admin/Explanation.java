package io.seawall.filter.admin;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a request would be limited now, and why. Nothing was charged to say so. Immutable.
 *
 * @param counted whether a policy counts it
 * @param exempt why no policy is asked about it at all; null if they are
 * @param policies what each policy makes of it; empty if it is exempt
 * @param words all that in a sentence or two
 */
public record Explanation(boolean counted, @Nullable String exempt, List<OfPolicy> policies, String words) {

    /**
     * Copies the list.
     *
     * @param counted see {@link #counted}
     * @param exempt see {@link #exempt}
     * @param policies see {@link #policies}
     * @param words see {@link #words}
     */
    public Explanation {
        policies = List.copyOf(policies);
    }

    /**
     * What one policy makes of a request.
     *
     * @param name the policy
     * @param applies whether it counts the request
     * @param why why it does or does not, and why for this client
     * @param client who is counted, as people may see it: an address as it is, the start of a hash of anything else; null if it does
     *     not apply
     * @param cost permits that the request takes; 0 if it does not apply
     * @param tier the tier of the request; null: none
     * @param banned how long its client is still banned; zero: it is not
     * @param limits that the request must pass; empty if it does not apply
     */
    public record OfPolicy(
            String name,
            boolean applies,
            String why,
            @Nullable String client,
            long cost,
            @Nullable String tier,
            Duration banned,
            List<OfLimit> limits) {

        /**
         * Copies the list.
         *
         * @param name see {@link #name}
         * @param applies see {@link #applies}
         * @param why see {@link #why}
         * @param client see {@link #client}
         * @param cost see {@link #cost}
         * @param tier see {@link #tier}
         * @param banned see {@link #banned}
         * @param limits see {@link #limits}
         */
        public OfPolicy {
            limits = List.copyOf(limits);
        }
    }

    /**
     * What one limit makes of it.
     *
     * @param name the limit
     * @param text as in configuration, with its name before it
     * @param client who is counted by this limit: that of the policy, or the address beside it
     * @param permits how many there are, those of an override if one is in force
     * @param remaining how many of them can be taken; null if the store did not tell. What nodes have taken on a lease counts as used
     * @param override the permits of an override in force; null if there is none, or if it says what is configured, too
     * @param shadow whether it only counts
     * @param refuses whether it would refuse the request now, or count a refusal in shadow
     */
    public record OfLimit(
            String name,
            String text,
            String client,
            long permits,
            @Nullable Long remaining,
            @Nullable Long override,
            boolean shadow,
            boolean refuses) {}
}
