package io.seawall.observe.console;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a page comes from, as browsers say it (RFC 6454): scheme, host and port, nothing else.
 *
 * @param scheme {@code http} or {@code https}
 * @param authority the host and, if it is not that of the scheme, the port, in lower case
 */
record Origin(String scheme, String authority) {

    /** Null if it is none; so is {@code null}, which pages of nowhere say. */
    static @Nullable Origin parse(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        int colon = lower.indexOf("://");
        String scheme = colon < 0 ? "" : lower.substring(0, colon);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            return null;
        }
        String authority = lower.substring(colon + 3);
        return isAuthority(authority) ? new Origin(scheme, withoutUsualPort(scheme, authority)) : null;
    }

    /** Whether a request that names this host has the origin itself as its server. */
    boolean isOf(String host) {
        return withoutUsualPort(scheme, host.toLowerCase(Locale.ROOT)).equals(authority);
    }

    /** Letters, digits, and what addresses and ports have. */
    private static boolean isAuthority(String text) {
        return !text.isEmpty()
                && text.chars()
                        .allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || ".-_:[]".indexOf(c) >= 0);
    }

    private static String withoutUsualPort(String scheme, String authority) {
        String port = scheme.equals("https") ? ":443" : ":80";
        return authority.endsWith(port) ? authority.substring(0, authority.length() - port.length()) : authority;
    }

    @Override
    public String toString() {
        return scheme + "://" + authority;
    }
}
