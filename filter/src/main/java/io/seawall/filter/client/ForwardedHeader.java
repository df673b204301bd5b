package io.seawall.filter.client;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Enumeration;
import java.util.stream.Collectors;

/** The header by which proxies tell for whom they speak. One only: the other may be the client's. */
public enum ForwardedHeader {

    /** What nearly every proxy writes; no standard, a list of addresses. */
    X_FORWARDED_FOR("X-Forwarded-For"),

    /** The standard (RFC 7239). */
    FORWARDED("Forwarded");

    private final String text;

    ForwardedHeader(String text) {
        this.text = text;
    }

    /**
     * Reads the setting {@code forwarded-header}.
     *
     * @param text the name of a header, whose case does not matter
     * @param proxies who write it
     * @return the header
     * @throws IllegalArgumentException if it is no such header, or if there are no proxies
     */
    public static ForwardedHeader parse(String text, TrustedProxies proxies) {
        for (ForwardedHeader header : values()) {
            if (header.text.equalsIgnoreCase(text)) {
                if (proxies.isEmpty()) {
                    throw new IllegalArgumentException(
                            "nobody is trusted to tell the truth in it: name your proxies in the"
                                    + " init-param 'trusted-proxies', or leave this one away");
                }
                return header;
            }
        }
        throw new IllegalArgumentException("it is no header that is known to tell of clients: use "
                + Arrays.stream(values()).map(header -> header.text).collect(Collectors.joining(" or ")));
    }

    ForwardedHeader other() {
        return this == FORWARDED ? X_FORWARDED_FOR : FORWARDED;
    }

    boolean isIn(HttpServletRequest request) {
        return request.getHeader(text) != null;
    }

    /** Whether one of the last hops of a request is that address. */
    boolean names(IpAddress address, HttpServletRequest request) {
        Hops hops = hops(request);
        IpAddress hop = hops.next();
        for (int i = 1; i < ProxiedClient.MAX_HOPS && hop != null && !hop.equals(address); i++) {
            hop = hops.next();
        }
        return address.equals(hop);
    }

    /** The way of a request as this header tells it. */
    Hops hops(HttpServletRequest request) {
        Deque<String> lines = new ArrayDeque<>(2);
        Enumeration<String> all = request.getHeaders(text);
        while (all != null && all.hasMoreElements()) {
            lines.addLast(all.nextElement());
            if (lines.size() > ProxiedClient.MAX_HOPS) {
                lines.removeFirst();
            }
        }
        return hops(lines);
    }

    /** The way as the lines of this header tell it, which are consumed. */
    Hops hops(Deque<? extends CharSequence> lines) {
        return new ListedHops(
                lines,
                switch (this) {
                    case X_FORWARDED_FOR -> new ForwardedFor();
                    case FORWARDED -> new Forwarded();
                });
    }

    @Override
    public String toString() {
        return text;
    }
}
