package io.seawall.resilience.circuitbreaker;

import io.seawall.time.DurationText;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The circuit of one target, shared by everyone who calls it. Thread-safe; a call in a closed circuit costs one volatile
 * read.
 *
 * <p>Closed, it counts failures, and opens as its {@link FailureRule} says. Open, it refuses every call until the open period is
 * over. Half-open, it lets one trial call through, whose success closes and whose failure reopens it. Every change is logged
 * once. Of its policy, rates, more than one probe and failures to ignore are without effect.
 */
public final class CircuitBreaker {

    /** Where a circuit is. */
    public enum State {
        /** Calls go through. */
        CLOSED,
        /** Calls are refused. */
        OPEN,
        /** One trial call is under way, others are refused. */
        HALF_OPEN,
        /** Calls are refused until somebody resets the circuit. */
        FORCED_OPEN,
        /** Calls go through, whatever becomes of them, until somebody resets the circuit. */
        DISABLED
    }

    private static final Logger LOG = System.getLogger(CircuitBreaker.class.getName());

    /** Nodes that opened together try again apart. */
    private static final double JITTER = 0.1;

    private static final AtomicReferenceFieldUpdater<CircuitBreaker, CircuitState> STATE =
            AtomicReferenceFieldUpdater.newUpdater(CircuitBreaker.class, CircuitState.class, "state");

    private final String target;
    private final LongSupplier nanoTime;
    private final Supplier<? extends RandomGenerator> random;
    private final Consumer<State> changed;
    private volatile BreakerPolicy policy;
    private volatile long longestAttemptNanos;
    private volatile CircuitState state;

    /**
     * A closed circuit.
     *
     * @param target whose circuit it is; for messages
     * @param policy when it opens and for how long
     * @param nanoTime monotonic time in nanoseconds since any origin, as {@link System#nanoTime}
     * @param random the source of chance for the calling thread
     * @param changed told of every new state, on the thread that brought it about; short, throws nothing
     */
    public CircuitBreaker(
            String target,
            BreakerPolicy policy,
            LongSupplier nanoTime,
            Supplier<? extends RandomGenerator> random,
            Consumer<State> changed) {
        this.target = target;
        this.policy = policy;
        this.nanoTime = nanoTime;
        this.random = random;
        this.changed = changed;
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

    /** Refuses every call until {@link #reset}. What is under way goes on, and says nothing any more. */
    public void forceOpen() {
        LOG.log(Level.WARNING, "circuit ''{0}'' is opened by hand: calls are refused until it is reset", target);
        put(new ManualState(this, State.FORCED_OPEN));
    }

    /** Lets every call through, and listens to none, until {@link #reset}. */
    public void disable() {
        LOG.log(Level.WARNING, "circuit ''{0}'' is disabled by hand: it does not open until it is reset", target);
        put(new ManualState(this, State.DISABLED));
    }

    /** Closes the circuit and forgets all counts, also after {@link #forceOpen} and {@link #disable}. */
    public void reset() {
        LOG.log(Level.INFO, "circuit ''{0}'' is reset by hand: it is closed", target);
        put(new ClosedState(this));
    }

    /**
     * Takes another policy; for {@link io.seawall.resilience.pipeline.Targets}. A closed circuit begins to count anew; one that is
     * not goes by the new policy from its next change on.
     *
     * @param policy when it opens and for how long
     */
    public void apply(BreakerPolicy policy) {
        this.policy = policy;
        CircuitState current = state;
        if (current.name() == State.CLOSED) {
            STATE.compareAndSet(this, current, new ClosedState(this));
        }
    }

    /**
     * Says how long an attempt may be under way; for {@link io.seawall.resilience.pipeline.Targets}. A trial call is given
     * no less.
     *
     * @param longest the longest limit of an attempt among those that call the target
     */
    public void attemptsMayTake(Duration longest) {
        longestAttemptNanos = longest.toNanos();
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
        changed.accept(State.HALF_OPEN);
        return trial;
    }

    private void put(CircuitState next) {
        state = next;
        changed.accept(next.name());
    }

    /** After too many failures. */
    void open(ClosedState from, FailureRule broken) {
        open(from, 0, broken.failures() + " failures within " + DurationText.format(broken.within()));
    }

    /** After this many failed trials. */
    void reopen(CircuitState from, int failedTrials) {
        open(from, failedTrials, "a failed trial call");
    }

    private void open(CircuitState from, int failedTrials, String why) {
        long openForNanos = openForNanos(failedTrials);
        if (STATE.compareAndSet(this, from, new OpenState(this, nowNanos(), openForNanos, failedTrials))) {
            LOG.log(
                    Level.WARNING,
                    "circuit ''{0}'' is open after {1}: calls are refused for {2} ms",
                    target,
                    why,
                    Long.toString(Duration.ofNanos(openForNanos).toMillis())); // a number would be grouped by locale
            changed.accept(State.OPEN);
        }
    }

    void close(CircuitState from) {
        if (STATE.compareAndSet(this, from, new ClosedState(this))) {
            LOG.log(Level.INFO, "circuit ''{0}'' is closed: its target answers again", target);
            changed.accept(State.CLOSED);
        }
    }

    /** The trial proved nothing: the next call is the trial, without another wait. */
    void giveTrialBack(CircuitState from, int failedTrials) {
        STATE.compareAndSet(this, from, new OpenState(this, nowNanos(), 0, failedTrials));
    }

    /** How long the trial after this many failed ones may take. */
    long leaseNanos(int failedTrials) {
        return Math.max(openForNanos(failedTrials), longestAttemptNanos);
    }

    /** The open period after this many failed trials. */
    private long openForNanos(int failedTrials) {
        OpenPeriod open = policy.open();
        long base = open.first().toNanos();
        long cap = open.longest().toNanos();
        long grown = base;
        for (int i = 0; i < failedTrials && grown < cap; i++) {
            grown = Math.min(cap, grown * 2);
        }
        return (long) (grown * random.get().nextDouble(1 - JITTER, 1 + JITTER));
    }
}
