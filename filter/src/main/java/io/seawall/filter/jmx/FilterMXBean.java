package io.seawall.filter.jmx;

import io.seawall.metrics.jmx.MetricsMXBean;
import java.util.Map;

/** One filter, as {@code io.seawall:type=Filter,application="...",name="..."}. */
public interface FilterMXBean extends MetricsMXBean {

    /**
     * What it is called by in {@code web.xml}.
     *
     * @return the name
     */
    String getName();

    /**
     * How many requests are under way behind it.
     *
     * @return the number
     */
    long getRequestsInFlight();

    /**
     * How many requests a policy has allowed, whoever decided, also those that limits in shadow would have refused.
     *
     * @return counts since the application was deployed, by the names of the policies
     */
    Map<String, Long> getAllowed();

    /**
     * How many requests a policy has refused, whoever decided.
     *
     * @return counts since the application was deployed, by the names of the policies
     */
    Map<String, Long> getRefused();
}
