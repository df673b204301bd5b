package io.seawall.interceptors.jmx;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.StandardMBean;

/** What stands in the MBean server for one application. Not thread-safe. Loads only where the JDK has JMX. */
final class Registration {

    private static final Logger LOG = System.getLogger(Registration.class.getName());
    private static final String DOMAIN = "io.seawall";

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

    /** The last one first. */
    private final Deque<ObjectName> names = new ArrayDeque<>();

    private String application = "";

    /**
     * Takes the name of an application; if another one has it, with a number after it. The MBean server decides: applications
     * may be deployed side by side.
     */
    void begin(String wanted, ApplicationMXBean bean) {
        String name = wanted;
        for (int number = 2; !isRegistered(name, bean); number++) {
            name = wanted + "#" + number;
        }
        application = name;
    }

    private boolean isRegistered(String name, ApplicationMXBean bean) {
        try {
            register(
                    DOMAIN + ":type=Application,name=" + ObjectName.quote(name),
                    new StandardMBean(bean, ApplicationMXBean.class, true));
            return true;
        } catch (InstanceAlreadyExistsException taken) {
            return false;
        } catch (JMException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    void add(String target, TargetMXBean bean) {
        try {
            register(
                    DOMAIN + ":type=Target,application=" + ObjectName.quote(application) + ",name="
                            + ObjectName.quote(target),
                    new StandardMBean(bean, TargetMXBean.class, true));
        } catch (JMException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void register(String name, StandardMBean bean) throws JMException {
        names.push(server.registerMBean(bean, new ObjectName(name)).getObjectName());
    }

    void end() {
        while (!names.isEmpty()) {
            ObjectName name = names.pop();
            try {
                server.unregisterMBean(name);
            } catch (InstanceNotFoundException gone) {
                LOG.log(Level.DEBUG, "{0} was taken out by somebody else", name);
            } catch (JMException | RuntimeException kept) {
                LOG.log(Level.WARNING, "the MBean server keeps " + name, kept);
            }
        }
    }
}
