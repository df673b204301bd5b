package io.seawall.resilience.chaos;

import io.seawall.resilience.AsyncStrategy;
import io.seawall.resilience.Deadline;
import io.seawall.resilience.Layer;
import io.seawall.resilience.Sleeper;
import io.seawall.resilience.Strategy;
import io.seawall.resilience.timer.Alarm;
import io.seawall.resilience.timer.Timer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Misbehaves in place of the target: some calls take longer, some fail with an {@link InjectedFaultException} instead of being
 * made, some do both.
 *
 * <p>A call that returns its result waits on its caller's thread, where the limit of the attempt ends it as in earnest. One
 * whose result comes later waits without a thread, and is made after the wait also if nobody cares any more.
 *
 * @param <C> what is called
 */
public final class ChaosLayer<C> implements Layer<C> {

    private final Chaos chaos;
    private final Sleeper sleeper;
    private final Timer timer;
    private final Executor executor;

    /**
     * A layer.
     *
     * @param chaos who misbehaves, and how
     * @param sleeper how a call takes longer on the caller's thread
     * @param timer how a call takes longer without a thread
     * @param executor where a call is made after such a delay
     */
    public ChaosLayer(Chaos chaos, Sleeper sleeper, Timer timer, Executor executor) {
        this.chaos = chaos;
        this.sleeper = sleeper;
        this.timer = timer;
        this.executor = executor;
    }

    @Override
    public Strategy<C> around(Strategy<C> inner) {
        return (call, deadline) -> execute(inner, call, deadline);
    }

    @Override
    public AsyncStrategy<C> aroundAsync(AsyncStrategy<C> inner) {
        return (call, deadline) -> start(inner, call, deadline);
    }

    private @Nullable Object execute(Strategy<C> inner, C call, Deadline deadline) throws Exception {
        ChaosPolicy policy = chaos.policy();
        boolean late = chaos.draw(policy.delayPercent());
        boolean fails = chaos.draw(policy.failurePercent());
        if (late || fails) {
            chaos.onHit();
        }
        if (late) {
            sleeper.sleep(policy.delay().toNanos());
        }
        if (fails) {
            throw new InjectedFaultException(chaos.target());
        }
        return inner.execute(call, deadline);
    }

    private CompletionStage<@Nullable Object> start(AsyncStrategy<C> inner, C call, Deadline deadline) {
        ChaosPolicy policy = chaos.policy();
        boolean late = chaos.draw(policy.delayPercent());
        boolean fails = chaos.draw(policy.failurePercent());
        if (late || fails) {
            chaos.onHit();
        }
        if (!late) {
            return startNow(inner, call, deadline, fails);
        }
        CompletableFuture<@Nullable Void> delay = new CompletableFuture<>();
        CompletionStage<@Nullable Object> result =
                delay.thenComposeAsync(over -> startNow(inner, call, deadline, fails), executor);
        timer.set(new Delay(delay), policy.delay().toNanos());
        return result;
    }

    private CompletionStage<@Nullable Object> startNow(
            AsyncStrategy<C> inner, C call, Deadline deadline, boolean fails) {
        return fails
                ? CompletableFuture.failedFuture(new InjectedFaultException(chaos.target()))
                : inner.start(call, deadline);
    }

    private static final class Delay extends Alarm {

        private final CompletableFuture<@Nullable Void> delay;

        Delay(CompletableFuture<@Nullable Void> delay) {
            this.delay = delay;
        }

        @Override
        protected void ring() {
            delay.complete(null);
        }
    }
}
