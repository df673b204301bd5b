package io.seawall.probe.warned;

import io.seawall.interceptors.Resilient;

/** CDI does not read the annotations of interfaces. */
@Resilient
public interface OnAnInterface {

    /** Guarded by nobody. */
    void call();
}
