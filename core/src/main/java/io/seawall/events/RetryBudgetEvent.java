package io.seawall.events;

import java.lang.System.Logger.Level;
import java.time.Instant;

/**
 * The retry budget of a target has begun to refuse, or grants again.
 *
 * @param at when
 * @param target whose budget it is
 * @param exhausted whether retries are refused from now on
 */
public record RetryBudgetEvent(Instant at, String target, boolean exhausted) implements SeawallEvent {

    @Override
    public String subject() {
        return target;
    }

    /**
     * Which of the two.
     *
     * @return {@code retry-budget-exhausted} or {@code retry-budget-back}
     */
    @Override
    public String kind() {
        return exhausted ? "retry-budget-exhausted" : "retry-budget-back";
    }

    @Override
    public String words() {
        return exhausted
                ? "the retry budget of '" + target + "' is used up: calls that fail are not retried"
                : "the retry budget of '" + target + "' grants again";
    }

    @Override
    public Level level() {
        return exhausted ? Level.WARNING : Level.INFO;
    }
}
