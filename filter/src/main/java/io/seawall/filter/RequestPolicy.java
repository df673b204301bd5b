package io.seawall.filter;

import io.seawall.ratelimit.Claim;
import io.seawall.ratelimit.LimitStore.BoundLimits;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One policy at work: which requests it is for, who is counted, by which limits, and what a request costs. Immutable. */
final class RequestPolicy {

    private final PolicySettings settings;
    private final PairedLimits.Bound limits;
    private final Map<String, PairedLimits.Bound> tierLimits;

    /**
     * A policy whose limits are bound.
     *
     * @param limits for clients of no tier
     * @param tierLimits by tier
     */
    RequestPolicy(PolicySettings settings, PairedLimits.Bound limits, Map<String, PairedLimits.Bound> tierLimits) {
        this.settings = settings;
        this.limits = limits;
        this.tierLimits = Map.copyOf(tierLimits);
    }

    PolicySettings settings() {
        return settings;
    }

    /** All sets of limits that a client may have used. */
    List<BoundLimits> allLimits() {
        return Stream.concat(Stream.of(limits), tierLimits.values().stream())
                .flatMap(PairedLimits.Bound::all)
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
        PairedLimits.Bound paired = limitsOf(request);
        String client = settings.client().resolve(request);
        if (!settings.client().isGlobal()) {
            claims.countedAs(client);
        }
        claims.add(new Claim(paired.own(), client, cost), settings.outcome());
        if (paired.ofAddress() != null) {
            claims.add(new Claim(paired.ofAddress(), settings.client().address(request), cost), settings.outcome());
        }
    }

    private PairedLimits.Bound limitsOf(HttpServletRequest request) {
        Tiers tiers = settings.tiers();
        String tier = tiers == null ? null : tiers.of(request);
        PairedLimits.Bound ofTier = tier == null ? null : tierLimits.get(tier);
        return ofTier == null ? limits : ofTier;
    }
}
