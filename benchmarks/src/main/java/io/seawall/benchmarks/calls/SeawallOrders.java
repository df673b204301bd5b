package io.seawall.benchmarks.calls;

import io.seawall.interceptors.Breaker;
import io.seawall.interceptors.Resilient;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;

/** A bean that Seawall guards. */
@ApplicationScoped
public class SeawallOrders {

    /** For the container. */
    public SeawallOrders() {}

    /**
     * Retry and circuit breaker as they are.
     *
     * @param order any
     * @return it
     */
    @Resilient(target = "plain")
    public String plain(String order) {
        return Answers.good(order);
    }

    /**
     * The same with two parameters.
     *
     * @param order any
     * @param other any
     * @return the first
     */
    @Resilient(target = "plain")
    public String plainTwo(String order, String other) {
        return Answers.good(order);
    }

    /**
     * With a rule on the rate of failures, which counts successes too.
     *
     * @param order any
     * @return it
     */
    @Resilient(target = "rated", breaker = @Breaker(failurePercent = 50))
    public String rated(String order) {
        return Answers.good(order);
    }

    /**
     * With a rule on the rate of slow calls, which wants to know how long each took.
     *
     * @param order any
     * @return it
     */
    @Resilient(target = "slowRated", breaker = @Breaker(failurePercent = 50, slowPercent = 50, slowerThan = "1s"))
    public String slowRated(String order) {
        return Answers.good(order);
    }

    /**
     * With a limit for each attempt.
     *
     * @param order any
     * @return it
     */
    @Resilient(target = "limited", timeout = "2s")
    public String limited(String order) {
        return Answers.good(order);
    }

    /**
     * To a target that is down.
     *
     * @param order any
     * @return nothing
     * @throws IOException always, or a refusal
     */
    @Resilient(target = "down", breaker = @Breaker(openFor = "1h"))
    public String down(String order) throws IOException {
        return Answers.none();
    }
}
