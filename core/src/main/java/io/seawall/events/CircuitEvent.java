package io.seawall.events;

import java.lang.System.Logger.Level;
import java.time.Instant;

/**
 * The circuit of a target has another state.
 *
 * @param at when
 * @param target whose circuit it is
 * @param from its state before
 * @param to its state from now on
 * @param words the same for people, with the reason
 */
public record CircuitEvent(Instant at, String target, State from, State to, String words) implements SeawallEvent {

    /** Where a circuit is. */
    public enum State {
        /** Calls go through. */
        CLOSED("circuit-closed", Level.INFO),
        /** Calls are refused for a while. */
        OPEN("circuit-opened", Level.WARNING),
        /** Some calls are tried. */
        HALF_OPEN("circuit-half-open", Level.INFO),
        /** Calls are refused until somebody resets it. */
        FORCED_OPEN("circuit-forced-open", Level.WARNING),
        /** Calls go through, whatever becomes of them, until somebody resets it. */
        DISABLED("circuit-disabled", Level.WARNING);

        private final String kind;
        private final Level level;

        State(String kind, Level level) {
            this.kind = kind;
            this.level = level;
        }
    }

    @Override
    public String subject() {
        return target;
    }

    /**
     * Which state it has come to.
     *
     * @return {@code circuit-opened}, {@code circuit-half-open}, {@code circuit-closed}, {@code circuit-forced-open} or
     *     {@code circuit-disabled}
     */
    @Override
    public String kind() {
        return to.kind;
    }

    @Override
    public Level level() {
        return to.level;
    }
}
