package io.seawall.interceptors;

import io.seawall.events.Events;
import io.seawall.interceptors.servlet.FilterRegistrar;
import io.seawall.metrics.MetricRegistry;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.HandlesTypes;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Has the servlet container find the classes with {@link Resilient}: CDI shows only those that it takes for beans, and it is
 * the others that somebody must be told of. Leaves them in the servlet context until CDI has started: some servers tell
 * extensions of that, and on the others CDI is there when the servlet context is. Where there are such classes, it also registers
 * the filter that answers for them.
 */
@HandlesTypes(Resilient.class)
public final class AnnotatedClasses implements ServletContainerInitializer, ServletContextListener {

    private static final Logger LOG = System.getLogger(AnnotatedClasses.class.getName());

    private static final String ATTRIBUTE = AnnotatedClasses.class.getName();
    private static final String INTERCEPTOR = "io.seawall.interceptors.ResilientInterceptor";

    /** For the container. */
    public AnnotatedClasses() {}

    @Override
    public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context) {
        FilterRegistrar.register(context, classes != null && !isOurs(classes));
        if (classes != null) {
            context.setAttribute(ATTRIBUTE, Set.copyOf(classes));
            context.addListener(this);
        }
    }

    /** The interceptor itself is annotated, to say what it intercepts. By name: it may not be loaded without CDI. */
    private static boolean isOurs(Set<Class<?>> classes) {
        return classes.stream().allMatch(type -> type.getName().equals(INTERCEPTOR));
    }

    /**
     * Takes them out of a servlet context.
     *
     * @param startedWith what the application scope began with: a servlet context in a web application
     */
    @SuppressWarnings("unchecked") // it was put there above
    static Set<Class<?>> take(Object startedWith) {
        if (!(startedWith instanceof ServletContext context)) {
            return Set.of();
        }
        Object classes = context.getAttribute(ATTRIBUTE);
        context.removeAttribute(ATTRIBUTE);
        return classes == null ? Set.of() : (Set<Class<?>>) classes;
    }

    /**
     * Where a web application is.
     *
     * @param startedWith what the application scope began with
     * @return null if it is no web application
     */
    static @Nullable String contextPath(Object startedWith) {
        return startedWith instanceof ServletContext context ? context.getContextPath() : null;
    }

    /**
     * Leaves metrics, targets and events where they are looked for.
     *
     * @param startedWith what the application scope began with
     * @return takes them away again; does nothing if it is no web application
     */
    static Runnable publish(Object startedWith, MetricRegistry metrics, SeawallTargets targets, Events events) {
        if (!(startedWith instanceof ServletContext context)) {
            return () -> {};
        }
        String metricsAttribute = MetricRegistry.ATTRIBUTE_PREFIX + Resilient.class.getName(); // no filter is called so
        context.setAttribute(metricsAttribute, metrics);
        context.setAttribute(SeawallTargets.ATTRIBUTE, targets);
        synchronized (context) { // as the filters do
            if (context.getAttribute(Events.ATTRIBUTE) instanceof Events ofFilter) {
                ofFilter.joinTo(events); // it has come first
            }
            context.setAttribute(Events.ATTRIBUTE, events);
        }
        return () -> {
            try {
                context.removeAttribute(metricsAttribute);
                context.removeAttribute(SeawallTargets.ATTRIBUTE);
                context.removeAttribute(Events.ATTRIBUTE);
            } catch (RuntimeException gone) {
                LOG.log(Level.DEBUG, "the servlet context has ended before CDI, and what was left in it", gone);
            }
        };
    }

    @Override
    public void contextInitialized(ServletContextEvent event) {
        try {
            ResilientExtension extension = CDI.current().getBeanManager().getExtension(ResilientExtension.class);
            ServletContext context = event.getServletContext();
            extension.startWeb(
                    take(context),
                    context.getContextPath(),
                    (metrics, targets, events) -> publish(context, metrics, targets, events));
        } catch (IllegalStateException | IllegalArgumentException | NoClassDefFoundError notHereOrNotYet) {
            return; // without CDI, or without the extension, nobody expects anything; else it takes them when it comes
        }
    }
}
