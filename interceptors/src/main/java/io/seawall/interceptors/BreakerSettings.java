package io.seawall.interceptors;

import io.seawall.resilience.circuitbreaker.BreakerPolicy;
import io.seawall.resilience.circuitbreaker.FailureRule;
import io.seawall.resilience.circuitbreaker.OpenPeriod;
import io.seawall.resilience.circuitbreaker.Over;
import io.seawall.resilience.circuitbreaker.RateRule;
import io.seawall.time.DurationText;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads when a target is not called for a while. */
final class BreakerSettings {

    /** With fewer calls, one that fails by chance would be too large a part of them. */
    static final int MIN_CALLS = 20;

    private BreakerSettings() {}

    /** Null where no rule is left. */
    static @Nullable BreakerPolicy read(Members members, Breaker breaker) {
        int failures = members.number("breaker.failures", breaker.failures());
        Duration within = members.parse("breaker.within", breaker.within(), DurationText::parse);
        int failurePercent = members.number("breaker.failurePercent", breaker.failurePercent());
        int slowPercent = members.number("breaker.slowPercent", breaker.slowPercent());
        Duration slowerThan = members.duration("breaker.slowerThan", breaker.slowerThan());
        int minCalls = members.number("breaker.minCalls", breaker.minCalls());
        int lastCalls = members.number("breaker.lastCalls", breaker.lastCalls());
        Duration openFor = members.parse("breaker.openFor", breaker.openFor(), DurationText::parse);
        Duration maxOpenFor = members.duration("breaker.maxOpenFor", breaker.maxOpenFor());
        int probes = members.number("breaker.probes", breaker.probes());
        List<Class<? extends Throwable>> ignore = members.throwables("breaker.ignore", breaker.ignore());
        boolean hasRates = failurePercent != 0 || slowPercent != 0;
        return members.<@Nullable BreakerPolicy>check("breaker", () -> {
            // From outside, the rule can be switched off by its parts of the calls alone.
            if (slowPercent == 0 && slowerThan != null && breaker.slowPercent() == 0) {
                members.doesNothing(
                        "breaker",
                        "slowerThan",
                        "slowerThan is " + DurationText.format(slowerThan)
                                + ", and slowPercent is 0: say how many slow calls are too many, or leave it out");
            }
            if (!hasRates && breaker.failurePercent() == 0 && breaker.slowPercent() == 0) {
                requireNoCalls(members, "lastCalls", lastCalls, 0);
                requireNoCalls(members, "minCalls", minCalls, MIN_CALLS);
            }
            if (failures == 0 && !hasRates) {
                return null;
            }
            Over over = lastCalls == 0 ? new Over.Time(within) : new Over.Calls(lastCalls);
            return new BreakerPolicy(
                    failures == 0 ? null : new FailureRule(failures, within),
                    hasRates
                            ? new RateRule(
                                    failurePercent, slowPercent, slowPercent == 0 ? null : slowerThan, minCalls, over)
                            : null,
                    maxOpenFor == null ? OpenPeriod.startingAt(openFor) : new OpenPeriod(openFor, maxOpenFor),
                    probes,
                    ignore);
        });
    }

    private static void requireNoCalls(Members members, String name, int value, int unsaid) {
        if (value != unsaid) {
            members.doesNothing(
                    "breaker",
                    name,
                    name + " is " + value
                            + ", and there is no part of the calls to judge: give failurePercent or slowPercent, or leave it out");
        }
    }
}
