package io.seawall.filter.client;

import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A forwarding header that is a list, one item a hop: every proxy appends the one it got the request from, to the line or as
 * a line of its own. Read in place, from the end, and only as far as it is asked for: what is before may be of any size.
 */
final class ListedHops implements Hops {

    /** How the items of a header are written. Stateless; reads in place, and no more than a bounded number of characters. */
    interface Syntax {

        /**
         * Where the last item of the line begins; -1 if that is further away than any item is long.
         *
         * @param end where the item ends: at the end of the line, or at a comma
         */
        int startOfLastItem(CharSequence line, int end);

        /** The address in an item that has no spaces around it; null if there is none, or anything is wrong with the item. */
        @Nullable
        IpAddress address(CharSequence line, int from, int to);
    }

    private final Deque<? extends CharSequence> lines;
    private final Syntax syntax;

    /** What is left of the last line ends here; -1 if nothing is. */
    private int end;

    /** Consumes the lines of the header, which are in the order of the request. */
    ListedHops(Deque<? extends CharSequence> lines, Syntax syntax) {
        this.lines = lines;
        this.syntax = syntax;
        end = lines.isEmpty() ? -1 : lines.getLast().length();
    }

    @Override
    public @Nullable IpAddress next() {
        if (end < 0) {
            return null;
        }
        CharSequence line = lines.getLast();
        int start = syntax.startOfLastItem(line, end);
        if (start < 0) {
            return null;
        }
        IpAddress hop = addressIn(line, start, end);
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

    private @Nullable IpAddress addressIn(CharSequence line, int start, int end) {
        int from = start;
        int to = end;
        while (from < to && HttpSyntax.isSpace(line.charAt(from))) {
            from++;
        }
        while (from < to && HttpSyntax.isSpace(line.charAt(to - 1))) {
            to--;
        }
        return syntax.address(line, from, to);
    }
}
