package io.seawall.filter.caching;

import io.seawall.filter.settings.ByteSize;
import io.seawall.filter.settings.InitParameters;
import io.seawall.time.DurationText;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import java.time.Duration;
import java.util.Collections;
import java.util.Set;

/**
 * The init-params, read and checked.
 *
 * @param cacheControl what answers for everybody say
 * @param etag how they are named
 * @param maxBody how much of an answer is held back, to find its name: bytes, or characters where it is written as such
 * @param seenAttribute marks requests that were seen to
 */
record CachingSettings(String cacheControl, TagStyle etag, int maxBody, String seenAttribute) {

    private static final Set<String> NAMES =
            Set.of("max-age", "s-maxage", "stale-while-revalidate", "stale-if-error", "etag", "max-body");

    /** Caches need not remember longer, and what was a mistake is over some day. */
    private static final Duration MAX_AGE = Duration.ofDays(365);

    private static final String DEFAULT_MAX_BODY = "64KiB";
    private static final int MIN_BODY = 1 << 10;
    private static final int MAX_BODY = 16 << 20;

    static CachingSettings read(FilterConfig config) throws ServletException {
        InitParameters params = new InitParameters(
                "filter '" + config.getFilterName() + "'",
                Collections.list(config.getInitParameterNames()),
                config::getInitParameter);
        try {
            params.requireKnown(NAMES);
            return new CachingSettings(
                    cacheControl(params),
                    params.read("etag", "weak", TagStyle::parse),
                    params.read("max-body", DEFAULT_MAX_BODY, CachingSettings::maxBody),
                    CacheHeadersFilter.class.getName() + "@"
                            + config.getServletContext().getContextPath() + "/" + config.getFilterName());
        } catch (IllegalArgumentException e) {
            // Not itself as the cause, which a container would only print twice.
            throw new ServletException(e.getMessage(), e.getCause());
        }
    }

    private static String cacheControl(InitParameters params) {
        return "max-age="
                + params.read("max-age", "60s", CachingSettings::seconds)
                // Said even if it is 0: then a shared cache asks every time.
                + params.read("s-maxage", "", text -> text.isEmpty() ? "" : ", s-maxage=" + seconds(text))
                + params.read("stale-while-revalidate", "30s", text -> unlessNone("stale-while-revalidate", text))
                + params.read("stale-if-error", "10m", text -> unlessNone("stale-if-error", text));
    }

    private static String unlessNone(String directive, String text) {
        long seconds = text.isEmpty() ? 0 : seconds(text);
        return seconds == 0 ? "" : ", " + directive + "=" + seconds;
    }

    private static long seconds(String text) {
        Duration duration = DurationText.parse(text);
        if (duration.toMillisPart() != 0 || duration.compareTo(MAX_AGE) > 0) {
            throw new IllegalArgumentException(
                    "caches count in seconds, and no longer than a year: use whole seconds, 0s to " + MAX_AGE.toDays()
                            + "d");
        }
        return duration.toSeconds();
    }

    private static int maxBody(String text) {
        long bytes = ByteSize.parse(text);
        if (bytes < MIN_BODY || bytes > MAX_BODY) {
            throw new IllegalArgumentException("so much of every answer is kept in memory while it is written: use "
                    + ByteSize.format(MIN_BODY) + " to " + ByteSize.format(MAX_BODY)
                    + ", or etag = none to keep nothing");
        }
        return (int) bytes;
    }
}
