package io.seawall.ratelimit;

import io.seawall.time.DurationText;
import java.util.ArrayList;
import java.util.List;

/** The grammar of {@link QuotaPolicies#parse}: {@code [name=]permits/window [algorithm] [burst=N] [shadow]}, {@code ;} between limits. */
final class LimitsParser {

    private static final String GRAMMAR =
            "write [name=]permits/window [algorithm] [burst=N] [shadow], for example 100/60s";

    private static final String BURST = "burst=";
    private static final String SHADOW = "shadow";

    private LimitsParser() {}

    /** Limits without a name are called after {@code defaultName}: a sole one as it is, of several each with its window. */
    static List<QuotaPolicy> parse(String defaultName, String text) {
        String[] parts = text.split(";", -1);
        List<QuotaPolicy> policies = new ArrayList<>(parts.length);
        for (String part : parts) {
            policies.add(parseOne(part.strip(), defaultName, parts.length == 1));
        }
        return policies;
    }

    private static QuotaPolicy parseOne(String text, String defaultName, boolean sole) {
        String[] words = text.split("\\s+", -1);
        Algorithm algorithm = null;
        Long burst = null;
        boolean shadow = false;
        for (int i = 1; i < words.length; i++) {
            String word = words[i];
            if (word.startsWith(BURST) && burst == null) {
                burst = number(word.substring(BURST.length()), "burst");
            } else if (word.equals(SHADOW) && !shadow) {
                shadow = true;
            } else if (algorithm == null) {
                algorithm = Algorithm.of(word);
            } else {
                throw new IllegalArgumentException("'" + text + "' has '" + word + "' once too often: " + GRAMMAR);
            }
        }
        String limit = words[0];
        int equals = limit.indexOf('=');
        int slash = limit.indexOf('/', equals + 1);
        if (slash < 0) {
            throw new IllegalArgumentException("'" + text + "' is not a limit: " + GRAMMAR);
        }
        String windowText = limit.substring(slash + 1);
        String name = equals >= 0 ? limit.substring(0, equals) : sole ? defaultName : unnamed(defaultName, windowText);
        long permits = number(limit.substring(equals + 1, slash), "permits");
        if (permits == 0) {
            throw new IllegalArgumentException("'" + text + "' grants 0 permits: use 1 or more");
        }
        Algorithm known = algorithm == null ? Algorithm.SLIDING_WINDOW : algorithm;
        return new QuotaPolicy(
                name, permits, DurationText.parse(windowText), known, burst == null ? permits : burst, shadow);
    }

    private static String unnamed(String defaultName, String windowText) {
        return (defaultName.equals(QuotaPolicies.DEFAULT_LIMIT) ? "" : defaultName + "-") + "per-" + windowText;
    }

    private static long number(String text, String what) {
        boolean digits = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits) {
            throw new IllegalArgumentException("'" + text + "' is not a number of " + what + ": " + GRAMMAR);
        }
        // 19 digits may not fit a long; anything that long is beyond the range anyway.
        return text.length() > 18 ? tooMany(text, what) : Long.parseLong(text);
    }

    private static long tooMany(String text, String what) {
        throw new IllegalArgumentException(
                what + " of " + text + " are too many: use 1 to " + QuotaPolicy.MAX_PERMITS + " (2^53 - 1)");
    }
}
