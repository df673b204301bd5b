package io.seawall.filter.client;

import org.jspecify.annotations.Nullable;

/**
 * {@code Forwarded} (RFC 7239): {@code for="[2001:db8::1]:4711";proto=https;host="a,b", for=192.0.2.1}. A comma within a quoted
 * value is no end of an item.
 *
 * <p>Still an item is looked for from its end: read from the start, a quote that the client has opened and never closed would
 * swallow what the proxies append. In what is written by the grammar, a quote that no backslash escapes opens or closes a value, and
 * none of the others does; so such an item is found as it was written, whatever the client has put before it.
 */
final class Forwarded implements ListedHops.Syntax {

    /** Four times the longest name of a host; addresses, protocol and a mark of the proxy are short beside it. */
    private static final int MAX_ITEM = 1024;

    @Override
    public int startOfLastItem(CharSequence line, int end) {
        int limit = Math.max(0, end - MAX_ITEM - 1);
        boolean quoted = false;
        for (int start = end; start > limit; start--) {
            char c = line.charAt(start - 1);
            if (c == ',' && !quoted) {
                return start;
            }
            if (c == '"' && !isEscaped(line, limit, start - 1)) {
                quoted = !quoted;
            }
        }
        return end <= MAX_ITEM ? 0 : -1;
    }

    /** Whether an odd number of backslashes is before it. */
    private static boolean isEscaped(CharSequence line, int from, int at) {
        int first = at;
        while (first > from && line.charAt(first - 1) == '\\') {
            first--;
        }
        return (at - first) % 2 == 1;
    }

    @Override
    public @Nullable IpAddress address(CharSequence line, int from, int to) {
        return ForwardedItem.address(line, from, to);
    }
}
