package io.seawall.test;

import io.seawall.resilience.circuitbreaker.BreakerPolicy;
import io.seawall.resilience.circuitbreaker.FailureRule;
import io.seawall.resilience.circuitbreaker.OpenPeriod;
import io.seawall.resilience.retry.Backoff;
import io.seawall.resilience.retry.Growth;
import io.seawall.resilience.retry.Jitter;
import io.seawall.resilience.retry.RetryPolicy;
import java.time.Duration;
import java.util.List;

/** Policies in few words, for tests to which the rest does not matter. */
public final class Policies {

    private Policies() {}

    /**
     * A circuit with one rule and one probe.
     *
     * @param failures it opens on this failure
     * @param within the time that the failures must fall into
     * @param openFor for how long at first
     * @return the policy
     */
    public static BreakerPolicy failures(int failures, Duration within, Duration openFor) {
        return new BreakerPolicy(new FailureRule(failures, within), null, OpenPeriod.startingAt(openFor), 1, List.of());
    }

    /**
     * Retries of every exception, with delays that grow.
     *
     * @param maxRetries calls after the first
     * @param base the first delay
     * @param max the cap of all delays
     * @param jitter how they are spread
     * @return the policy
     */
    public static RetryPolicy retries(int maxRetries, Duration base, Duration max, Jitter jitter) {
        return new RetryPolicy(
                maxRetries, new Backoff(base, max, Growth.EXPONENTIAL, jitter), List.of(), List.of(), null);
    }
}
