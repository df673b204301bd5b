package io.seawall.benchmarks.calls;

import io.seawall.benchmarks.deployment.Watched;
import jakarta.enterprise.context.ApplicationScoped;

/** A bean that nobody guards. */
@ApplicationScoped
public class PlainOrders {

    /** For the container. */
    public PlainOrders() {}

    /**
     * Not intercepted, on a bean that is.
     *
     * @param order any
     * @return it
     */
    public String untouched(String order) {
        return Answers.good(order);
    }

    /**
     * Intercepted by nothing but the interception.
     *
     * @param order any
     * @return it
     */
    @Watched
    public String watched(String order) {
        return Answers.good(order);
    }

    /**
     * The same with two parameters.
     *
     * @param order any
     * @param other any
     * @return the first
     */
    @Watched
    public String watchedTwo(String order, String other) {
        return Answers.good(order);
    }

    /**
     * Never called: the interceptor refuses.
     *
     * @param order any
     * @return it
     */
    @Refused
    public String refused(String order) {
        return Answers.good(order);
    }
}
