package io.seawall.interceptors;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * When a target is not called for a while: its circuit opens on the last of {@code failures} within {@code within}. While
 * it is open, calls fail at once with {@link io.seawall.resilience.circuitbreaker.CircuitOpenException}. After
 * {@code openFor} one trial call decides whether it closes.
 *
 * <p>Everything thrown is a failure, but for an {@link InterruptedException}, calls that Seawall refused further inside, and what blames
 * the caller, as {@link Retry#on} has it.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({})
public @interface Breaker {

    /**
     * The circuit opens on this failure.
     *
     * @return 0 to 1000; 0 for no such rule: without any, there is no circuit breaker
     */
    int failures() default 5;

    /**
     * The time that the failures must fall into.
     *
     * @return a duration, 1 ms to 1 h
     */
    String within() default "30s";

    /**
     * The circuit also opens when at least this part of the calls has failed.
     *
     * @return 0 to 100; 0, the default, for no such rule
     */
    int failurePercent() default 0;

    /**
     * The circuit also opens when at least this part of the calls was slow.
     *
     * @return 0 to 100; 0, the default, for no such rule
     */
    int slowPercent() default 0;

    /**
     * A call that takes longer than this is slow.
     *
     * @return a duration, 1 ms to 1 h; empty, the default, without {@code slowPercent}
     */
    String slowerThan() default "";

    /**
     * With fewer calls than this, no part of them is judged. Only with {@code failurePercent} or {@code slowPercent}.
     *
     * @return 1 to 1,000,000; 20 by default
     */
    int minCalls() default BreakerSettings.MIN_CALLS;

    /**
     * Judges a part of the last calls, however long ago they were, and not of those {@code within} a time. Only with
     * {@code failurePercent} or {@code slowPercent}.
     *
     * @return how many calls, 1 to 10,000; 0, the default, for a time
     */
    int lastCalls() default 0;

    /**
     * How long calls are refused before the first trial call; spread by ±10 %, and doubled each time that a trial fails, up to
     * {@code maxOpenFor}.
     *
     * @return a duration, 1 ms to 1 h
     */
    String openFor() default "30s";

    /**
     * The longest time that calls are refused.
     *
     * @return a duration, {@code openFor} to 1 h; empty, the default, for the longer of {@code openFor} and 1 minute
     */
    String maxOpenFor() default "";

    /**
     * How many trial calls are let through after that; the circuit closes when all have succeeded.
     *
     * @return 1 to 100
     */
    int probes() default 1;

    /**
     * Failures that say nothing about the target, with their subclasses.
     *
     * @return exception classes; none by default
     */
    Class<? extends Throwable>[] ignore() default {};
}
