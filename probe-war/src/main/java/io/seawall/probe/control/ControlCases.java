package io.seawall.probe.control;

import io.seawall.interceptors.SeawallTargets;
import io.seawall.probe.beans.Cases;
import io.seawall.probe.beans.Run;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** Settings and circuits that change while the application runs. */
@ApplicationScoped
@Named("control")
public class ControlCases implements Cases {

    private static final String RETRIES = "seawall.controlled.retry.maxRetries";

    @Inject
    ControlledBean bean;

    @Inject
    ControlSession session;

    @Inject
    SeawallTargets targets;

    @Inject
    ControlEvents events;

    @Override
    public String run(String name, Run run) throws Exception {
        switch (name) {
            case "set" -> System.setProperty(RETRIES, "2");
            case "clear" -> System.clearProperty(RETRIES);
            case "reread" -> {
                return String.join("; ", session.reread());
            }
            case "state" -> {
                return session.state();
            }
            case "open" -> targets.forceOpen("controlled");
            case "reset" -> targets.reset("controlled");
            case "heard" -> {
                return events.heard();
            }
            case "call" -> {
                return bean.call(run);
            }
            default -> throw new IllegalArgumentException("no case " + name);
        }
        return "done";
    }
}
