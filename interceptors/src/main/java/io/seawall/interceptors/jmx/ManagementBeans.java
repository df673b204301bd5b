package io.seawall.interceptors.jmx;

import io.seawall.metrics.MetricRegistry;
import io.seawall.resilience.pipeline.Target;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Shows the targets of one application in the MBean server of the JVM. Thread-safe. */
public final class ManagementBeans implements AutoCloseable {

    private static final Logger LOG = System.getLogger(ManagementBeans.class.getName());

    private final Operator operator;
    private final MetricRegistry metrics;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<String> shown = new ConcurrentSkipListSet<>();
    private @Nullable Registration registration;
    private boolean namedByPath;
    private boolean over;

    /**
     * Shows nothing yet.
     *
     * @param operator does what is asked
     * @param metrics of the targets
     */
    public ManagementBeans(Operator operator, MetricRegistry metrics) {
        this.operator = operator;
        this.metrics = metrics;
    }

    /**
     * Shows those that are not shown yet; all by another name, if the path of the application was not known before. What cannot
     * be shown is told in the log.
     *
     * @param targets of the application
     * @param contextPath of the web application; null if it is none, or its server does not tell, or not yet
     */
    public void show(Collection<Target> targets, @Nullable String contextPath) {
        lock.lock();
        try {
            if (over || targets.isEmpty()) {
                return;
            }
            if (contextPath != null && !namedByPath) {
                namedByPath = true;
                takeOut();
            }
            Registration ready = registration;
            if (ready == null) {
                ready = new Registration();
                ready.begin(ApplicationName.of(contextPath), new ApplicationBean(shown, metrics, operator));
                registration = ready;
            }
            for (Target target : targets) {
                if (shown.add(target.name())) {
                    ready.add(target.name(), new TargetBean(target, operator));
                }
            }
        } catch (RuntimeException | LinkageError unusable) {
            over = true; // said once
            LOG.log(Level.WARNING, "the targets are not shown by JMX, everything else works", unusable);
        } finally {
            lock.unlock();
        }
    }

    /** Takes everything out of the MBean server. Safe to call twice. */
    @Override
    public void close() {
        lock.lock();
        try {
            over = true;
            takeOut();
        } finally {
            lock.unlock();
        }
    }

    private void takeOut() {
        if (registration != null) {
            registration.end();
            registration = null;
            shown.clear();
        }
    }
}
