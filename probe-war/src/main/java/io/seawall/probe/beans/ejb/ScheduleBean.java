package io.seawall.probe.beans.ejb;

import io.seawall.interceptors.Breaker;
import io.seawall.interceptors.Resilient;
import io.seawall.interceptors.Retry;
import io.seawall.interceptors.TransactionMode;
import io.seawall.probe.beans.CheckedFailureException;
import io.seawall.probe.beans.Run;
import io.seawall.probe.beans.Runs;
import io.seawall.probe.beans.Work;
import jakarta.ejb.EJBException;
import jakarta.ejb.Schedule;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;

/** A schedule, which does nothing until it is left a run. */
@Stateless
public class ScheduleBean {

    @Inject
    Runs runs;

    @Inject
    Work work;

    /** A transaction for each attempt. A timeout method may not throw a checked exception, which Open Liberty checks. */
    @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
    @Resilient(
            retry = @Retry(backoff = "1ms", budget = "none"),
            breaker = @Breaker(failures = 0),
            transaction = TransactionMode.PER_ATTEMPT)
    public void everySecond() {
        Run run = runs.scheduled();
        if (run != null) {
            try {
                work.writtenAttempt(run);
            } catch (CheckedFailureException e) {
                throw new EJBException(e);
            }
            runs.scheduleDone();
        }
    }
}
