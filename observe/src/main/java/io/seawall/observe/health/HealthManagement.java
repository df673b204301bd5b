package io.seawall.observe.health;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import org.jspecify.annotations.Nullable;

/** Shows the health of one application in the MBean server of the JVM. Called by one thread at a time. */
final class HealthManagement {

    private static final Logger LOG = System.getLogger(HealthManagement.class.getName());

    private @Nullable ObjectName name;

    /** What cannot be shown is told in the log. */
    void show(String contextPath, Health health, Draining draining) {
        try {
            MBeanServer server = ManagementFactory.getPlatformMBeanServer();
            StandardMBean bean = new StandardMBean(new Shown(health, draining), HealthMXBean.class, true);
            String path = contextPath.isEmpty() ? "/" : contextPath;
            for (int number = 1; name == null; number++) {
                name = registered(server, number == 1 ? path : path + "#" + number, bean);
            }
        } catch (JMException | RuntimeException | LinkageError unusable) {
            LOG.log(
                    Level.WARNING,
                    "the health of the application is not shown by JMX, everything else works",
                    unusable);
        }
    }

    /** Null if another application on the server has the name. */
    private static @Nullable ObjectName registered(MBeanServer server, String application, StandardMBean bean)
            throws JMException {
        try {
            return server.registerMBean(
                            bean, new ObjectName("io.seawall:type=Health,name=" + ObjectName.quote(application)))
                    .getObjectName();
        } catch (InstanceAlreadyExistsException taken) {
            return null;
        }
    }

    void close() {
        if (name == null) {
            return;
        }
        try {
            ManagementFactory.getPlatformMBeanServer().unregisterMBean(name);
        } catch (InstanceNotFoundException gone) {
            LOG.log(Level.DEBUG, "{0} was taken out by somebody else", name);
        } catch (JMException | RuntimeException kept) {
            LOG.log(Level.WARNING, "the MBean server keeps " + name, kept);
        }
        name = null;
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
