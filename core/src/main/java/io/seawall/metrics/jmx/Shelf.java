package io.seawall.metrics.jmx;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.StandardMBean;

/**
 * What one owner has in the MBean server of the JVM, in the domain {@code io.seawall}. Not thread-safe. It and its callers load only
 * where the JDK has JMX: expect a {@link LinkageError} elsewhere.
 */
public final class Shelf implements AutoCloseable {

    private static final Logger LOG = System.getLogger(Shelf.class.getName());
    private static final String DOMAIN = "io.seawall";

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

    /** The last one first. */
    private final Deque<ObjectName> names = new ArrayDeque<>();

    /** With nothing on it. */
    public Shelf() {}

    /**
     * Shows a bean, unless another one has its name. Whether that is so is for the MBean server to say: applications may be
     * deployed side by side.
     *
     * @param type the first part of the name: {@code Filter}
     * @param rest keys and values of the others, in turns; the values are quoted
     * @param bean what is shown
     * @param face the MXBean interface of it
     * @param <T> the MXBean interface
     * @return false if the name is taken
     * @throws IllegalStateException if the bean cannot be shown for another reason
     */
    public <T> boolean put(String type, Map<String, String> rest, T bean, Class<T> face) {
        StringBuilder name = new StringBuilder(DOMAIN + ":type=" + type);
        rest.forEach((key, value) -> name.append(',').append(key).append('=').append(ObjectName.quote(value)));
        try {
            names.push(server.registerMBean(new StandardMBean(bean, face, true), new ObjectName(name.toString()))
                    .getObjectName());
            return true;
        } catch (InstanceAlreadyExistsException taken) {
            return false;
        } catch (JMException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * Shows a bean by the name that is wanted or, if another one has it, with a number after it.
     *
     * @param type the first part of the name
     * @param key of the part that may get the number: {@code application}
     * @param wanted its value
     * @param rest keys and values of the parts after it
     * @param bean what is shown
     * @param face the MXBean interface of it
     * @param <T> the MXBean interface
     * @return the value that the part has got: {@code /shop}, or {@code /shop#2}
     */
    public <T> String putBeside(
            String type, String key, String wanted, Map<String, String> rest, T bean, Class<T> face) {
        String value = wanted;
        for (int number = 2; !put(type, withFirst(key, value, rest), bean, face); number++) {
            value = wanted + "#" + number;
        }
        return value;
    }

    private static Map<String, String> withFirst(String key, String value, Map<String, String> rest) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put(key, value);
        all.putAll(rest);
        return all;
    }

    /** Takes everything out again. Safe to call twice. */
    @Override
    public void close() {
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
