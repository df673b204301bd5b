package io.seawall.events;

import java.lang.System.Logger.Level;
import java.time.Instant;

/**
 * Other settings have come into force.
 *
 * @param at when
 * @param subject whose
 * @param words what is different, for people
 */
public record SettingsEvent(Instant at, String subject, String words) implements SeawallEvent {

    /**
     * What happened.
     *
     * @return {@code settings-changed}
     */
    @Override
    public String kind() {
        return "settings-changed";
    }

    @Override
    public Level level() {
        return Level.INFO;
    }
}
