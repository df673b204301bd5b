package io.seawall.interceptors;

import io.seawall.resilience.timeout.ThreadTimer;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.BeforeShutdown;
import jakarta.enterprise.inject.spi.DefinitionException;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessManagedBean;
import jakarta.interceptor.Interceptor;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;

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
    void compile(@Observes ProcessManagedBean<?> event) {
        AnnotatedType<?> type = event.getAnnotatedBeanClass();
        if (type.isAnnotationPresent(Interceptor.class)) {
            return; // carries the annotation to say what it intercepts
        }
        for (AnnotatedMethod<?> method : type.getMethods()) {
            @Nullable Resilient onMethod = method.getAnnotation(Resilient.class);
            @Nullable Resilient onClass = type.getAnnotation(Resilient.class);
            Resilient resilient = onMethod != null ? onMethod : onClass;
            if (resilient == null || !isIntercepted(method.getJavaMember())) {
                continue;
            }
            try {
                table.put(
                        type.getJavaClass(),
                        method.getJavaMember(),
                        compiler.compile(type.getJavaClass(), method.getJavaMember(), resilient, onMethod == null));
            } catch (DefinitionException e) {
                event.addDefinitionError(e);
            }
        }
    }

    void finish(@Observes AfterDeploymentValidation event) {
        for (String problem : overrides.unknownMembers(compiler.targets())) {
            event.addDeploymentProblem(new DeploymentException(problem));
        }
        if (table.size() > 0) {
            LOG.log(Level.INFO, "@Resilient guards {0} methods of the targets {1}", table.size(), compiler.targets());
        }
    }

    void stop(@Observes BeforeShutdown event) {
        timer.close();
    }

    /** What CDI calls a business method; of the others, it does not let anyone know. */
    private static boolean isIntercepted(Method method) {
        return !method.isSynthetic()
                && !Modifier.isPrivate(method.getModifiers())
                && !Modifier.isStatic(method.getModifiers())
                && method.getDeclaringClass() != Object.class;
    }
}
