package io.seawall.filter;

import io.seawall.filter.client.ClientResolver;
import io.seawall.filter.route.RequestCost;
import io.seawall.filter.route.RequestLine;
import io.seawall.filter.route.Routes;
import io.seawall.filter.route.Tiers;
import io.seawall.ratelimit.LimitStore.BoundLimits;
import io.seawall.ratelimit.QuotaPolicies;
import io.seawall.ratelimit.RateLimiter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
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
 * @param ipLimits what one address may do; null if nobody can call itself anything
 * @param ipLimitsForProven whether they hold for clients that are who they are beyond doubt as well
 * @param cost what a request costs
 * @param outcome which responses it is charged for; null: all
 */
record PolicySettings(
        String name,
        @Nullable Routes match,
        @Nullable Routes except,
        ClientResolver client,
        QuotaPolicies limits,
        Map<String, QuotaPolicies> tierLimits,
        @Nullable Tiers tiers,
        @Nullable QuotaPolicies ipLimits,
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

    /** Whether what a client does is counted for its address too. */
    boolean isCountedByIp(String clientName) {
        return ipLimits != null && (ipLimitsForProven || !client.isProven(clientName));
    }

    RequestPolicy bind(RateLimiter limiter) {
        Map<String, BoundLimits> boundTiers = new LinkedHashMap<>();
        tierLimits.forEach((tier, limitsOfTier) -> boundTiers.put(tier, limiter.bind(limitsOfTier)));
        return new RequestPolicy(
                this, limiter.bind(limits), boundTiers, ipLimits == null ? null : limiter.bind(ipLimits));
    }

    /** For the log line at start. */
    @Override
    public String toString() {
        return text(limits)
                + tierLimits.entrySet().stream()
                        .map(tier -> ", tier " + tier.getKey() + " " + text(tier.getValue()))
                        .collect(Collectors.joining())
                + " per " + client
                + (ipLimits == null ? "" : " and " + text(ipLimits) + " per ip")
                + (match == null ? "" : " for " + match)
                + (except == null ? "" : " except " + except);
    }

    private static String text(QuotaPolicies limits) {
        return limits.policies().stream().map(Object::toString).collect(Collectors.joining("; "))
                + (limits.penalty() == null ? "" : ", penalty " + limits.penalty());
    }
}
