package io.seawall.filter;

import io.seawall.filter.route.RequestLine;
import io.seawall.filter.route.Tiers;
import io.seawall.ratelimit.Claim;
import io.seawall.ratelimit.LimitStore.BoundLimits;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One policy at work: which requests it is for, who is counted, by which limits, and what a request costs. Immutable. */
final class RequestPolicy {

    private final PolicySettings settings;
    private final BoundLimits limits;
    private final Map<String, BoundLimits> tierLimits;
    private final @Nullable BoundLimits ipLimits;

    /**
     * A policy whose limits are bound.
     *
     * @param limits for clients of no tier
     * @param tierLimits by tier
     * @param ipLimits for the address of clients who can call themselves anything; null if none can
     */
    RequestPolicy(
            PolicySettings settings,
            BoundLimits limits,
            Map<String, BoundLimits> tierLimits,
            @Nullable BoundLimits ipLimits) {
        this.settings = settings;
        this.limits = limits;
        this.tierLimits = Map.copyOf(tierLimits);
        this.ipLimits = ipLimits;
    }

    PolicySettings settings() {
        return settings;
    }

    /** All sets of limits that a client may have used. */
    List<BoundLimits> allLimits() {
        return Stream.concat(
                        Stream.of(limits), Stream.concat(tierLimits.values().stream(), Stream.ofNullable(ipLimits)))
                .toList();
    }

    /** Adds what the request asks of this policy: nothing if it is not for it, or if it costs nothing. */
    void addClaims(HttpServletRequest request, RequestLine line, RequestClaims claims) {
        if (!settings.isFor(line)) {
            return;
        }
        long cost = settings.cost().of(request, line);
        if (cost == 0) {
            return;
        }
        String client = settings.client().resolve(request);
        claims.countedAs(client);
        claims.add(new Claim(limitsOf(request), client, cost), settings.outcome());
        if (ipLimits != null && settings.isCountedByIp(client)) {
            claims.add(new Claim(ipLimits, settings.client().address(request), cost), settings.outcome());
        }
    }

    private BoundLimits limitsOf(HttpServletRequest request) {
        Tiers tiers = settings.tiers();
        String tier = tiers == null ? null : tiers.of(request);
        BoundLimits ofTier = tier == null ? null : tierLimits.get(tier);
        return ofTier == null ? limits : ofTier;
    }
}
