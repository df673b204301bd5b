package io.seawall.filter.client;

import org.jspecify.annotations.Nullable;

/** {@code X-Forwarded-For}, of no standard: addresses with commas between them. */
final class ForwardedFor implements ListedHops.Syntax {

    /** The longest address with brackets, zone and port has 70; the rest is for spaces. */
    private static final int MAX_ITEM = 100;

    @Override
    public int startOfLastItem(CharSequence line, int end) {
        int start = end;
        while (start > 0 && line.charAt(start - 1) != ',') {
            start--;
            if (end - start > MAX_ITEM) {
                return -1;
            }
        }
        return start;
    }

    @Override
    public @Nullable IpAddress address(CharSequence line, int from, int to) {
        return IpLiteral.node(line, from, to);
    }
}
