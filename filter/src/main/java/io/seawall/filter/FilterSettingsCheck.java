package io.seawall.filter;

import io.seawall.filter.caching.CacheHeadersFilter;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the settings of every declared {@link RateLimitFilter} and {@link CacheHeadersFilter} while the application is deployed, so that a wrong one stops
 * it: some servers (WildFly) initialise a filter only when the first request comes.
 */
public final class FilterSettingsCheck implements ServletContainerInitializer {

    /** For the container. */
    public FilterSettingsCheck() {}

    @Override
    public void onStartup(@Nullable Set<Class<?>> none, ServletContext context) throws ServletException {
        for (FilterRegistration filter : context.getFilterRegistrations().values()) {
            if (RateLimitFilter.class.getName().equals(filter.getClassName())) {
                FilterSettings.read(new RegisteredConfig(filter, context));
            } else if (CacheHeadersFilter.class.getName().equals(filter.getClassName())) {
                new CacheHeadersFilter().init(new RegisteredConfig(filter, context));
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
