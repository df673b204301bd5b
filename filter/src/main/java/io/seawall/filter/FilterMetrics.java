package io.seawall.filter;

import io.seawall.filter.PolicyCounts.Decider;
import io.seawall.filter.PolicyCounts.Outcome;
import io.seawall.metrics.Counter;
import io.seawall.metrics.Meter;
import io.seawall.metrics.MetricRegistry;
import io.seawall.metrics.SampledDurations;
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
import java.util.LinkedHashMap;
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
    private static final Meter DURATION = Meter.durations(
            "seawall.limit.decision.duration",
            "How long requests waited for a decision, whoever made it; measured by chance where they are many.");
    private static final Meter EXEMPTIONS = Meter.counter(
            "seawall.limit.exemptions", "Requests that no policy was asked about, by the reason.", "reason");

    /** From what memory takes to what Redis may be given. */
    private static final long[] BOUNDS_NANOS = {
        1_000,
        10_000,
        100_000,
        250_000,
        500_000,
        1_000_000,
        2_500_000,
        5_000_000,
        10_000_000,
        25_000_000,
        50_000_000,
        100_000_000,
        250_000_000
    };

    /** A fifth of the permits is near. */
    private static final int NEAR_PARTS = 5;

    private static final int FEW = 4;

    private final String attribute;
    private final MetricRegistry registry;
    private final RefusedClients refusedClients;
    private final RequestsInFlight inFlight = new RequestsInFlight();
    private final SampledDurations decisions = SampledDurations.ofSystem(BOUNDS_NANOS);
    private final Map<Exemption, Counter> exemptions = new EnumMap<>(Exemption.class);

    /** A bound set is the same object for all requests. */
    private final Map<BoundLimits, Claimed> claimed;

    /** Some of them, looked at first: most filters have no more, and a hash takes longer than the rest of the counting. */
    private final Claimed[] few;

    /** What is known of a set of limits before anybody claims it. */
    private record Claimed(BoundLimits bound, String policy, PolicyCounts counts, QuotaPolicies limits, int enforced) {

        Claimed(BoundLimits bound, String policy, PolicyCounts counts) {
            this(bound, policy, counts, bound.policies(), (int) bound.policies().policies().stream()
                    .filter(limit -> !limit.shadow())
                    .count());
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
        registry.readAll(DURATION, samples -> samples.add(decisions.histogram()));
        for (Exemption exemption : Exemption.values()) {
            exemptions.put(exemption, registry.counter(EXEMPTIONS, exemption.text()));
        }
        Map<BoundLimits, Claimed> all = new LinkedHashMap<>();
        for (RequestPolicy policy : policies) {
            String name = policy.settings().name();
            PolicyCounts counts = new PolicyCounts(registry, name);
            policy.allLimits().forEach(limits -> all.put(limits, new Claimed(limits, name, counts)));
        }
        claimed = Map.copyOf(all);
        few = policies.stream()
                .flatMap(policy -> policy.configuredLimits().stream())
                .limit(FEW)
                .map(limits -> Objects.requireNonNull(all.get(limits)))
                .toArray(Claimed[]::new);
        limiter.register(registry);
    }

    void publish(ServletContext context) {
        context.setAttribute(attribute, registry);
    }

    void withdraw(ServletContext context) {
        context.removeAttribute(attribute);
    }

    MetricRegistry registry() {
        return registry;
    }

    RequestsInFlight inFlight() {
        return inFlight;
    }

    /** How long they take. */
    SampledDurations decisions() {
        return decisions;
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

    // The same object, or it is looked up.
    @SuppressWarnings("ReferenceEquality")
    private Claimed claimedBy(Claim claim) {
        for (Claimed one : few) {
            if (one.bound == claim.limits()) {
                return one;
            }
        }
        Claimed known = claimed.get(claim.limits());
        if (known == null) {
            throw new IllegalStateException(
                    "the limits of '" + claim.limits().policies().name() + "' belong to no policy of this filter");
        }
        return known;
    }
}
