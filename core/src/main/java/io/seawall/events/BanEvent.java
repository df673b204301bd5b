package io.seawall.events;

import io.seawall.time.DurationText;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;

/**
 * A client has gone on asking for too long after it was refused, and a ban begins. Told once, on the node that refused it last.
 *
 * @param at when
 * @param filter the name of the filter
 * @param policy the name of the policy with the penalty
 * @param client who is banned, as he may be shown: the address, or a hash
 * @param duration for how long
 */
public record BanEvent(Instant at, String filter, String policy, String client, Duration duration)
        implements SeawallEvent {

    @Override
    public String subject() {
        return filter;
    }

    /**
     * What happened.
     *
     * @return {@code ban}
     */
    @Override
    public String kind() {
        return "ban";
    }

    @Override
    public String words() {
        return "filter '" + filter + "' bans client '" + client + "' of policy '" + policy + "' for "
                + DurationText.format(duration);
    }

    @Override
    public Level level() {
        return Level.WARNING;
    }
}
