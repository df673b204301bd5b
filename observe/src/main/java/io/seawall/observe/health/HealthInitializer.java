package io.seawall.observe.health;

import io.seawall.filter.DrainingFlag;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Follows the deployment of a web application: reads the settings while a wrong one still stops it, and tells when it has started and
 * when it is over.
 */
public final class HealthInitializer implements ServletContainerInitializer, ServletContextListener {

    private final HealthManagement management = new HealthManagement();
    private List<String> unknownKeys = List.of();

    /** For the container. */
    public HealthInitializer() {}

    @Override
    public void onStartup(@Nullable Set<Class<?>> none, ServletContext context) throws ServletException {
        try {
            HealthParams params = HealthParams.of(context);
            unknownKeys = params.unknownKeys(HealthSettings.NAMES);
            DrainingFlag.of(context).set(false); // a context may be started again
            Health.starting(context, params);
            for (String servlet : params.servlets()) {
                HealthSettings.drainStatus(params.of(servlet));
            }
        } catch (IllegalArgumentException e) {
            throw new ServletException(e.getMessage(), e.getCause());
        }
        context.addListener(this);
    }

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        Health health = Health.of(context);
        health.requireKnown(unknownKeys);
        health.start();
        management.show(context.getContextPath(), health, Draining.of(context));
        tellCdi(context);
    }

    /** Not every server tells extensions of the context. */
    static void tellCdi(ServletContext context) {
        try {
            CDI.current().getBeanManager().getExtension(HealthExtension.class).add(Health.of(context));
        } catch (IllegalStateException | IllegalArgumentException | NoClassDefFoundError withoutCdi) {
            return; // or without the extension: then nobody expects anything
        }
    }

    /** On most servers requests have come to their end by now; MicroProfile Health may still be asked. */
    @Override
    public void contextDestroyed(ServletContextEvent event) {
        DrainingFlag.of(event.getServletContext()).set(true);
        management.close();
    }
}
