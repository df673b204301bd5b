package io.seawall.filter.admin;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a filter is set to, for an administrator's page. Holds no secret. Immutable.
 *
 * @param filter its name
 * @param store who counts
 * @param policies in the order in which a request meets them
 * @param settings every setting that has a value, and where that came from
 */
public record FilterDescription(String filter, Store store, List<Policy> policies, List<Setting> settings) {

    /**
     * Copies the lists.
     *
     * @param filter see {@link #filter}
     * @param store see {@link #store}
     * @param policies see {@link #policies}
     * @param settings see {@link #settings}
     */
    public FilterDescription {
        policies = List.copyOf(policies);
        settings = List.copyOf(settings);
    }

    /**
     * Who counts.
     *
     * @param kind {@code redis}, or {@code memory}: this node for itself
     * @param address without user and password; null in memory
     * @param up whether it would be asked if a request came now
     * @param nodes how many share it, as far as this one knows, itself included
     */
    public record Store(String kind, @Nullable String address, boolean up, int nodes) {}

    /**
     * A policy.
     *
     * @param name what it is called
     * @param client who is counted, as the setting {@code client} has it
     * @param match which requests it is for; null: all
     * @param except which of these it is not for; null: none
     * @param limits for clients of no tier
     * @param addressLimits beside these for all clients of one address; empty: none
     * @param tiers those that there are
     * @param tierBy how the tier of a request is found; null if there is none
     * @param cost what requests cost, as the setting {@code cost} has it
     * @param penalty what becomes of clients that go on after they were refused; null: nothing
     * @param lease how many permits a node may take at once; 0: one by one
     * @param onStoreFailure what becomes of a request that the store did not decide
     * @param shadow whether it refuses nobody now: all its limits are configured so, or it was switched
     * @param shadowSwitched whether it was switched, on this node while it runs
     */
    public record Policy(
            String name,
            String client,
            @Nullable String match,
            @Nullable String except,
            List<Limit> limits,
            List<Limit> addressLimits,
            List<Tier> tiers,
            @Nullable String tierBy,
            String cost,
            @Nullable String penalty,
            int lease,
            String onStoreFailure,
            boolean shadow,
            boolean shadowSwitched) {

        /**
         * Copies the lists.
         *
         * @param name see {@link #name}
         * @param client see {@link #client}
         * @param match see {@link #match}
         * @param except see {@link #except}
         * @param limits see {@link #limits}
         * @param addressLimits see {@link #addressLimits}
         * @param tiers see {@link #tiers}
         * @param tierBy see {@link #tierBy}
         * @param cost see {@link #cost}
         * @param penalty see {@link #penalty}
         * @param lease see {@link #lease}
         * @param onStoreFailure see {@link #onStoreFailure}
         * @param shadow see {@link #shadow}
         * @param shadowSwitched see {@link #shadowSwitched}
         */
        public Policy {
            limits = List.copyOf(limits);
            addressLimits = List.copyOf(addressLimits);
            tiers = List.copyOf(tiers);
        }
    }

    /**
     * A tier of a policy.
     *
     * @param name what it is called
     * @param limits for its clients
     * @param addressLimits as those of a policy
     */
    public record Tier(String name, List<Limit> limits, List<Limit> addressLimits) {

        /**
         * Copies the lists.
         *
         * @param name see {@link #name}
         * @param limits see {@link #limits}
         * @param addressLimits see {@link #addressLimits}
         */
        public Tier {
            limits = List.copyOf(limits);
            addressLimits = List.copyOf(addressLimits);
        }
    }

    /**
     * A limit, as it is configured: overrides are told by {@link io.seawall.filter.RateLimits#list}.
     *
     * @param name what it is called
     * @param text as in configuration, with its name before it
     * @param permits how many
     * @param window per how long
     * @param algorithm how it is counted
     * @param burst how many can be taken at once
     * @param shadow whether it only counts, by configuration
     */
    public record Limit(
            String name, String text, long permits, Duration window, String algorithm, long burst, boolean shadow) {}

    /**
     * A setting.
     *
     * @param name of an init-param; of a policies file with the policy before it, as there
     * @param value in force, with its placeholders filled; blank if that is what the default is. A password is left out
     * @param from {@code init-param}, {@code default}, or file and line, {@code /WEB-INF/limits.properties:3}; behind it, where its
     *     placeholders were filled from: {@code init-param, REDIS_URL from the environment}
     */
    public record Setting(String name, String value, String from) {}
}
