package io.seawall.filter;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/**
 * {@code X-Forwarded-For}: addresses with commas between them; every proxy appends the one it got the request from, to the
 * line or as a line of its own. Read from the end and only as far as it is asked for: what is before may be of any size.
 */
final class ForwardedFor implements Hops {

    /** The longest address with brackets, zone and port has 70; the rest is for spaces. */
    private static final int MAX_ITEM = 100;

    private final Deque<? extends CharSequence> lines;

    /** What is left of the last line ends here; -1 if nothing is. */
    private int end;

    /** Consumes the lines of the header, which are in the order of the request. */
    ForwardedFor(Deque<? extends CharSequence> lines) {
        this.lines = lines;
        end = lines.isEmpty() ? -1 : lines.getLast().length();
    }

    static ForwardedFor of(HttpServletRequest request) {
        Deque<String> lines = new ArrayDeque<>(2);
        Enumeration<String> all = request.getHeaders("X-Forwarded-For");
        while (all != null && all.hasMoreElements()) {
            lines.addLast(all.nextElement());
            if (lines.size() > ProxiedClient.MAX_HOPS) {
                lines.removeFirst();
            }
        }
        return new ForwardedFor(lines);
    }

    @Override
    public @Nullable IpAddress next() {
        if (end < 0) {
            return null;
        }
        CharSequence line = lines.getLast();
        int start = end;
        while (start > 0 && line.charAt(start - 1) != ',') {
            start--;
            if (end - start > MAX_ITEM) {
                return null;
            }
        }
        IpAddress hop = node(line, start, end);
        stepOverComma(start - 1);
        return hop;
    }

    private void stepOverComma(int comma) {
        end = comma;
        if (end < 0) {
            lines.removeLast();
            end = lines.isEmpty() ? -1 : lines.getLast().length();
        }
    }

    private static @Nullable IpAddress node(CharSequence line, int start, int end) {
        int from = start;
        int to = end;
        while (from < to && isSpace(line.charAt(from))) {
            from++;
        }
        while (from < to && isSpace(line.charAt(to - 1))) {
            to--;
        }
        return IpLiteral.node(line, from, to);
    }

    /** RFC 9110, section 5.6.3. */
    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }
}
