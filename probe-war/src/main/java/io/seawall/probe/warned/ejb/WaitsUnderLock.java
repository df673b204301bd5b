package io.seawall.probe.warned.ejb;

import io.seawall.interceptors.Resilient;
import io.seawall.interceptors.TransactionMode;
import jakarta.ejb.Singleton;

/** A singleton that would wait while it holds its write lock. */
@Singleton
public class WaitsUnderLock {

    /** Waits 100 ms at most, instead of 300 ms. */
    @Resilient(transaction = TransactionMode.PER_ATTEMPT)
    public void call() {}
}
