package io.seawall.observe.bridge;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Has the metrics of an application shown where its server, or the application itself, has a bean for them: a {@code MeterRegistry}
 * of Micrometer, else a {@code Meter} of OpenTelemetry. The context-param {@code seawall.metrics.bridge} says which, or
 * {@code none}.
 */
public final class MetricsBridges implements ServletContainerInitializer, ServletContextListener {

    private static final Logger LOG = System.getLogger(MetricsBridges.class.getName());

    private static final String PARAMETER = "seawall.metrics.bridge";
    private static final String CDI = "jakarta.enterprise.inject.spi.CDI";
    private static final String AUTO = "auto";
    private static final String NONE = "none";

    private List<Destination> wanted = List.of();
    private @Nullable AutoCloseable bound;

    /** For the container. */
    public MetricsBridges() {}

    @Override
    public void onStartup(@Nullable Set<Class<?>> none, ServletContext context) throws ServletException {
        wanted = wanted(context.getInitParameter(PARAMETER)).stream()
                .filter(Destination::isPresent)
                .toList();
        if (!wanted.isEmpty() && Destination.isThere(CDI)) {
            context.addListener(this);
        }
    }

    private static List<Destination> wanted(@Nullable String value) throws ServletException {
        if (value == null || value.isBlank() || value.equals(AUTO)) {
            return List.of(Destination.values());
        }
        List<Destination> named = Arrays.stream(Destination.values())
                .filter(destination -> destination.text().equals(value))
                .toList();
        if (named.isEmpty() && !value.equals(NONE)) {
            throw new ServletException("context-param " + PARAMETER + " is '" + value + "': write " + AUTO + ", "
                    + Destination.names() + " or " + NONE);
        }
        return named;
    }

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        for (Destination destination : wanted) {
            try {
                bound = destination.bridge().find(context);
            } catch (RuntimeException | LinkageError broken) {
                LOG.log(
                        Level.WARNING,
                        "metrics do not go to the bean of type " + destination.type() + ", everything else works",
                        broken);
            }
            if (bound != null) {
                LOG.log(
                        Level.INFO,
                        "the metrics of ''{0}'' go to the bean of type {1}, and to JMX",
                        context.getContextPath(),
                        destination.type());
                return;
            }
        }
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        if (bound != null) {
            try {
                bound.close();
            } catch (Exception kept) {
                LOG.log(Level.WARNING, "metrics may stay where they were shown", kept);
            }
            bound = null;
        }
    }
}
