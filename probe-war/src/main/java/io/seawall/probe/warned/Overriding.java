package io.seawall.probe.warned;

import jakarta.enterprise.context.ApplicationScoped;

/** A bean that overrides a guarded method without saying so again. */
@ApplicationScoped
public class Overriding extends Overridden {

    @Override
    public void call() {}
}
