package io.seawall.events;

import java.lang.System.Logger.Level;
import java.time.Instant;

/**
 * A target was told to misbehave, or not to any more.
 *
 * @param at when
 * @param target which
 * @param misbehaves whether it does from now on
 * @param words the same for people, with how
 */
public record ChaosEvent(Instant at, String target, boolean misbehaves, String words) implements SeawallEvent {

    @Override
    public String subject() {
        return target;
    }

    /**
     * Which of the two.
     *
     * @return {@code chaos-began} or {@code chaos-ended}
     */
    @Override
    public String kind() {
        return misbehaves ? "chaos-began" : "chaos-ended";
    }

    @Override
    public Level level() {
        return misbehaves ? Level.WARNING : Level.INFO;
    }
}
