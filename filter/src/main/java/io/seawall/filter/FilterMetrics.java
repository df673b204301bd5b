package io.seawall.filter;

import io.seawall.filter.PolicyCounts.Decider;
import io.seawall.filter.PolicyCounts.Outcome;
import io.seawall.metrics.Counter;
import io.seawall.metrics.Meter;
import io.seawall.metrics.MetricRegistry;
import io.seawall.ratelimit.Claim;
import io.seawall.ratelimit.Decision;
import io.seawall.ratelimit.LimitStore.BoundLimits;
import io.seawall.ratelimit.OnStoreFailure;
import io.seawall.ratelimit.QuotaPolicies;
import io.seawall.ratelimit.QuotaPolicy;
import io.seawall.ratelimit.QuotaStatus;
import io.seawall.ratelimit.RateLimiter;
import jakarta.servlet.ServletContext;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a filter counts. A request adds to one number for each policy that it was asked about, and to those of the requests that are
 * under way. Thread-safe.
 */
final class FilterMetrics {

    private static final Meter IN_FLIGHT =
            Meter.gauge("seawall.requests.in.flight", "Requests that are under way behind the filter.");
    private static final Meter EXEMPTIONS = Meter.counter(
            "seawall.limit.exemptions", "Requests that no policy was asked about, by the reason.", "reason");

    /** A fifth of the permits is near. */
    private static final int NEAR_PARTS = 5;

    private final String attribute;
    private final MetricRegistry registry;
    private final RefusedClients refusedClients;
    private final RequestsInFlight inFlight = new RequestsInFlight();
    private final Map<Exemption, Counter> exemptions = new EnumMap<>(Exemption.class);

    /** A bound set is the same object for all requests. */
    private final Map<BoundLimits, Claimed> claimed;

    /** What is known of a set of limits before anybody claims it. */
    private record Claimed(String policy, PolicyCounts counts, QuotaPolicies limits, int enforced) {

        Claimed(String policy, PolicyCounts counts, QuotaPolicies limits) {
            this(policy, counts, limits, (int)
                    limits.policies().stream().filter(limit -> !limit.shadow()).count());
        }

        /** A decision says nothing of a set that nobody decided about. */
        Decider decider(Decision decision) {
            if (!decision.withoutStore()) {
                return Decider.STORE;
            }
            return limits.onStoreFailure() == OnStoreFailure.LOCAL ? Decider.NODE : Decider.NOBODY;
        }

        boolean hasInShadow(QuotaPolicy refused) {
            return limits.policies().stream()
                    .anyMatch(limit -> limit.shadow() && limit.name().equals(refused.name()));
        }
    }

    FilterMetrics(String filterName, RateLimiter limiter, List<RequestPolicy> policies, RefusedClients refusedClients) {
        this.refusedClients = refusedClients;
        attribute = MetricRegistry.ATTRIBUTE_PREFIX + filterName;
        registry = new MetricRegistry("filter", filterName);
        registry.read(IN_FLIGHT, inFlight::now);
        for (Exemption exemption : Exemption.values()) {
            exemptions.put(exemption, registry.counter(EXEMPTIONS, exemption.text()));
        }
        Map<BoundLimits, Claimed> bound = new HashMap<>();
        for (RequestPolicy policy : policies) {
            String name = policy.settings().name();
            PolicyCounts counts = new PolicyCounts(registry, name);
            policy.allLimits().forEach(limits -> bound.put(limits, new Claimed(name, counts, limits.policies())));
        }
        claimed = Map.copyOf(bound);
        limiter.register(registry);
    }

    void publish(ServletContext context) {
        context.setAttribute(attribute, registry);
    }

    void withdraw(ServletContext context) {
        context.removeAttribute(attribute);
    }

    RequestsInFlight inFlight() {
        return inFlight;
    }

    void exempted(Exemption exemption) {
        Objects.requireNonNull(exemptions.get(exemption)).increment();
    }

    /** Nobody decided, and the request is refused. */
    void unavailable(List<Claim> claims) {
        PolicyCounts last = null;
        for (int i = 0; i < claims.size(); i++) {
            PolicyCounts counts = claimedBy(claims.get(i)).counts;
            if (counts != last) {
                counts.count(Outcome.REFUSED, Decider.NOBODY);
            }
            last = counts;
        }
    }

    /**
     * Counts a decision once for each policy. The claims of one policy follow each other, and the statuses of a decision follow the
     * claims.
     */
    void decided(List<Claim> claims, Decision decision) {
        List<QuotaStatus> statuses = decision.quotas();
        int from = 0;
        int claim = 0;
        Claimed next = claimedBy(claims.get(claim));
        while (next != null) {
            PolicyCounts counts = next.counts;
            Decider by = next.decider(decision);
            String policy = next.policy;
            String refused = null;
            boolean isNear = false;
            String shadowRefused = null;
            do {
                String client = claims.get(claim).client();
                int to = by == Decider.NOBODY ? from : Math.min(statuses.size(), from + next.enforced);
                for (; from < to; from++) {
                    QuotaStatus status = statuses.get(from);
                    refused = status.refused() && refused == null ? client : refused;
                    isNear |= status.remaining() * NEAR_PARTS <= status.policy().permits();
                }
                if (decision instanceof Decision.Allowed allowed && refusesInShadow(next, allowed)) {
                    shadowRefused = shadowRefused == null ? client : shadowRefused;
                }
                claim++;
                next = claim < claims.size() ? claimedBy(claims.get(claim)) : null;
            } while (next != null && next.counts == counts);
            counts.count(outcome(decision, refused != null, shadowRefused != null), by);
            String worthKnowing = refused == null ? shadowRefused : refused;
            if (worthKnowing != null) {
                refusedClients.refused(policy, worthKnowing, refused == null, decision.atMicros());
            }
            if (isNear && decision.allowed()) {
                counts.countNear();
            }
        }
    }

    private static Outcome outcome(Decision decision, boolean refuses, boolean shadowRefuses) {
        if (!decision.allowed()) {
            return refuses ? Outcome.REFUSED : Outcome.UNCHARGED;
        }
        return shadowRefuses ? Outcome.SHADOW_REFUSED : Outcome.ALLOWED;
    }

    private static boolean refusesInShadow(Claimed of, Decision.Allowed allowed) {
        List<QuotaPolicy> refusals = allowed.shadowRefusals();
        for (int i = 0; i < refusals.size(); i++) {
            if (of.hasInShadow(refusals.get(i))) {
                return true;
            }
        }
        return false;
    }

    private Claimed claimedBy(Claim claim) {
        Claimed known = claimed.get(claim.limits());
        if (known == null) {
            throw new IllegalStateException(
                    "the limits of '" + claim.limits().policies().name() + "' belong to no policy of this filter");
        }
        return known;
    }
}
