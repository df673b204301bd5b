package io.seawall.resilience.circuitbreaker;

import io.seawall.metrics.Counter;
import io.seawall.resilience.Failures;
import io.seawall.resilience.RejectedException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The circuit of one target, shared by everyone who calls it. Thread-safe; a call in a closed circuit costs one volatile
 * read, and what its {@link RateRule} costs where it has one.
 *
 * <p>Closed, it counts, and opens as its {@link FailureRule} or its {@link RateRule} says. Open, it refuses every call until the open
 * period is over. Half-open, it lets as many trial calls through as its policy says: if all succeed it closes, and the first failure
 * reopens it. Every change is logged once.
 */
public final class CircuitBreaker {

    /** Where a circuit is. */
    public enum State {
        /** Calls go through. */
        CLOSED,
        /** Calls are refused. */
        OPEN,
        /** Trial calls go through, as many as the policy says, others are refused. */
        HALF_OPEN,
        /** Calls are refused until somebody resets the circuit. */
        FORCED_OPEN,
        /** Calls go through, whatever becomes of them, until somebody resets the circuit. */
        DISABLED
    }

    /** Nodes that opened together try again apart. */
    private static final double JITTER = 0.1;

    /** An attempt that its limit ends says so a little later: its failure is to find the lease still there. */
    private static final long LATE_NANOS = 1_000_000_000;

    private static final AtomicReferenceFieldUpdater<CircuitBreaker, CircuitState> STATE =
            AtomicReferenceFieldUpdater.newUpdater(CircuitBreaker.class, CircuitState.class, "state");

