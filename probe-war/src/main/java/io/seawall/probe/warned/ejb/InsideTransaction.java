package io.seawall.probe.warned.ejb;

import io.seawall.interceptors.Resilient;
import jakarta.ejb.Stateless;

/** A session bean whose methods are called in a transaction of the container. */
@Stateless
public class InsideTransaction {

    /** Not retried. */
    @Resilient
    public void call() {}
}
