package io.seawall.filter;

import io.seawall.filter.route.RequestLine;
import io.seawall.filter.route.Tiers;
import io.seawall.ratelimit.Claim;
import io.seawall.ratelimit.LimitStore.BoundLimits;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One policy at work: which requests it is for, who is counted, by which limits, and what a request costs. Thread-safe. */
final class RequestPolicy {

    /**
     * Limits that are bound.
     *
     * @param ofMost for clients of no tier
     * @param ofTiers by tier
     */
    record Limits(PairedLimits.Bound ofMost, Map<String, PairedLimits.Bound> ofTiers) {

        Limits {
            ofTiers = Map.copyOf(ofTiers);
        }

        private Stream<BoundLimits> all() {
            return Stream.concat(Stream.of(ofMost), ofTiers.values().stream()).flatMap(PairedLimits.Bound::all);
        }
    }

    private final PolicySettings settings;
    private final Limits configured;
    private final Limits inShadow;

    /** Read once a request, which has all its limits of this policy from the same. */
    private volatile boolean switched;

    /**
     * A policy whose limits are bound.
     *
     * @param configured as the settings have them
     * @param inShadow the same, that only count
     */
    RequestPolicy(PolicySettings settings, Limits configured, Limits inShadow) {
        this.settings = settings;
        this.configured = configured;
        this.inShadow = inShadow;
    }

    PolicySettings settings() {
        return settings;
    }

    /** All sets of limits that a client may have used, also those that only count. */
    List<BoundLimits> allLimits() {
        return Stream.concat(configured.all(), inShadow.all()).distinct().toList();
    }

    /** Those of them that it has unless it is switched. */
    List<BoundLimits> configuredLimits() {
        return configured.all().toList();
    }

    /** Has it only count, or do again what is configured. False: that is so already. */
    synchronized boolean switchShadow(boolean on) {
        boolean changes = switched != on;
        switched = on;
        return changes;
    }

    /** Whether it only counts, other than configured. */
    boolean isSwitched() {
        return switched;
    }

    /** Whether it refuses nobody now. */
    boolean onlyCounts() {
        return inForce().all().allMatch(limits -> PairedLimits.onlyCounts(limits.policies()));
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
        if (paired.ofAddress() != null && settings.isCountedByIp(client)) {
            claims.add(new Claim(paired.ofAddress(), settings.client().address(request), cost), settings.outcome());
        }
    }

    private Limits inForce() {
        return switched ? inShadow : configured;
    }

    private PairedLimits.Bound limitsOf(HttpServletRequest request) {
        Limits now = inForce();
        Tiers tiers = settings.tiers();
        String tier = tiers == null ? null : tiers.of(request);
        PairedLimits.Bound ofTier = tier == null ? null : now.ofTiers.get(tier);
        return ofTier == null ? now.ofMost : ofTier;
    }
}
