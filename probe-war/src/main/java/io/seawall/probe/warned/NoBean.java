package io.seawall.probe.warned;

import io.seawall.interceptors.Resilient;

/** No scope, so no bean; told of by the annotation of its method. */
public class NoBean {

    /** Guarded by nobody. */
    @Resilient
    public void call() {}
}
