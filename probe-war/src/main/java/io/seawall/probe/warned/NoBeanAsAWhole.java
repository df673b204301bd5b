package io.seawall.probe.warned;

import io.seawall.interceptors.Resilient;

/** No scope, so no bean; told of by its own annotation. */
@Resilient
public class NoBeanAsAWhole {

    /** Guarded by nobody. */
    public void call() {}
}
