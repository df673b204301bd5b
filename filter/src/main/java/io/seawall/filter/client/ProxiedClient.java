package io.seawall.filter.client;

import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Function;

/**
 * Who is behind the trusted proxies. A request is walked back as long as the hop that tells of the next one is trusted; the
 * first that is not is the client. When the way ends before, by the end of the header or by something that is no
 * address, the client is the last hop that is known.
 */
final class ProxiedClient {

    /** More proxies in a row than anybody has; what a header may cost ends here. */
    static final int MAX_HOPS = 32;

    private final TrustedProxies trusted;
    private final Function<HttpServletRequest, Hops> header;

    ProxiedClient(TrustedProxies trusted, Function<HttpServletRequest, Hops> header) {
        this.trusted = trusted;
        this.header = header;
    }

    /**
     * The client's address.
     *
     * @param peer from whom the request came; unless trusted, its headers are not looked at
     */
    IpAddress of(IpAddress peer, HttpServletRequest request) {
        if (!trusted.contains(peer)) {
            return peer;
        }
        Hops hops = header.apply(request);
        IpAddress client = peer;
        for (int i = 0; i < MAX_HOPS && trusted.contains(client); i++) {
            IpAddress hop = hops.next();
            if (hop == null) {
                return client;
            }
            client = hop;
        }
        return client;
    }
}
