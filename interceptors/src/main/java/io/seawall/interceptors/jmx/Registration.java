package io.seawall.interceptors.jmx;

import io.seawall.metrics.jmx.Shelf;
import java.util.LinkedHashMap;
import java.util.Map;

/** What stands in the MBean server for one application. Not thread-safe. Loads only where the JDK has JMX. */
final class Registration {

    private final Shelf shelf = new Shelf();

    private String application = "";

    /** Takes the name of an application; if another one has it, with a number after it. */
    void begin(String wanted, ApplicationMXBean bean) {
        application = shelf.putBeside("Application", "name", wanted, Map.of(), bean, ApplicationMXBean.class);
    }

    void add(String target, TargetMXBean bean) {
        Map<String, String> name = new LinkedHashMap<>();
        name.put("application", application);
        name.put("name", target);
        if (!shelf.put("Target", name, bean, TargetMXBean.class)) {
            throw new IllegalStateException("another MBean has the name of " + name);
        }
    }

    void end() {
        shelf.close();
    }
}
