package io.seawall.example;

import io.seawall.events.CircuitEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Tells whoever is on call that a service of the shop is down. No customer waits for it: events have a thread of their own. */
@ApplicationScoped
public class OnCall {

    private static final Logger LOG = System.getLogger(OnCall.class.getName());

    void circuitChanged(@Observes CircuitEvent event) {
        if (event.from() == CircuitEvent.State.CLOSED && event.to() == CircuitEvent.State.OPEN) {
            // A real shop sends a message here.
            LOG.log(Level.INFO, () -> "to whoever is on call: " + event.target() + " is down");
        }
    }
}
