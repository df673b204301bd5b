package io.seawall.interceptors;

import io.seawall.interceptors.GuardedMethods.Guarded;
import io.seawall.resilience.timeout.ThreadTimer;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.BeforeShutdown;
import jakarta.enterprise.inject.spi.DefinitionException;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessManagedBean;
import jakarta.interceptor.Interceptor;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Compiles the pipelines at deployment: finds the {@link Resilient} methods of every bean, and reports what is wrong with
 * them as definition errors. Holds the state of the application: its circuits and its timer.
 */
public class ResilientExtension implements Extension {

    private static final Logger LOG = System.getLogger(ResilientExtension.class.getName());

    private final Overrides overrides = Overrides.ofSystem();
    private final ThreadTimer timer = new ThreadTimer("seawall-timer");
    private final PipelineTable table = new PipelineTable();
    private final PipelineCompiler compiler = new PipelineCompiler(overrides, timer);

    /** For the container. */
    public ResilientExtension() {}

    PipelineTable table() {
        return table;
    }

    /** After other extensions have changed what they want to change: what is read here is what CDI intercepts by. */
    void compile(@Observes ProcessManagedBean<?> event, BeanManager beanManager) {
        AnnotatedType<?> type = event.getAnnotatedBeanClass();
        if (type.isAnnotationPresent(Interceptor.class)) {
            return; // carries the annotation to say what it intercepts
        }
        try {
            GuardedMethods.of(type, beanManager).forEach(guarded -> compile(event, type.getJavaClass(), guarded));
        } catch (DefinitionException e) {
            event.addDefinitionError(e);
        }
    }

    /** Each on its own: whoever has made two mistakes is told of both. */
    private void compile(ProcessManagedBean<?> event, Class<?> beanClass, Guarded guarded) {
        try {
            table.put(beanClass, guarded.method(), compiler.compile(beanClass, guarded));
        } catch (DefinitionException e) {
            event.addDefinitionError(e);
        }
    }

    void finish(@Observes AfterDeploymentValidation event) {
        for (String problem : overrides.unknownMembers(compiler.targets())) {
            event.addDeploymentProblem(new DeploymentException(problem));
        }
        for (String suspect : overrides.suspectVariables(compiler.targets())) {
            LOG.log(Level.WARNING, suspect);
        }
        if (table.size() > 0) {
            LOG.log(Level.INFO, "@Resilient guards {0} methods of the targets {1}", table.size(), compiler.targets());
        }
    }

    void stop(@Observes BeforeShutdown event) {
        timer.close();
    }
}
