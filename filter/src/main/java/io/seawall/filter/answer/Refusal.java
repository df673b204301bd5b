package io.seawall.filter.answer;

import io.seawall.ratelimit.Decision;
import io.seawall.ratelimit.QuotaPolicy;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a client is told when its request goes no further. Immutable.
 *
 * @param problem why
 * @param retryAfterSeconds what {@code Retry-After} says, 1 or more, rounded up; empty if waiting does not help
 * @param violatedPolicies the names of the limits that refused, each once; empty if none did
 */
public record Refusal(ProblemType problem, OptionalLong retryAfterSeconds, List<String> violatedPolicies) {

    /** Seconds; a store that is away is looked for four times a second. */
    private static final long UNAVAILABLE_RETRY_AFTER = 1;

    /**
     * Checks the time, and copies the list.
     *
     * @param problem see {@link #problem}
     * @param retryAfterSeconds see {@link #retryAfterSeconds}
     * @param violatedPolicies see {@link #violatedPolicies}
     * @throws IllegalArgumentException if a client would be told to come back after less than 1 second
     */
    public Refusal {
        if (retryAfterSeconds.isPresent() && retryAfterSeconds.getAsLong() < 1) {
            throw new IllegalArgumentException("a client is told to come back after " + retryAfterSeconds.getAsLong()
                    + " seconds: tell 1 or more, or nothing");
        }
        violatedPolicies = List.copyOf(violatedPolicies);
    }

    static Refusal of(Decision.Denied denied, ProblemType problem) {
        long seconds = WholeSeconds.untilRetry(denied);
        return new Refusal(
                problem,
                seconds == WholeSeconds.UNTOLD ? OptionalLong.empty() : OptionalLong.of(seconds),
                denied.violated().stream().map(QuotaPolicy::name).distinct().toList());
    }

    static Refusal unavailable() {
        return new Refusal(ProblemType.TEMPORARY_REDUCED_CAPACITY, OptionalLong.of(UNAVAILABLE_RETRY_AFTER), List.of());
    }

    /**
     * The status of the answer.
     *
     * @return {@code problem().status()}
     */
    public int status() {
        return problem.status();
    }
}
