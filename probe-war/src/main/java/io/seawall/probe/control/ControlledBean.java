package io.seawall.probe.control;

import io.seawall.interceptors.Breaker;
import io.seawall.interceptors.Resilient;
import io.seawall.interceptors.Retry;
import io.seawall.probe.beans.CheckedFailureException;
import io.seawall.probe.beans.Run;
import io.seawall.probe.beans.Work;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** A bean that does not retry until somebody says so. */
@ApplicationScoped
public class ControlledBean {

    @Inject
    Work work;

    /**
     * One attempt.
     *
     * @param run the run
     * @return that it succeeded
     * @throws CheckedFailureException if it is to fail that way
     */
    @Resilient(
            target = "controlled",
            retry = @Retry(maxRetries = 0, backoff = "1ms", budget = "none"),
            breaker = @Breaker(failures = 1000))
    public String call(Run run) throws CheckedFailureException {
        return work.attempt(run);
    }
}
