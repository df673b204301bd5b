package io.seawall.filter;

import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the settings of every declared {@link RateLimitFilter} while the application is deployed, so that a wrong one stops
 * it: some servers (WildFly) initialise a filter only when the first request comes. Warns of one that is declared twice.
 */
public final class FilterSettingsCheck implements ServletContainerInitializer {

    private static final Logger LOG = System.getLogger(RateLimitFilter.class.getName());

    /** For the container. */
    public FilterSettingsCheck() {}

    @Override
    public void onStartup(@Nullable Set<Class<?>> none, ServletContext context) throws ServletException {
        List<Declared> before = new ArrayList<>();
        for (FilterRegistration filter : context.getFilterRegistrations().values()) {
            if (RateLimitFilter.class.getName().equals(filter.getClassName())) {
                Declared declared = new Declared(filter, FilterSettings.read(new RegisteredConfig(filter, context)));
                before.forEach(declared::warnIfTheSameAs);
                before.add(declared);
            }
        }
    }

    /** A filter with its settings. */
    private record Declared(FilterRegistration filter, FilterSettings settings) {

        /** Both count every request, and each alone would do. */
        void warnIfTheSameAs(Declared other) {
            Set<String> patterns = new LinkedHashSet<>(filter.getUrlPatternMappings());
            patterns.retainAll(other.filter.getUrlPatternMappings());
            if (!patterns.isEmpty() && settings.countsAs(other.settings)) {
                LOG.log(
                        Level.WARNING,
                        "Filters ''{0}'' and ''{1}'' are both mapped to {2}, and hold the same clients to the same limits."
                                + " One of them is enough: remove the other, or give it limits of its own.",
                        other.filter.getName(),
                        filter.getName(),
                        String.join(", ", patterns));
            }
        }
    }

    /** What the container will give the filter. */
    private record RegisteredConfig(FilterRegistration filter, ServletContext context) implements FilterConfig {

        @Override
        public String getFilterName() {
            return filter.getName();
        }

        @Override
        public ServletContext getServletContext() {
            return context;
        }

        @Override
        public @Nullable String getInitParameter(String name) {
            return filter.getInitParameter(name);
        }

        @Override
        public Enumeration<String> getInitParameterNames() {
            return Collections.enumeration(filter.getInitParameters().keySet());
        }
    }
}
