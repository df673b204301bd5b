package io.seawall.filter;

import io.seawall.ratelimit.LimitStore.BoundLimits;
import io.seawall.ratelimit.OnStoreFailure;
import io.seawall.ratelimit.QuotaPolicies;
import io.seawall.ratelimit.QuotaPolicy;
import io.seawall.ratelimit.RateLimiter;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a client may do, and what its address may do beside it.
 *
 * @param own what the client may do
 * @param ofAddress what all clients of one address may do together; null if nobody can call itself anything
 */
record PairedLimits(QuotaPolicies own, @Nullable QuotaPolicies ofAddress) {

    /** The same at work. */
    record Bound(BoundLimits own, @Nullable BoundLimits ofAddress) {

        Stream<BoundLimits> all() {
            return Stream.concat(Stream.of(own), Stream.ofNullable(ofAddress));
        }
    }

    List<QuotaPolicies> all() {
        return ofAddress == null ? List.of(own) : List.of(own, ofAddress);
    }

    /** A request that claims both has a lease only if both have. */
    PairedLimits withLease(int permits) {
        return new PairedLimits(own.withLease(permits), ofAddress == null ? null : ofAddress.withLease(permits));
    }

    /** The same, that only count. */
    PairedLimits asShadow() {
        return new PairedLimits(onlyCounting(own), ofAddress == null ? null : onlyCounting(ofAddress));
    }

    /** Limits in shadow refuse nobody: not when they cannot count, nor for a ban from before they were in shadow. */
    static QuotaPolicies onlyCounting(QuotaPolicies limits) {
        QuotaPolicies inShadow = limits.asShadow().withPenalty(null);
        return limits.onStoreFailure() == OnStoreFailure.DENY
                ? inShadow.withOnStoreFailure(OnStoreFailure.LOCAL)
                : inShadow;
    }

    static boolean onlyCounts(QuotaPolicies limits) {
        return limits.policies().stream().allMatch(QuotaPolicy::shadow);
    }

    Bound bind(RateLimiter limiter) {
        return new Bound(limiter.bind(own), ofAddress == null ? null : limiter.bind(ofAddress));
    }

    static String text(QuotaPolicies limits) {
        return limits.policies().stream().map(QuotaPolicy::toString).collect(Collectors.joining("; "))
                + (limits.penalty() == null ? "" : ", penalty " + limits.penalty());
    }
}
