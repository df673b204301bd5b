package io.seawall.probe.control;

import io.seawall.interceptors.SeawallTargets;
import jakarta.enterprise.context.SessionScoped;
import jakarta.inject.Inject;
import java.io.Serializable;
import java.util.List;

/** Keeps the targets in a session: a container that did not let it would not deploy the application. */
@SessionScoped
public class ControlSession implements Serializable {

    private static final long serialVersionUID = 1L;

    @Inject
    @SuppressWarnings("serial") // A proxy of the container's.
    SeawallTargets targets;

    /**
     * Reads the settings again.
     *
     * @return what has changed
     */
    public List<String> reread() {
        return targets.reread("controlled");
    }

    /**
     * Where the circuit is.
     *
     * @return its state, in words
     */
    public String state() {
        return targets.breakerState("controlled").map(Enum::name).orElse("none");
    }
}
