package io.seawall.ratelimit;

import io.seawall.time.DurationText;
import java.util.ArrayList;
import java.util.List;

/** The grammar of {@link QuotaPolicies#parse}: {@code [name=]permits/window [algorithm]}, {@code ;} between limits. */
final class LimitsParser {

    private static final String GRAMMAR = "write [name=]permits/window [algorithm], for example 100/60s";

    private LimitsParser() {}

    static List<QuotaPolicy> parse(String text) {
        String[] parts = text.split(";", -1);
        List<QuotaPolicy> policies = new ArrayList<>(parts.length);
        for (String part : parts) {
            policies.add(parseOne(part.strip(), parts.length == 1));
        }
        return policies;
    }

    private static QuotaPolicy parseOne(String text, boolean sole) {
        String[] words = text.split("\\s+", -1);
        Algorithm algorithm = Algorithm.SLIDING_WINDOW;
        if (words.length == 2) {
            algorithm = Algorithm.of(words[1]);
        } else if (words.length > 2) {
            throw new IllegalArgumentException("'" + text + "' has more than a limit and an algorithm: " + GRAMMAR);
        }
        String limit = words[0];
        int equals = limit.indexOf('=');
        int slash = limit.indexOf('/', equals + 1);
        if (slash < 0) {
            throw new IllegalArgumentException("'" + text + "' is not a limit: " + GRAMMAR);
        }
        String windowText = limit.substring(slash + 1);
        String name = equals >= 0 ? limit.substring(0, equals) : sole ? "default" : "per-" + windowText;
        return new QuotaPolicy(
                name, permits(limit.substring(equals + 1, slash)), DurationText.parse(windowText), algorithm);
    }

    private static long permits(String text) {
        boolean digits = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits) {
            throw new IllegalArgumentException("'" + text + "' is not a number of permits: " + GRAMMAR);
        }
        // 19 digits may not fit a long; anything that long is beyond the range anyway.
        return text.length() > 18 ? tooMany(text) : Long.parseLong(text);
    }

    private static long tooMany(String text) {
        throw new IllegalArgumentException(
                text + " permits are too many: use 1 to " + QuotaPolicy.MAX_PERMITS + " (2^53 - 1)");
    }
}
