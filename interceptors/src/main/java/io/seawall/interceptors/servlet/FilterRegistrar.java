package io.seawall.interceptors.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.util.EnumSet;

/**
 * Registers {@link ResilienceFilter} for an application that has not declared it, and reads its settings while the application is
 * deployed, so that a wrong one stops it: some servers (WildFly) initialise a filter only when the first request comes.
 */
public final class FilterRegistrar {

    private static final String FILTER = ResilienceFilter.class.getName();

    private FilterRegistrar() {}

    /**
     * Looks after the filter of an application.
     *
     * @param context of the application, which is starting
     * @param guarded whether it is known to have guarded classes
     * @throws IllegalArgumentException if there is a bad setting
     */
    public static void register(ServletContext context, boolean guarded) {
        FilterSwitches ofApplication = FilterSwitches.ofApplication(context);
        boolean declared = false;
        for (FilterRegistration filter : context.getFilterRegistrations().values()) {
            if (FILTER.equals(filter.getClassName())) {
                FilterSwitches.of(filter.getName(), filter.getInitParameters(), context);
                declared = true;
            }
        }
        if (!declared && ofApplication.anyOn() && (guarded || FilterSwitches.askedFor(context))) {
            add(context);
        }
    }

    /** Behind every filter that is declared: those have their fields on our answers too. */
    private static void add(ServletContext context) {
        FilterRegistration.Dynamic filter = context.addFilter(FILTER, ResilienceFilter.class);
        if (filter != null) { // the name is not taken
            filter.setAsyncSupported(true);
            filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC), true, "/*");
        }
    }
}
