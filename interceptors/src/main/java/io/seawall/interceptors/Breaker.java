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
 * <p>Everything thrown is a failure, but for an {@link InterruptedException} and calls that Seawall refused further inside.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({})
public @interface Breaker {

    /**
     * The circuit opens on this failure.
     *
     * @return 0 to 1000; 0 switches the circuit breaker off
     */
    int failures() default 5;

    /**
     * The time that the failures must fall into.
     *
     * @return a duration, 1 ms to 1 h
     */
    String within() default "30s";

    /**
     * How long calls are refused before the first trial call; spread by ±10 %, and doubled each time that a trial fails, up to
     * the longer of this and 5 minutes.
     *
     * @return a duration, 1 ms to 1 h
     */
    String openFor() default "30s";
}
