package io.seawall.events;

import java.lang.System.Logger.Level;
import java.time.Instant;

/**
 * Somebody who runs the application has done something by hand.
 *
 * @param at when
 * @param subject to what: the name of a target or a filter, or the path of the application
 * @param by who: the name that the container knows him by
 * @param words what, for people, with who
 */
public record ActionEvent(Instant at, String subject, String by, String words) implements SeawallEvent {

    /**
     * What happened.
     *
     * @return {@code action}
     */
    @Override
    public String kind() {
        return "action";
    }

    @Override
    public Level level() {
        return Level.INFO;
    }
}
