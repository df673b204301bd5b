package io.seawall.filter.route;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A template of paths below the context root: {@code /api/orders/{id}}. A segment is a text, or <code>{name}</code> or
 * {@code *} for any text; {@code **} at the end is any number of segments, none included.
 *
 * <p>A path meets it in one of two ways. {@link #includes} is for what limits, and is true if anybody could read the path
 * so that it fits; {@link #isExactly} is for what exempts, and is true only if it fits letter by letter.
 *
 * <p>Neither goes back in the path: both take time in proportion to its length. See docs/design/paths.md.
 */
final class PathTemplate {

    /** Longer than any path of an API; a set of positions in the template is the bits of a {@code long}. */
    private static final int MAX_SEGMENTS = 32;

    private static final String ANY_REST = "**";

    /** What no segment of a template is. */
    private static final String NO_TEXT = "*";

    /** Sub-delimiters of RFC 3986 without those that separate something in a path or in a setting. */
    private static final String PUNCTUATION = "-._~!$&'()+:@";

    private final String text;

    /** Null: any text. */
    private final List<@Nullable String> segments;

    /** As {@link PathSpelling#unfold} and {@link PathSpelling#foldCase} leave a path. */
    private final List<@Nullable String> foldedSegments;

    private final boolean openEnd;

    private PathTemplate(String text, List<@Nullable String> segments, boolean openEnd) {
        this.text = text;
        this.segments = segments;
        this.openEnd = openEnd;
        foldedSegments = new ArrayList<>();
        for (String segment : segments) {
            foldedSegments.add(segment == null ? null : fold(segment));
        }
    }

    static PathTemplate parse(String text) {
        if (!text.startsWith("/")) {
            throw new IllegalArgumentException("'" + text + "' is no path template: begin with '/', the root of the"
                    + " application, for example /api/orders/{id} or /api/**");
        }
        List<@Nullable String> segments = new ArrayList<>();
        boolean openEnd = false;
        if (text.length() > 1) {
            String[] parts = text.substring(1).split("/", -1);
            openEnd = parts[parts.length - 1].equals(ANY_REST);
            int named = openEnd ? parts.length - 1 : parts.length;
            for (int i = 0; i < named; i++) {
                segments.add(segment(parts[i], i == parts.length - 1, text));
            }
        }
        if (segments.size() > MAX_SEGMENTS) {
            throw new IllegalArgumentException(
                    "'" + text + "' has more than " + MAX_SEGMENTS + " segments: end it before with /**");
        }
        return new PathTemplate(text, Collections.unmodifiableList(segments), openEnd);
    }

    private static @Nullable String segment(String part, boolean last, String template) {
        String why = fault(part, last, template);
        if (why != null) {
            throw new IllegalArgumentException("'" + template + "' " + why);
        }
        return part.equals("*") || part.startsWith("{") ? null : part;
    }

    /** What is wrong with a segment, and what to write; null if nothing is. */
    private static @Nullable String fault(String part, boolean last, String template) {
        if (part.isEmpty()) {
            return last
                    ? "ends in '/': write it without for this path, or with '/**' for this and all below"
                    : "has an empty segment: write one '/' between two segments";
        }
        if (part.equals(".") || part.equals("..")) {
            return "has the segment '" + part + "': write the path that it leads to";
        }
        if (part.equals(ANY_REST)) {
            return "has '**' before its end: write {name} or * for each segment, and '**' at the end only";
        }
        if (part.equals("*")) {
            return last
                    ? "ends in '*', to some one segment and to some all below: write "
                            + template.substring(0, template.length() - 1) + "{name} for one segment, or " + template
                            + "* for all below"
                    : null;
        }
        if (part.startsWith("{") && part.endsWith("}")) {
            return part.length() > 2
                            && part.chars().skip(1).limit(part.length() - 2L).allMatch(PathTemplate::isName)
                    ? null
                    : "has the segment '" + part + "': write {name} with letters, digits, '-' or '_' in the braces";
        }
        int stranger = part.codePoints().filter(c -> !isText(c)).findFirst().orElse(-1);
        return stranger < 0 ? null : fault(Character.toString(stranger), part);
    }

    private static String fault(String stranger, String part) {
        String rule = switch (stranger) {
            case "*", "{", "}" -> "'*' and {name} stand for a whole segment: write one of them instead";
            case "," -> "write ';' between two routes, or {name} for the segment";
            case "%" -> "paths are compared decoded: write the character itself, or {name} for the segment";
            default -> "use letters, digits and " + PUNCTUATION + ", or {name} for the segment";
        };
        return "has '" + stranger + "' in the segment '" + part + "': " + rule;
    }

    private static boolean isName(int c) {
        return c < 0x80 && (Character.isLetterOrDigit(c) || c == '-' || c == '_');
    }

    private static boolean isText(int c) {
        return Character.isLetterOrDigit(c)
                || PUNCTUATION.indexOf(c) >= 0
                || (c >= 0x80 && Character.getType(c) == Character.NON_SPACING_MARK);
    }

    private static String fold(String segment) {
        StringBuilder folded = new StringBuilder(segment.toUpperCase(Locale.ROOT));
        for (int i = 0; i < folded.length(); i++) {
            folded.setCharAt(i, PathSpelling.foldCase(folded.charAt(i)));
        }
        return folded.toString();
    }

    /**
     * Paths that fit, one of each length: as long as the template, and if it is open at its end, up to one segment longer than any
     * template names. Where it takes any text they have {@value #NO_TEXT}, which no template can name. So a template that has one
     * of them exactly has every path of that length that this one has.
     */
    List<String> extremes() {
        StringBuilder path = new StringBuilder();
        for (String segment : segments) {
            path.append('/').append(segment == null ? NO_TEXT : segment);
        }
        List<String> paths = new ArrayList<>();
        paths.add(path.isEmpty() ? "/" : path.toString());
        for (int length = segments.size(); openEnd && length <= MAX_SEGMENTS; length++) {
            paths.add(path.append('/').append(NO_TEXT).toString());
        }
        return paths;
    }

    /** Whether it is {@code /**}, which includes every path. */
    boolean isEverything() {
        return openEnd && segments.isEmpty();
    }

    /**
     * Whether a path fits letter by letter. A slash at its end is a letter, which {@code **} takes and nothing else.
     *
     * @param path a plain one ({@link PathSpelling#isPlain})
     */
    boolean isExactly(CharSequence path) {
        int end = path.length() == 1 ? 0 : path.length();
        int at = 0;
        for (int i = 0; i < segments.size(); i++) {
            int start = at + 1;
            if (start >= end) {
                return false;
            }
            at = start;
            while (at < end && path.charAt(at) != '/') {
                at++;
            }
            String segment = segments.get(i);
            if (segment != null && !equal(segment, path, start, at)) {
                return false;
            }
        }
        return at == end || openEnd;
    }

    private static boolean equal(String segment, CharSequence path, int from, int to) {
        boolean equal = segment.length() == to - from;
        for (int i = 0; equal && i < segment.length(); i++) {
            equal = segment.charAt(i) == path.charAt(from + i);
        }
        return equal;
    }

    /**
     * Whether a path fits in any way to read it. Case does not matter, nor do slashes at the end. Of a path that is not
     * plain, each of these may be so or not, apart from the others:
     *
     * <ul>
     *   <li>a segment, or all of the path, ends where {@link PathSpelling#isCut} says so;
     *   <li>a backslash is a slash;
     *   <li>an empty segment, and {@code .}, is no segment;
     *   <li>{@code ..} takes back what was before.
     * </ul>
     *
     * @param path what {@link PathSpelling#unfold} has made of it
     * @param plain whether it is plain, which makes it faster
     */
    boolean includes(CharSequence path, boolean plain) {
        long goal = 1L << segments.size();
        long fits = 1;
        long everFit = fits;
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        boolean joined = false;
        int start = end > 0 && path.charAt(0) != '/' ? 0 : 1;
        while (start <= end && !(openEnd && (fits & goal) != 0)) {
            int at = start;
            int cut = -1;
            char c = '/';
            while (at < end && (c = path.charAt(at)) != '/' && c != '\\') {
                if (cut < 0 && PathSpelling.isCut(c)) {
                    cut = at;
                }
                at++;
            }
            int textEnd = cut < 0 ? at : cut;
            long before = fits;
            fits = afterSegment(before, path, start, textEnd);
            if (joined || isNoSegment(path, start, textEnd)) {
                fits |= before;
            }
            if (PathSpelling.isUp(path, start, textEnd)) {
                fits |= everFit;
            }
            if (cut >= 0 && (fits & goal) != 0) {
                return true;
            }
            if (plain && fits == 0) {
                return false;
            }
            everFit |= fits;
            joined = c == '\\';
            start = at + 1;
        }
        return (fits & goal) != 0;
    }

    /**
     * How far the path fits, in bits: bit i says that all of it so far may be the first i segments of the template. Those
     * that have a next segment for this text go one further.
     */
    private long afterSegment(long fits, CharSequence path, int from, int to) {
        long next = 0;
        for (int i = 0; i < foldedSegments.size(); i++) {
            if ((fits & 1L << i) != 0) {
                String segment = foldedSegments.get(i);
                if (segment == null || equalButCase(segment, path, from, to)) {
                    next |= 2L << i;
                }
            }
        }
        return next;
    }

    private static boolean equalButCase(String folded, CharSequence path, int from, int to) {
        boolean equal = folded.length() == to - from;
        for (int i = 0; equal && i < folded.length(); i++) {
            equal = folded.charAt(i) == PathSpelling.foldCase(path.charAt(from + i));
        }
        return equal;
    }

    /** Nothing, or {@code .}. */
    private static boolean isNoSegment(CharSequence path, int from, int to) {
        return from == to || (to - from == 1 && path.charAt(from) == '.');
    }

    @Override
    public String toString() {
        return text;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PathTemplate template && text.equals(template.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }
}
