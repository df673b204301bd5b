package io.seawall.resilience.chaos;

import io.seawall.time.DurationText;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The misbehaviour of one target, shared by everyone who calls it. A call that is hit says so in the log, at most once a minute for all of them. Thread-safe; a call that is not hit reads no clock.
 */
public final class Chaos {

    private static final Logger LOG = System.getLogger(Chaos.class.getName());
    private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final String target;
    private final Supplier<? extends RandomGenerator> random;
    private final LongSupplier nanoTime;
    private final long originNanos;
    private volatile ChaosPolicy policy;

    /** Hits that no line has told of. */
    private final LongAdder untold = new LongAdder();

    /** Since the origin: until then, hits are counted and not told. */
    private final AtomicLong quietUntilNanos = new AtomicLong();

    /**
     * Misbehaviour that is not in force yet.
     *
     * @param target who misbehaves; for messages
     * @param policy how
     * @param random the source of chance for the calling thread
     * @param nanoTime monotonic time in nanoseconds since any origin, as {@link System#nanoTime}
     */
    public Chaos(String target, ChaosPolicy policy, Supplier<? extends RandomGenerator> random, LongSupplier nanoTime) {
        this.target = target;
        this.policy = policy;
        this.random = random;
        this.nanoTime = nanoTime;
        this.originNanos = nanoTime.getAsLong();
    }

    /**
     * Brings a policy into force; for {@link io.seawall.resilience.pipeline.Targets}.
     *
     * @param policy how the target misbehaves
     * @return a warning for people, to be told by the caller
     */
    public String begin(ChaosPolicy policy) {
        this.policy = policy;
        return "target '" + target + "' is told to misbehave: " + policy.delayPercent() + "% of its calls take "
                + DurationText.format(policy.delay()) + " longer, " + policy.failurePercent()
                + "% fail; take chaos out of its settings to end it";
    }

    /**
     * Says that it is over; for {@link io.seawall.resilience.pipeline.Targets}.
     *
     * @return the same for people, to be told by the caller
     */
    public String end() {
        return "target '" + target + "' does not misbehave any more";
    }

    String target() {
        return target;
    }

    ChaosPolicy policy() {
        return policy;
    }

    boolean draw(int percent) {
        return percent > 0 && random.get().nextInt(100) < percent;
    }

    /** A call is hit. On its own thread and not by an alarm: where no calls are, there is nothing to tell. */
    void onHit() {
        untold.increment();
        long nowNanos = nanoTime.getAsLong() - originNanos;
        long until = quietUntilNanos.get();
        if (nowNanos >= until && quietUntilNanos.compareAndSet(until, nowNanos + QUIET_NANOS)) {
            LOG.log(
                    Level.WARNING,
                    "target ''{0}'' misbehaves as it was told: calls hit since this was last said: {1}",
                    target,
                    Long.toString(untold.sumThenReset())); // a number would be grouped by locale
        }
    }
}
