package io.seawall.resilience.circuitbreaker;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When a circuit opens, for how long, and when it closes. Immutable; cannot exist wrong.
 *
 * @param failures so many failures in a time open the circuit; null for no such rule
 * @param rates too large a part of failed or slow calls opens the circuit; null for no such rule. There is one rule at least, and
 *     each opens the circuit by itself
 * @param open how long calls are refused
 * @param probes how many calls are let through after that, and close the circuit if they all succeed and not too many of them
 *     are slow for {@code rates}, 1 to {@value #MAX_PROBES}
 * @param ignore failures, with their subclasses, that say nothing about the target, also where a container has wrapped them
 */
public record BreakerPolicy(
        @Nullable FailureRule failures,
        @Nullable RateRule rates,
        OpenPeriod open,
        int probes,
        List<Class<? extends Throwable>> ignore) {

    /** More than this is no trial, but traffic. */
    public static final int MAX_PROBES = 100;

    /**
     * Checks that something opens the circuit and something closes it, and copies the list.
     *
     * @param failures see {@link #failures}
     * @param rates see {@link #rates}
     * @param open see {@link #open}
     * @param probes see {@link #probes}
     * @param ignore see {@link #ignore}
     * @throws IllegalArgumentException if there is neither rule, or {@code probes} is not 1 to {@value #MAX_PROBES}
     */
    public BreakerPolicy {
        if (failures == null && rates == null) {
            throw new IllegalArgumentException(
                    "a circuit breaker without a rule never opens: give failures, failurePercent or slowPercent");
        }
        if (probes < 1 || probes > MAX_PROBES) {
            throw new IllegalArgumentException("probes is " + probes + ": use 1 to " + MAX_PROBES);
        }
        ignore = List.copyOf(ignore);
    }

    /**
     * When it opens, for people.
     *
     * @return as {@code 5 failures within 30s}
     */
    public String words() {
        if (rates == null) {
            return failures == null ? "" : failures.words();
        }
        return failures == null ? rates.words() : failures.words() + ", or " + rates.words();
    }

    /**
     * 5 failures in 30 s, open for 30 s, one probe.
     *
     * @return what a plain {@code @Resilient} means
     */
    public static BreakerPolicy defaults() {
        return new BreakerPolicy(FailureRule.defaults(), null, OpenPeriod.defaults(), 1, List.of());
    }
}
