package io.seawall.filter.answer;

import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code Accept} (RFC 9110, section 12.5.1) and says which of our formats the client likes most: the one of the highest {@code q};
 * of several, the one that the closest range names ({@code text/html} before {@code text/*} before {@code *}{@code /*}); of several, the
 * first of {@link BodyFormat}. That is a problem document also if nothing on offer is liked: a refusal that tells nothing
 * helps nobody.
 *
 * <p>Hostile input: a few looks at each character, {@value #MAX_LENGTH} of them at most. What is not understood is passed over.
 * Parameters other than {@code q} do not matter. Used once, by one thread.
 */
final class AcceptField {

    /** Characters of all lines together; browsers send about 150. Longer ones are not read at all. */
    static final int MAX_LENGTH = 1000;

    /** {@code q} is counted in thousandths. */
    private static final int MAX_QUALITY = 1000;

    private static final int NO_QUALITY = -1;

    private static final BodyFormat[] FORMATS = BodyFormat.values();

    private final int[] fits = new int[FORMATS.length];
    private final int[] qualities = new int[FORMATS.length];

    private AcceptField() {}

    static BodyFormat preferred(@Nullable Enumeration<String> lines) {
        AcceptField field = new AcceptField();
        int left = MAX_LENGTH;
        while (lines != null && lines.hasMoreElements()) {
            String line = lines.nextElement();
            left -= line.length();
            if (left < 0) {
                return BodyFormat.PROBLEM_DOCUMENT;
            }
            field.read(line);
        }
        return field.preferred();
    }

    private void read(String line) {
        int from = 0;
        while (from < line.length()) {
            int to = QuotedText.indexOf(',', line, from, line.length());
            readRange(line, from, to);
            from = to + 1;
        }
    }

    private void readRange(String line, int from, int to) {
        int end = QuotedText.indexOf(';', line, from, to);
        int quality = quality(line, end, to);
        if (quality == NO_QUALITY) {
            return;
        }
        String range = line.substring(from, end).strip();
        for (int i = 0; i < FORMATS.length; i++) {
            int fit = FORMATS[i].fit(range);
            // A closer range says more; of two alike, the client means the kinder one.
            if (fit > fits[i] || (fit == fits[i] && fit != BodyFormat.NO_FIT && quality > qualities[i])) {
                fits[i] = fit;
                qualities[i] = quality;
            }
        }
    }

    /** What the parameters say, each of which begins with a semicolon. */
    private static int quality(String line, int from, int to) {
        int quality = MAX_QUALITY;
        int at = from;
        while (at < to) {
            int end = QuotedText.indexOf(';', line, at + 1, to);
            String parameter = line.substring(at + 1, end).strip();
            if (parameter.regionMatches(true, 0, "q=", 0, 2)) {
                quality = thousandths(parameter.substring(2));
            }
            at = end;
        }
        return quality;
    }

    /** {@code 0}, {@code 0.25}, {@code .2} (which Java sends), {@code 1.000}; more than three digits are not looked at. */
    private static int thousandths(String text) {
        int point = text.indexOf('.');
        String whole = point < 0 ? text : text.substring(0, point);
        String fraction = point < 0 ? "" : text.substring(point + 1);
        boolean number = whole.equals("0") || whole.equals("1") || (whole.isEmpty() && !fraction.isEmpty());
        if (!number) {
            return NO_QUALITY;
        }
        int thousandths = whole.equals("1") ? MAX_QUALITY : 0;
        int weight = 100;
        for (int i = 0; i < fraction.length(); i++) {
            int digit = fraction.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return NO_QUALITY;
            }
            thousandths += digit * weight;
            weight /= 10;
        }
        return thousandths > MAX_QUALITY ? NO_QUALITY : thousandths;
    }

    private BodyFormat preferred() {
        int best = 0;
        for (int i = 1; i < FORMATS.length; i++) {
            if (qualities[i] > qualities[best]
                    || (qualities[i] == qualities[best] && closeness(fits[i]) > closeness(fits[best]))) {
                best = i;
            }
        }
        return qualities[best] == 0 ? BodyFormat.PROBLEM_DOCUMENT : FORMATS[best];
    }

    /** {@code application/json} means a problem document as much as {@code text/html} means a page. */
    private static int closeness(int fit) {
        return Math.min(fit, BodyFormat.FULL_FIT);
    }
}
