package io.seawall.observe.health;

import io.seawall.metrics.jmx.Shelf;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows the health of one application in the MBean server of the JVM. Called by one thread at a time. */
final class HealthManagement {

    private static final Logger LOG = System.getLogger(HealthManagement.class.getName());

    private @Nullable Shelf shelf;

    /** With a number after the name if another application on the server has it. What cannot be shown is told in the log. */
    void show(String contextPath, Health health, Draining draining) {
        try {
            Shelf ready = new Shelf();
            String path = contextPath.isEmpty() ? "/" : contextPath;
            ready.putBeside("Health", "name", path, Map.of(), new Shown(health, draining), HealthMXBean.class);
            shelf = ready;
        } catch (RuntimeException | LinkageError unusable) {
            LOG.log(
                    Level.WARNING,
                    "the health of the application is not shown by JMX, everything else works",
                    unusable);
        }
    }

    void close() {
        if (shelf != null) {
            shelf.close();
        }
    }

    private record Shown(Health health, Draining draining) implements HealthMXBean {

        @Override
        public String getState() {
            return health.look().state().text();
        }

        @Override
        public boolean isReady() {
            return health.look().isReady();
        }

        @Override
        public boolean drain() {
            return draining.begin();
        }

        @Override
        public boolean serve() {
            return draining.end();
        }
    }
}
