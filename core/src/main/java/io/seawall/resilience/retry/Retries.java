package io.seawall.resilience.retry;

import io.seawall.resilience.Deadline;
import io.seawall.resilience.Failures;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The retries of one call, from its first failure on: whether there is another attempt, and after what wait. The one place
 * that decides it, for calls of either kind. Not thread-safe: one attempt comes after the other.
 *
 * <p>The budget is asked last, so nobody pays for a retry that is not made. A failure that is given up on is marked, so that
 * only one of nested layers retries it; one that is not to be retried, or not from here, is left as it is.
 */
final class Retries {

    /** Instead of a wait: there is no other attempt. */
    static final long NONE = -1;

    private final RetryRules rules;
    private final Deadline deadline;
    private final BooleanSupplier allowed;
    private int made;
    private long drawnNanos;

    /** How the last attempt failed; null if it has returned. */
    private @Nullable Throwable last;

    /** None is made yet. Allowed is asked after a failure and after a wait. */
    Retries(RetryRules rules, Deadline deadline, BooleanSupplier allowed) {
        this.rules = rules;
        this.deadline = deadline;
        this.allowed = allowed;
    }

    /** How long to wait for the next attempt, in nanoseconds, or {@link #NONE}. */
    long waitAfterFailure(Throwable failure) {
        if (last != null && last != failure && Failures.notAttempted(failure)) {
            failure.addSuppressed(
                    last); // the refusal is why there is an end, and the last failure why there was a refusal
        }
        if (!rules.policy().retries(failure)) {
            return NONE;
        }
        last = failure;
        if (made >= rules.policy().maxRetries()) {
            return giveUp();
        }
        if (RetriesExhaustedException.isMarked(failure, rules) || !allowed.getAsBoolean()) {
            return NONE;
        }
        return next(rules.retryAfter().nanos(failure));
    }

    /** The same after a result that is not good enough. */
    long waitAfterResult() {
        last = null;
        if (made >= rules.policy().maxRetries() || !allowed.getAsBoolean()) {
            return NONE;
        }
        return next(OptionalLong.empty());
    }

    /** Whether the next attempt still makes sense after the wait: which may have been longer than it was told to be. */
    boolean goesOn() {
        if (!allowed.getAsBoolean()) {
            return false;
        }
        if (!deadline.leaves(0)) {
            giveUp();
            return false;
        }
        return true;
    }

    /**
     * What the target asks for is its least: chance comes on top, or all who were told the same would come back together. Who
     * would have to wait for longer than he may does not wait at all.
     */
    private long next(OptionalLong toldNanos) {
        long mostNanos = rules.policy().backoff().max().toNanos();
        long drawn = rules.policy()
                .backoff()
                .nextNanos(made + 1, drawnNanos, rules.random().get());
        if (toldNanos.orElse(0) > mostNanos - drawn) {
            return giveUp();
        }
        long delayNanos = toldNanos.orElse(0) + drawn;
        if (!deadline.leaves(delayNanos) || !rules.tryRetry()) {
            return giveUp();
        }
        made++;
        drawnNanos = drawn;
        return delayNanos;
    }

    private long giveUp() {
        if (last != null && rules.policy().maxRetries() > 0) {
            RetriesExhaustedException.mark(last, rules.target(), made + 1, rules);
        }
        return NONE;
    }
}
