package io.seawall.filter.client;

import io.seawall.ratelimit.ClientHash;

/**
 * A client as people may see it, in a log, an event or on a page: an address as it is, and in place of anything else, which may be a
 * secret or name a person, the start of its hash. Stateless and thread-safe.
 *
 * <table>
 * <caption>Names</caption>
 * <tr><th>a name</th><th>as it is shown</th></tr>
 * <tr><td>{@code ip 192.0.2.1}</td><td>{@code ip 192.0.2.1}</td></tr>
 * <tr><td>{@code global}</td><td>{@code global}</td></tr>
 * <tr><td>{@code header:x-api-key 8f3a 77}</td><td>{@code header:x-api-key #Wf3xkJ0bQz}</td></tr>
 * <tr><td>{@code header:x-tenant+ip acme%20inc 192.0.2.1}</td><td>{@code header:x-tenant+ip #p0aBv_9sLd}</td></tr>
 * </table>
 */
public final class ShownClient {

    /** 60 bits: two clients of one node will not be taken for each other. The keys of Redis have the same start. */
    private static final int HASH_CHARS = 10;

    private static final String ADDRESS = ClientPart.IP + ' ';

    private ShownClient() {}

    /**
     * Shows a client.
     *
     * @param name that it {@linkplain ClientResolver#resolve is counted} by
     * @return the same if it is an address or everybody, else its way and the start of the {@linkplain ClientHash hash} of the name;
     *     the same for the same client, always
     */
    public static String of(String name) {
        if (name.equals(ClientWay.GLOBAL) || name.startsWith(ADDRESS)) {
            return name;
        }
        String hash = '#' + ClientHash.of(name).substring(0, HASH_CHARS);
        int way = name.indexOf(' ');
        return way < 0 ? hash : name.substring(0, way + 1) + hash;
    }
}
