package io.seawall.observe.health;

import io.seawall.interceptors.SeawallTargets;
import io.seawall.observe.health.HealthReport.State;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.BeforeShutdown;
import jakarta.enterprise.inject.spi.DefinitionException;
import jakarta.enterprise.inject.spi.Extension;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Answers MicroProfile Health where that is present: with the health of the web application, or, where there is none, with that of its
 * targets.
 */
public class HealthExtension implements Extension {

    private static final Logger LOG = System.getLogger(HealthExtension.class.getName());

    /** Of more than one web application in an EAR. */
    private final List<Health> ofWeb = new CopyOnWriteArrayList<>();

    private volatile @Nullable Health ofBeans;
    private volatile boolean ended;

    /** For the container. */
    public HealthExtension() {}

    void offer(@Observes AfterBeanDiscovery event) {
        if (isPresent("org.eclipse.microprofile.health.HealthCheck")) {
            MicroProfileHealth.offer(event, this::look, () -> look().state() != State.STARTING);
        }
    }

    private static boolean isPresent(String name) {
        try {
            Class.forName(name, false, HealthExtension.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError absent) {
            return false;
        }
    }

    /** Settings outside are read here, so that a wrong one stops the deployment also without servlets. */
    void read(@Observes AfterDeploymentValidation event, BeanManager beans) {
        try {
            HealthSettings settings = HealthSettings.read(HealthParams.ofApplication());
            ofBeans = new Health(settings, () -> ended, new OfBeans(beans), System::nanoTime);
        } catch (IllegalArgumentException wrong) {
            event.addDeploymentProblem(new DefinitionException(wrong.getMessage(), wrong));
        }
    }

    void start(@Observes @Initialized(ApplicationScoped.class) Object startedWith) {
        try {
            Health web = Health.find(startedWith);
            if (web != null) {
                add(web);
            }
        } catch (NoClassDefFoundError noServletApi) {
            LOG.log(Level.DEBUG, "there are no servlets here: health is that of targets");
        }
        Health beans = ofBeans;
        if (beans != null) {
            beans.start();
        }
    }

    /** Of a web application that has started. */
    void add(Health health) {
        if (!ofWeb.contains(health)) {
            ofWeb.add(health);
        }
    }

    void stop(@Observes BeforeShutdown event) {
        ended = true;
        ofWeb.clear();
    }

    /** The first that is not ready, else the first. */
    private HealthReport look() {
        HealthReport first = null;
        for (Health health : ofWeb) {
            HealthReport report = health.look();
            if (!report.isReady()) {
                return report;
            }
            first = first == null ? report : first;
        }
        if (first != null) {
            return first;
        }
        Health beans = ofBeans;
        return beans == null ? new HealthReport(State.STARTING, List.of()) : beans.look();
    }

    /** Where there are no servlets, or none yet: without filters. */
    private record OfBeans(BeanManager beans) implements Health.Sources {

        @Override
        public @Nullable SeawallTargets targets() {
            Set<Bean<?>> found = beans.getBeans(SeawallTargets.class);
            Bean<?> bean = beans.resolve(found);
            return bean == null
                    ? null
                    : (SeawallTargets)
                            beans.getReference(bean, SeawallTargets.class, beans.createCreationalContext(bean));
        }

        @Override
        public Map<String, Boolean> stores() {
            return Map.of();
        }
    }
}
