package io.seawall.filter;

import io.seawall.filter.client.ClientResolver;
import io.seawall.filter.route.Exemptions;
import io.seawall.filter.route.RequestCost;
import io.seawall.filter.route.RequestLine;
import io.seawall.filter.route.Routes;
import io.seawall.filter.route.Tiers;
import io.seawall.ratelimit.QuotaPolicies;
import io.seawall.ratelimit.RateLimiter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is configured for one policy.
 *
 * @param name what it is called; clients and administrators see it
 * @param match which requests it is for; null: all
 * @param except which of these it is not for; null: none
 * @param client who is counted
 * @param limits what clients of no tier may do
 * @param tierLimits what those of a tier may do, by its name
 * @param tiers how the tier of a request is found; null if there are none
 * @param ipLimitsForProven whether limits by address hold for clients that are who they are beyond doubt as well
 * @param cost what a request costs
 * @param outcome which responses it is charged for; null: all
 */
record PolicySettings(
        String name,
        @Nullable Routes match,
        @Nullable Routes except,
        ClientResolver client,
        PairedLimits limits,
        Map<String, PairedLimits> tierLimits,
        @Nullable Tiers tiers,
        boolean ipLimitsForProven,
        RequestCost cost,
        @Nullable OutcomeRule outcome) {

    PolicySettings {
        tierLimits = Collections.unmodifiableMap(new LinkedHashMap<>(tierLimits));
    }

    /** By a generous reading of what it is for, and an exact one of what it is not for. */
    boolean isFor(RequestLine line) {
        return (match == null || match.include(line)) && (except == null || !except.exempt(line));
    }

    /** Whether a request of this policy is ever counted, though others are exempt from all policies. */
    boolean isForAnything(Exemptions exemptions) {
        Routes all = match == null ? Routes.ALL : match;
        return all.anyRemains(
                line -> exemptions.exempt(line) || cost.isFree(line) || (except != null && except.exempt(line)));
    }

    /** Whether what a client does is counted for its address too, if there are limits for that. */
    boolean isCountedByIp(String clientName) {
        return ipLimitsForProven || !client.isProven(clientName);
    }

    /** Whether what clients do is counted for their addresses too. */
    boolean isPaired() {
        return Stream.concat(Stream.of(limits), tierLimits.values().stream())
                .anyMatch(paired -> paired.ofAddress() != null);
    }

    RequestPolicy bind(RateLimiter limiter) {
        return new RequestPolicy(
                this,
                bind(limits -> limits.bind(limiter)),
                bind(limits -> limits.asShadow().bind(limiter)));
    }

    private RequestPolicy.Limits bind(Function<PairedLimits, PairedLimits.Bound> how) {
        Map<String, PairedLimits.Bound> boundTiers = new LinkedHashMap<>();
        tierLimits.forEach((tier, limitsOfTier) -> boundTiers.put(tier, how.apply(limitsOfTier)));
        return new RequestPolicy.Limits(how.apply(limits), boundTiers);
    }

    /** All sets of limits that a client may meet; one that is beside several tiers is there once. */
    Stream<QuotaPolicies> sets() {
        return Stream.concat(Stream.of(limits), tierLimits.values().stream())
                .flatMap(paired -> paired.all().stream())
                .distinct();
    }

    /** For the log line at start. */
    @Override
    public String toString() {
        String own = PairedLimits.text(limits.own())
                + tierLimits.entrySet().stream()
                        .map(tier -> ", tier " + tier.getKey() + " "
                                + PairedLimits.text(tier.getValue().own()))
                        .collect(Collectors.joining());
        String beside = Stream.concat(Stream.of(limits), tierLimits.values().stream())
                .flatMap(paired -> Stream.ofNullable(paired.ofAddress()))
                .distinct()
                .map(set -> (set.tier() == null ? "" : "tier " + set.tier() + " ") + PairedLimits.text(set))
                .collect(Collectors.joining(", "));
        return own
                + " per " + client
                + (beside.isEmpty() ? "" : " and " + beside + " per ip")
                + (match == null ? "" : " for " + match)
                + (except == null ? "" : " except " + except);
    }
}
