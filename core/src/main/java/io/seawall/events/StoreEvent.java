package io.seawall.events;

import java.lang.System.Logger.Level;
import java.time.Instant;

/**
 * A server of the store of limits does not answer this node any more, or does again. Of a cluster, each server for itself.
 *
 * @param at when
 * @param filter the name of the filter whose store it is
 * @param server its address, without a password
 * @param up whether it decides from now on
 * @param words the same for people, with the reason
 */
public record StoreEvent(Instant at, String filter, String server, boolean up, String words) implements SeawallEvent {

    /** The server: a filter may have several. */
    @Override
    public String subject() {
        return server;
    }

    /**
     * Which of the two.
     *
     * @return {@code store-down} or {@code store-up}
     */
    @Override
    public String kind() {
        return up ? "store-up" : "store-down";
    }

    @Override
    public Level level() {
        return up ? Level.INFO : Level.WARNING;
    }
}
