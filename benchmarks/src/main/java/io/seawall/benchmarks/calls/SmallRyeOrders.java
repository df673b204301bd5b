package io.seawall.benchmarks.calls;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;

/** A bean that SmallRye guards. */
@ApplicationScoped
public class SmallRyeOrders {

    /** For the container. */
    public SmallRyeOrders() {}

    /**
     * Retry and circuit breaker as they are.
     *
     * @param order any
     * @return it
     */
    @Retry
    @CircuitBreaker
    public String plain(String order) {
        return Answers.good(order);
    }

    /**
     * With a limit for each attempt.
     *
     * @param order any
     * @return it
     */
    @Retry
    @CircuitBreaker
    @Timeout(2000)
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
    @Retry(maxRetries = 0)
    @CircuitBreaker(requestVolumeThreshold = 2, delay = 1, delayUnit = ChronoUnit.HOURS)
    public String down(String order) throws IOException {
        return Answers.none();
    }
}
