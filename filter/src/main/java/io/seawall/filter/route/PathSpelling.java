package io.seawall.filter.route;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** How a path is spelled: whether everybody reads it alike, and what else it might be read as. */
final class PathSpelling {

    /** What has to be escaped in a path (RFC 3986, section 3.3), and means nothing to anybody when it is not. */
    private static final String NEEDS_ESCAPE = " \"<>[]^`{|}";

    private PathSpelling() {}

    /**
     * Whether everybody reads a decoded path alike: no empty segment but the last, no {@code .} and {@code ..}, and no
     * character at which {@link #isCut} or a second decoding would make another path of it.
     */
    static boolean isPlain(CharSequence path) {
        return isPlain(path, false);
    }

    /**
     * Whether everybody decodes a path alike, and to a plain one. Escapes are for what needs them: an escaped letter is
     * decoded by some and compared as it is by others.
     */
    static boolean isPlainUri(CharSequence uri) {
        return isPlain(uri, true);
    }

    private static boolean isPlain(CharSequence path, boolean escaped) {
        int end = path.length();
        if (end == 0 || path.charAt(0) != '/') {
            return false;
        }
        int start = 1;
        for (int i = start; i < end; i++) {
            char c = path.charAt(i);
            if (c == '/') {
                if (i == start || isDots(path, start, i)) {
                    return false;
                }
                start = i + 1;
            } else if (c == '%') {
                if (!escaped || !isHarmlessEscape(path, i)) {
                    return false;
                }
            } else if (c == '\\' || isCut(c) || c == '\uFFFD' || (escaped && c > '~')) {
                return false;
            }
        }
        return !isDots(path, start, end);
    }

    /** Of what needs it, or a byte of a letter beyond ASCII. */
    private static boolean isHarmlessEscape(CharSequence uri, int percent) {
        if (percent + 2 >= uri.length()) {
            return false;
        }
        int value = octet(uri.charAt(percent + 1), uri.charAt(percent + 2));
        return value >= 0x80 || (value >= 0 && NEEDS_ESCAPE.indexOf(value) >= 0);
    }

    /** {@code .} or {@code ..}. */
    private static boolean isDots(CharSequence path, int from, int to) {
        return isUp(path, from, to) || (to - from == 1 && path.charAt(from) == '.');
    }

    /** {@code ..} */
    static boolean isUp(CharSequence path, int from, int to) {
        return to - from == 2 && path.charAt(from) == '.' && path.charAt(from + 1) == '.';
    }

    /**
     * Whether a segment, or a whole path, ends here for some: parameters begin with {@code ;}, a query with {@code ?}, a
     * fragment with {@code #}, and at a control character text ends for C.
     */
    static boolean isCut(char c) {
        return c == ';' || c == '?' || c == '#' || c < ' ' || (c >= 0x7f && c <= 0x9f);
    }

    static boolean isAscii(CharSequence path) {
        for (int i = 0; i < path.length(); i++) {
            if (path.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    /**
     * A path with nothing left to decode, however often it was encoded, and with letters that are several in upper case
     * ({@code ß}) as several. A slash that was escaped is no separator to all; it becomes a backslash, which is none to all
     * either.
     */
    static String unfold(String path) {
        String decoded = path.indexOf('%') < 0 ? path : decode(path);
        return isAscii(decoded) ? decoded : decoded.toUpperCase(Locale.ROOT);
    }

    /** In one pass: what is decoded may be the end of another escape, and is looked at again at once. */
    private static String decode(String path) {
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        int end = 0;
        for (byte next : bytes) {
            bytes[end++] = next;
            int value = escape(bytes, end);
            while (value >= 0) {
                end -= 2;
                bytes[end - 1] = (byte) (value == '/' ? '\\' : value);
                value = escape(bytes, end);
            }
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }

    /** The byte that the last three of these stand for; -1 if they are no escape. */
    private static int escape(byte[] bytes, int end) {
        if (end < 3 || bytes[end - 3] != '%') {
            return -1;
        }
        return octet(bytes[end - 2], bytes[end - 1]);
    }

    /** What two characters, or bytes of them, say in hexadecimal; -1 if they are no digits. */
    private static int octet(int high, int low) {
        int four = digit(high);
        int others = digit(low);
        return four < 0 || others < 0 ? -1 : four << 4 | others;
    }

    /** Of ASCII: a byte of a longer character is negative, and other scripts have digits too. */
    private static int digit(int hex) {
        return hex < 0 || hex >= 0x80 ? -1 : Character.digit(hex, 16);
    }

    /**
     * A letter without its case, the same in every language: {@code I}, {@code i} and Turkish {@code İ}, {@code ı} are one.
     */
    static char foldCase(char c) {
        if (c < 0x80) {
            return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
        }
        return Character.toLowerCase(Character.toUpperCase(c));
    }
}
