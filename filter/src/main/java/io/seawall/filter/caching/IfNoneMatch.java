package io.seawall.filter.caching;

import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code If-None-Match} (RFC 9110, section 13.1.2): {@code *}, or entity tags with commas between them, of which one must be
 * that of the answer by weak comparison (section 8.8.3.2): {@code W/} does not matter.
 *
 * <p>Hostile input: one look at each character, {@value #MAX_LENGTH} of them at most. Who sends more, or anything malformed, has nothing
 * that matches, and gets the whole answer, which is never wrong.
 */
final class IfNoneMatch {

    /** Characters of all lines together: a hundred tags. */
    static final int MAX_LENGTH = 4000;

    private static final String WEAK = "W/";

    private IfNoneMatch() {}

    /**
     * Whether the client has the answer already.
     *
     * @param lines the lines of the field; null or empty if there are none
     * @param tag of the answer; one that is no entity tag matches nothing
     */
    static boolean matches(@Nullable Enumeration<String> lines, String tag) {
        if (lines == null || !lines.hasMoreElements() || endOfTag(tag, 0) != tag.length()) {
            return false;
        }
        String opaque = opaque(tag);
        boolean found = false;
        boolean any = false;
        boolean several = false;
        int left = MAX_LENGTH;
        while (lines.hasMoreElements()) {
            String line = lines.nextElement();
            left -= line.length();
            if (left < 0 || any) {
                return false;
            }
            any = isAny(line);
            if (any && several) {
                return false;
            }
            several = true;
            if (!any) {
                int matches = countIn(line, opaque);
                if (matches < 0) {
                    return false;
                }
                found |= matches > 0;
            }
        }
        return found || any;
    }

    private static boolean isAny(String line) {
        int at = afterSpace(line, 0);
        return at < line.length() && line.charAt(at) == '*' && afterSpace(line, at + 1) == line.length();
    }

    /** How often a list has it; -1 if it is no list of tags. */
    private static int countIn(String line, String opaque) {
        int count = 0;
        int at = afterSpace(line, 0);
        while (at < line.length()) {
            if (line.charAt(at) != ',') {
                int end = endOfTag(line, at);
                if (end < 0) {
                    return -1;
                }
                if (opaque(line.substring(at, end)).equals(opaque)) {
                    count++;
                }
                at = afterSpace(line, end);
                if (at < line.length() && line.charAt(at) != ',') {
                    return -1;
                }
            }
            at = at == line.length() ? at : afterSpace(line, at + 1);
        }
        return count;
    }

    /** Where the tag ends that begins here; -1 if none does. */
    private static int endOfTag(String text, int from) {
        int at = text.startsWith(WEAK, from) ? from + WEAK.length() : from;
        if (at >= text.length() || text.charAt(at) != '"') {
            return -1;
        }
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                return at + 1;
            }
            // Neither space nor controls; what is beyond Latin-1 was not sent as it is here.
            if (c < 0x21 || c == 0x7f || c > 0xff) {
                return -1;
            }
        }
        return -1;
    }

    private static String opaque(String tag) {
        return tag.startsWith(WEAK) ? tag.substring(WEAK.length()) : tag;
    }

    private static int afterSpace(String text, int from) {
        int at = from;
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
        return at;
    }
}
