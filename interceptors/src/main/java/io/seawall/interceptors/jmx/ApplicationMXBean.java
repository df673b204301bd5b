package io.seawall.interceptors.jmx;

import io.seawall.metrics.jmx.MetricsMXBean;
import java.util.List;

/** One application, as {@code io.seawall:type=Application,name="..."}. */
public interface ApplicationMXBean extends MetricsMXBean {

    /**
     * Its targets.
     *
     * @return their names
     */
    List<String> getTargets();

    /**
     * Reads the settings of all targets from outside again, and brings them into force, one target after another.
     *
     * @return what is different now; empty if nothing is
     * @throws IllegalArgumentException if something is wrong for some of them; these go on as before
     */
    List<String> reread();
}
