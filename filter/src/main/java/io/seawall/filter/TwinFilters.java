package io.seawall.filter;

import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells of two filters that count the same requests for the same clients by the same limits: each alone would do. Looked for when
 * a filter is initialised, since before that not every server knows what it is mapped to.
 */
final class TwinFilters {

    private static final Logger LOG = System.getLogger(RateLimitFilter.class.getName());

    private TwinFilters() {}

    /** Compares a filter with those that were initialised before it. */
    static void warn(ServletContext application, String filterName, FilterSettings settings) {
        for (FilterRegistration other : application.getFilterRegistrations().values()) {
            FilterSettings ofOther = RateLimits.settingsOf(application, other.getName());
            if (ofOther != null && !other.getName().equals(filterName) && settings.countsAs(ofOther)) {
                warn(application, filterName, other);
            }
        }
    }

    private static void warn(ServletContext application, String filterName, FilterRegistration other) {
        Set<String> patterns = new LinkedHashSet<>(patterns(application.getFilterRegistration(filterName)));
        patterns.retainAll(patterns(other));
        if (!patterns.isEmpty()) {
            LOG.log(
                    Level.WARNING,
                    "Filters ''{0}'' and ''{1}'' are both mapped to {2}, and hold the same clients to the same limits."
                            + " One of them is enough: remove the other, or give it limits of its own.",
                    other.getName(),
                    filterName,
                    String.join(", ", patterns));
        }
    }

    private static Collection<String> patterns(@Nullable FilterRegistration filter) {
        return filter == null ? List.of() : filter.getUrlPatternMappings();
    }
}
