package io.seawall.filter.client;

import org.jspecify.annotations.Nullable;

/**
 * The way of one request as a forwarding header tells it, walked back from this server to the client. Each hop was written
 * down by the one before, so it is worth as much as that one is trusted.
 */
@FunctionalInterface
interface Hops {

    /**
     * The next hop on the way back; null at the end of the header, and at anything in it that is no IP address. Whoever
     * got null does not ask again.
     */
    @Nullable
    IpAddress next();
}
