package io.seawall.probe.warned;

import io.seawall.interceptors.Resilient;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.faulttolerance.Retry;

/** A bean whose method MicroProfile Fault Tolerance retries as well, where there is any. */
@ApplicationScoped
public class RetriedTwice {

    /** Up to 3 times 4 attempts. */
    @Resilient
    @Retry
    public void call() {}
}
