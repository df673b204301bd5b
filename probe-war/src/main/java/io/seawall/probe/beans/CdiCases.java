package io.seawall.probe.beans;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.concurrent.TimeUnit;

/** CDI beans without transactions. */
@ApplicationScoped
@Named("cdi")
public class CdiCases implements Cases {

    @Inject
    GuardedBean bean;

    @Override
    public String run(String name, Run run) throws Exception {
        return switch (name) {
            case "retried" -> bean.retried(run);
            case "with-fallback" -> bean.withFallback(run);
            case "with-fallback-by-failure" -> bean.withFallbackByFailure(run);
            case "later" -> bean.later(run).toCompletableFuture().get(1, TimeUnit.MINUTES);
            case "stale" -> bean.stale(run.id()) + ", " + bean.stale(run.id());
            case "slow" -> bean.slow(run);
            case "set-by-property" -> bean.setByProperty(run);
            case "set-by-file" -> bean.setByFile(run);
            case "set-by-microprofile" -> bean.setByMicroProfile(run);
            default -> throw new IllegalArgumentException("no case " + name);
        };
    }
}
