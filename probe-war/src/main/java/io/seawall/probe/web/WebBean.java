package io.seawall.probe.web;

import io.seawall.interceptors.Breaker;
import io.seawall.interceptors.Resilient;
import io.seawall.interceptors.Retry;
import io.seawall.probe.beans.CheckedFailureException;
import io.seawall.probe.beans.Run;
import io.seawall.probe.beans.Work;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** A guarded CDI bean that is in the WAR of an EAR, and so are its settings, if there are any. */
@ApplicationScoped
public class WebBean {

    @Inject
    Work work;

    /**
     * One retry, if nobody outside says otherwise.
     *
     * @param run the run
     * @return that it succeeded
     * @throws CheckedFailureException if it is to fail that way
     */
    @Resilient(
            target = "set-in-web",
            retry = @Retry(maxRetries = 1, backoff = "1ms", budget = "none"),
            breaker = @Breaker(failures = 0))
    public String setInWeb(Run run) throws CheckedFailureException {
        return work.attempt(run);
    }
}
