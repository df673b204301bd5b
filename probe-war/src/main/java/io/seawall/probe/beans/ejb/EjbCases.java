package io.seawall.probe.beans.ejb;

import io.seawall.probe.beans.Cases;
import io.seawall.probe.beans.Run;
import io.seawall.probe.beans.Runs;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Session beans, called by a client without a transaction. */
@ApplicationScoped
@Named("ejb")
public class EjbCases implements Cases {

    private static final int PATIENCE_SECONDS = 20;

    @Inject
    StatelessBean stateless;

    @Inject
    SingletonBean singleton;

    @Inject
    Instance<StatefulBean> stateful;

    @Inject
    AsynchronousBean asynchronous;

    @Inject
    OuterBean outer;

    @Inject
    CallerBean caller;

    @Inject
    TimerBean timer;

    @Inject
    Runs runs;

    @Override
    public String run(String name, Run run) throws Exception {
        return switch (name) {
            case "plain" -> stateless.plain(run);
            case "per-attempt" -> stateless.perAttempt(run);
            case "per-attempt-with-fallback" -> stateless.perAttemptWithFallback(run);
            case "shared" -> stateless.shared(run);
            case "without-transaction" -> stateless.withoutTransaction(run);
            case "singleton" -> singleton.plain(run);
            case "singleton-per-attempt" -> singleton.perAttempt(run);
            case "stateful" -> stateful.get().plain(run);
            case "stateful-per-attempt" -> statefulPerAttempt(run);
            case "asynchronous" -> get(asynchronous.plain(run));
            case "asynchronous-per-attempt" -> get(asynchronous.perAttempt(run));
            case "nested" -> outer.plain(run);
            case "nested-shared" -> outer.shared(run);
            case "nested-per-attempt" -> outer.perAttempt(run);
            case "within-caller" -> caller.plain(run);
            case "per-attempt-within-caller" -> caller.perAttempt(run);
            case "per-attempt-within-failing-caller" -> caller.perAttemptThenFail(run);
            case "timer" -> startTimer(run);
            case "schedule" -> schedule(run);
            default -> throw new IllegalArgumentException("no case " + name);
        };
    }

    private String statefulPerAttempt(Run run) throws Exception {
        StatefulBean bean = stateful.get();
        String answer = bean.perAttempt(run);
        bean.end(); // which an instance that was thrown away could not
        return answer;
    }

    private static String get(Future<String> answer) throws Exception {
        return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private String startTimer(Run run) {
        timer.start(run);
        return "started";
    }

    private String schedule(Run run) {
        runs.schedule(run);
        return "scheduled";
    }
}
