package io.seawall.resilience.chaos;

import io.seawall.resilience.AsyncStrategy;
import io.seawall.resilience.Deadline;
import io.seawall.resilience.Layer;
import io.seawall.resilience.Sleeper;
import io.seawall.resilience.Strategy;
import io.seawall.resilience.timer.Alarm;
import io.seawall.resilience.timer.Timer;
import io.seawall.time.DurationText;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Misbehaves in place of the target: some calls take longer, some fail with an {@link InjectedFaultException} instead of being
 * made, some do both. Warns when it is made, and at most once a minute while it hits calls.
 *
 * <p>A call that returns its result waits on its caller's thread, where the limit of the attempt ends it as in earnest. One
 * whose result comes later waits without a thread, and is made after the wait also if nobody cares any more.
 *
 * @param <C> what is called
 */
public final class ChaosLayer<C> implements Layer<C> {

    private static final Logger LOG = System.getLogger(ChaosLayer.class.getName());
    private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final String target;
    private final ChaosPolicy policy;
    private final long delayNanos;
    private final Supplier<? extends RandomGenerator> random;
    private final Sleeper sleeper;
    private final Timer timer;
    private final Executor executor;

    /** Hits that no line has told of. */
    private final LongAdder untold = new LongAdder();

    private final AtomicBoolean quiet = new AtomicBoolean();

    /**
     * A layer, and the warning that it is there.
     *
     * @param target who misbehaves
     * @param policy how
     * @param random the source of chance for the calling thread
     * @param sleeper how a call takes longer on the caller's thread
     * @param timer how a call takes longer without a thread, and a minute is measured
     * @param executor where a call is made after such a delay
     */
    public ChaosLayer(
            String target,
            ChaosPolicy policy,
            Supplier<? extends RandomGenerator> random,
            Sleeper sleeper,
            Timer timer,
            Executor executor) {
        this.target = target;
        this.policy = policy;
        this.delayNanos = policy.delay().toNanos();
        this.random = random;
        this.sleeper = sleeper;
        this.timer = timer;
        this.executor = executor;
        LOG.log(
                Level.WARNING,
                "target ''{0}'' is told to misbehave: {1}% of its calls take {2} longer, {3}% fail; take"
                        + " chaos() out of its pipeline to end it",
                target,
                policy.delayPercent(),
                DurationText.format(policy.delay()),
                policy.failurePercent());
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
        boolean late = drawn(policy.delayPercent());
        boolean fails = drawn(policy.failurePercent());
        tell(late || fails);
        if (late) {
            sleeper.sleep(delayNanos);
        }
        if (fails) {
            throw new InjectedFaultException(target);
        }
        return inner.execute(call, deadline);
    }

    private CompletionStage<@Nullable Object> start(AsyncStrategy<C> inner, C call, Deadline deadline) {
        boolean late = drawn(policy.delayPercent());
        boolean fails = drawn(policy.failurePercent());
        tell(late || fails);
        if (!late) {
            return startNow(inner, call, deadline, fails);
        }
        CompletableFuture<@Nullable Void> delay = new CompletableFuture<>();
        CompletionStage<@Nullable Object> result =
                delay.thenComposeAsync(over -> startNow(inner, call, deadline, fails), executor);
        timer.set(new Then(() -> delay.complete(null)), delayNanos);
        return result;
    }

    private CompletionStage<@Nullable Object> startNow(
            AsyncStrategy<C> inner, C call, Deadline deadline, boolean fails) {
        return fails ? CompletableFuture.failedFuture(new InjectedFaultException(target)) : inner.start(call, deadline);
    }

    private boolean drawn(int percent) {
        return percent > 0 && random.get().nextInt(100) < percent;
    }

    /** By an alarm and not by the clock: a call that is not hit reads none. */
    private void tell(boolean hit) {
        if (!hit) {
            return;
        }
        untold.increment();
        if (quiet.compareAndSet(false, true)) {
            LOG.log(
                    Level.WARNING,
                    "target ''{0}'' misbehaves as it was told: calls hit since this was last said: {1}",
                    target,
                    untold.sumThenReset());
            timer.set(new Then(() -> quiet.set(false)), QUIET_NANOS);
        }
    }

    private static final class Then extends Alarm {

        private final Runnable action;

        Then(Runnable action) {
            this.action = action;
        }

        @Override
        protected void ring() {
            action.run();
        }
    }
}