    private final String target;
    private final LongSupplier nanoTime;
    private final Supplier<? extends RandomGenerator> random;
    private final CircuitListener listener;
    private final Counter refused = new Counter();
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
     * @param listener told of every new state
     */
    public CircuitBreaker(
            String target,
            BreakerPolicy policy,
            LongSupplier nanoTime,
            Supplier<? extends RandomGenerator> random,
            CircuitListener listener) {
        this.target = target;
        this.policy = policy;
        this.nanoTime = nanoTime;
        this.random = random;
        this.listener = listener;
        this.state = new ClosedState(this, policy);
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

    /**
     * How the circuit stands, for people who look at it.
     *
     * @return all of one state
     */
    public CircuitView view() {
        CircuitState now = state;
        return new CircuitView(
                now.name(),
                policy.words(),
                now.failures(),
                Duration.ofNanos(Math.max(0, nanoTime.getAsLong() - now.sinceNanos)));
    }

    /**
     * Whether a call that came now would be refused for the state that the circuit is in, and not only for want of a free trial. Other
     * than by {@link #state}, an open period that is over is over here: whoever sends a node no calls until this says no
     * would else wait for ever.
     *
     * @return true while the open period lasts, or the circuit is forced open
     */
    public boolean isRefusing() {
        return state.isRefusing();
    }

    /**
     * How many calls it has refused.
     *
     * @return a count since it was made
     */
    public long refused() {
        return refused.sum();
    }

    /** Refuses every call until {@link #reset}. What is under way goes on, and says nothing any more. */
    public void forceOpen() {
        put(new ForcedOpenState(this), "is opened by hand: calls are refused until it is reset");
    }

    /** Lets every call through, and listens to none, until {@link #reset}. */
    public void disable() {
        put(new DisabledState(this), "is disabled by hand: it does not open until it is reset");
    }

    /** Closes the circuit and forgets all counts, also after {@link #forceOpen} and {@link #disable}. */
    public void reset() {
        put(new ClosedState(this, policy), "is reset by hand: it is closed");
        countByNewestPolicy();
    }

    /**
     * Takes another policy; for {@link io.seawall.resilience.pipeline.Targets}. A closed circuit begins to count anew, unless the
     * policy is the same; one that is not closed goes by the new policy from its next change on. What is to be ignored is
     * ignored from now on.
     *
     * @param policy when it opens and for how long
     */
    public void apply(BreakerPolicy policy) {
        this.policy = policy;
        countByNewestPolicy();
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

    /**
     * Lets a call through, or refuses it.
     *
     * @return where the outcome of the call goes
     * @throws CircuitOpenException if it is refused
     */
    Ticket enter() {
        while (true) {
            Ticket ticket = state.enter();
            if (ticket != null) {
                return ticket;
            }
        }
    }

    /** Refuses a call; with how long it is until the next may be tried, if that is known. */
    CircuitOpenException refusal(@Nullable Duration retryAfter) {
        refused.increment();
        return new CircuitOpenException(target, retryAfter);
    }

    /** When a call begins, if its ticket wants to know. */
    long startNanos(Ticket ticket) {
        return ticket.timed() ? nowNanos() : 0;
    }

    /** Tells the ticket of a call how it failed. */
    void onFailure(Ticket ticket, long startedAtNanos, Throwable failure) {
        if (isNeutral(failure)) {
            ticket.onNeutral();
        } else {
            ticket.onFailure(startedAtNanos, wasCutShort(failure));
        }
    }

    /** Whether a failure says nothing about the target. */
    private boolean isNeutral(Throwable failure) {
        return Failures.any(failure, InterruptedException.class::isInstance)
                || Failures.notAttempted(failure)
                || Failures.isCallersFault(failure)
                || Failures.any(failure, this::isIgnored);
    }

    private boolean isIgnored(Throwable failure) {
        for (Class<? extends Throwable> ignored : policy.ignore()) {
            if (ignored.isInstance(failure)) {
                return true;
            }
        }
        return false;
    }

    /** The one refusal of a call that was begun is that of a time limit. */
    private static boolean wasCutShort(Throwable failure) {
        return Failures.any(failure, cause -> cause instanceof RejectedException rejected && rejected.attempted());
    }

    boolean isIn(CircuitState asked) {
        return state == asked;
    }

    long nowNanos() {
        return nanoTime.getAsLong();
    }

    /** The next callers are the trial, unless the circuit has moved on. */
    void startTrial(CircuitState from, int failedTrials) {
        BreakerPolicy by = policy;
        if (STATE.compareAndSet(this, from, new HalfOpenState(this, by, failedTrials))) {
            tell(
                    from.name(),
                    State.HALF_OPEN,
                    by.probes() == 1
                            ? "is half-open: one trial call goes through"
                            : "is half-open: " + by.probes() + " trial calls go through");
        }
    }

    private void put(CircuitState next, String words) {
        tell(STATE.getAndSet(this, next).name(), next.name(), words);
    }

    private void tell(State from, State to, String words) {
        listener.changed(from, to, "circuit '" + target + "' " + words);
    }

    /** After too much of what a rule forbids. */
    void open(ClosedState from, String tooMany) {
        open(from, 0, tooMany);
    }

    /** After this many failed trials. */
    void reopen(CircuitState from, int failedTrials) {
        open(from, failedTrials, "a failed trial call");
    }

    private void open(CircuitState from, int failedTrials, String why) {
        long openForNanos = openForNanos(failedTrials);
        if (STATE.compareAndSet(this, from, new OpenState(this, nowNanos(), openForNanos, failedTrials))) {
            long millis = Duration.ofNanos(openForNanos).toMillis();
            tell(from.name(), State.OPEN, "is open after " + why + ": calls are refused for " + millis + " ms");
        }
    }

    void close(CircuitState from) {
        if (STATE.compareAndSet(this, from, new ClosedState(this, policy))) {
            tell(from.name(), State.CLOSED, "is closed: its target answers again");
            countByNewestPolicy();
        }
    }

    /**
     * A circuit that closes while its policy is changed may have read the old one. So whoever changes either looks at the other
     * afterwards; one of them is the later one and sees both.
     */
    private void countByNewestPolicy() {
        while (state instanceof ClosedState closed && !closed.policy.equals(policy)) {
            STATE.compareAndSet(this, closed, new ClosedState(this, policy));
        }
    }

    /** How long a probe may take, after this many failed trials. */
    long leaseNanos(int failedTrials) {
        long longest = longestAttemptNanos;
        return Math.max(openForNanos(failedTrials), longest == 0 ? 0 : longest + LATE_NANOS);
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
