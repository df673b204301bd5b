package io.seawall.probe.warned;

import io.seawall.interceptors.Resilient;

/** Has what a bean class overrides. */
public class Overridden {

    /** Guarded where it is not overridden. */
    @Resilient
    public void call() {}
}
