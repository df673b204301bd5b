package io.seawall.probe.beans.tx;

import io.seawall.probe.beans.Cases;
import io.seawall.probe.beans.Run;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** CDI beans with transactions. */
@ApplicationScoped
@Named("transactional")
public class TransactionalCases implements Cases {

    @Inject
    TransactionalBean bean;

    @Inject
    TransactionalCaller caller;

    @Override
    public String run(String name, Run run) throws Exception {
        return switch (name) {
            case "retried" -> bean.retried(run);
            case "within-caller" -> caller.call(run);
            case "per-attempt" -> bean.perAttempt(run);
            case "per-attempt-within-caller" -> caller.callPerAttempt(run);
            default -> throw new IllegalArgumentException("no case " + name);
        };
    }
}
