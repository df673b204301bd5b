package io.seawall.probe.beans.ejb;

import io.seawall.interceptors.Breaker;
import io.seawall.interceptors.Resilient;
import io.seawall.interceptors.Retry;
import io.seawall.interceptors.TransactionMode;
import io.seawall.probe.beans.CheckedFailureException;
import io.seawall.probe.beans.Run;
import io.seawall.probe.beans.Runs;
import io.seawall.probe.beans.Work;
import jakarta.annotation.Resource;
import jakarta.ejb.EJBException;
import jakarta.ejb.Stateless;
import jakarta.ejb.Timeout;
import jakarta.ejb.Timer;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.inject.Inject;

/** A timer. */
@Stateless
public class TimerBean {

    @Resource
    @SuppressWarnings("NullAway.Init") // The container sets it.
    private TimerService timers;

    @Inject
    Runs runs;

    @Inject
    Work work;

    /**
     * Starts the timer.
     *
     * @param run the run
     */
    public void start(Run run) {
        timers.createSingleActionTimer(1, new TimerConfig(run.id(), false));
    }

    /**
     * A transaction for each attempt.
     *
     * @param timer the timer
     */
    @Timeout
    @Resilient(
            retry = @Retry(backoff = "1ms", budget = "none"),
            breaker = @Breaker(failures = 0),
            transaction = TransactionMode.PER_ATTEMPT)
    public void timeout(Timer timer) {
        try {
            work.writtenAttempt(runs.find((String) timer.getInfo()));
        } catch (CheckedFailureException e) {
            throw new EJBException(e);
        }
    }
}
