package io.seawall.resilience.circuitbreaker;

import io.seawall.time.DurationText;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The circuit of one target, shared by everyone who calls it. Thread-safe; a call in a closed circuit costs one volatile
 * read.
 *
 * <p>Closed, it counts failures; on the last of {@code policy.failures()} within {@code policy.within()} it opens. Open, it
 * refuses every call until the open period is over. Half-open, it lets one trial call through, whose success closes and
 * whose failure reopens it. Every change is logged once.
 */
public final class CircuitBreaker {

    /** Where a circuit is. */
    public enum State {
        /** Calls go through. */
        CLOSED,
        /** Calls are refused. */
        OPEN,
        /** One trial call is under way, others are refused. */
        HALF_OPEN
    }

    private static final Logger LOG = System.getLogger(CircuitBreaker.class.getName());

    /** Nodes that opened together try again apart. */
    private static final double JITTER = 0.1;

    /** A target that stays away is asked no less often than this, unless the policy says less often from the start. */
    private static final Duration MAX_GROWN_OPEN_FOR = Duration.ofMinutes(5);

    private static final AtomicReferenceFieldUpdater<CircuitBreaker, CircuitState> STATE =
            AtomicReferenceFieldUpdater.newUpdater(CircuitBreaker.class, CircuitState.class, "state");

    private final String target;
    private final BreakerPolicy policy;
    private final LongSupplier nanoTime;
    private final Supplier<? extends RandomGenerator> random;
    private volatile CircuitState state;

    /**
     * A closed circuit.
     *
     * @param target whose circuit it is; for messages
     * @param policy when it opens and for how long
     * @param nanoTime monotonic time in nanoseconds since any origin, as {@link System#nanoTime}
     * @param random the source of chance for the calling thread
     */
    public CircuitBreaker(
            String target, BreakerPolicy policy, LongSupplier nanoTime, Supplier<? extends RandomGenerator> random) {
        this.target = target;
        this.policy = policy;
        this.nanoTime = nanoTime;
        this.random = random;
        this.state = new ClosedState(this);
    }

    /**
     * Whose circuit it is.
     *
     * @return the name of the target
     */
    public String target() {
        return target;
    }

    /**
     * When it opens and for how long.
     *
     * @return the policy
     */
    public BreakerPolicy policy() {
        return policy;
    }

    /**
     * Where the circuit is. One that is open stays so until the next call, even when the open period is over.
     *
     * @return the state at some instant during the call
     */
    public State state() {
        return state.name();
    }

    /** Lets a call through, or refuses it. The outcome of the call goes to what is returned. */
    CircuitState enter() {
        while (true) {
            CircuitState entered = state.enter();
            if (entered != null) {
                return entered;
            }
        }
    }

    long nowNanos() {
        return nanoTime.getAsLong();
    }

    /** The caller becomes the trial, unless another was faster. */
    @Nullable
    CircuitState startTrial(CircuitState from, int failedTrials) {
        HalfOpenState trial = new HalfOpenState(this, nowNanos(), failedTrials);
        if (!STATE.compareAndSet(this, from, trial)) {
            return null;
        }
        LOG.log(Level.INFO, "circuit ''{0}'' is half-open: one trial call goes through", target);
        return trial;
    }

    void open(CircuitState from, int failedTrials) {
        long openForNanos = openForNanos(failedTrials);
        if (STATE.compareAndSet(this, from, new OpenState(this, nowNanos(), openForNanos, failedTrials))) {
            LOG.log(
                    Level.WARNING,
                    "circuit ''{0}'' is open after {1}: calls are refused for {2} ms",
                    target,
                    failedTrials == 0
                            ? policy.failures() + " failures within " + DurationText.format(policy.within())
                            : "a failed trial call",
                    Long.toString(Duration.ofNanos(openForNanos).toMillis())); // a number would be grouped by locale
        }
    }

    void close(CircuitState from) {
        if (STATE.compareAndSet(this, from, new ClosedState(this))) {
            LOG.log(Level.INFO, "circuit ''{0}'' is closed: its target answers again", target);
        }
    }

    /** The trial proved nothing: the next call is the trial, without another wait. */
    void giveTrialBack(CircuitState from, int failedTrials) {
        STATE.compareAndSet(this, from, new OpenState(this, nowNanos(), 0, failedTrials));
    }

    /** The open period after this many failed trials, and the lease of the next one. */
    long openForNanos(int failedTrials) {
        long base = policy.openFor().toNanos();
        long cap = Math.max(base, MAX_GROWN_OPEN_FOR.toNanos());
        long grown = base;
        for (int i = 0; i < failedTrials && grown < cap; i++) {
            grown = Math.min(cap, grown * 2);
        }
        return (long) (grown * random.get().nextDouble(1 - JITTER, 1 + JITTER));
    }
}
