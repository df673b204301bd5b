package io.seawall.probe.warned;

import io.seawall.interceptors.Resilient;
import jakarta.enterprise.context.ApplicationScoped;

/** A bean that calls itself past the container. */
@ApplicationScoped
public class CallsItself {

    /** Guarded when others call it. */
    @Resilient
    public void call() {}

    /** Calls it. */
    public void all() {
        call();
    }
}
