package io.seawall.interceptors;

import io.seawall.resilience.retry.Jitter;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * When a failed call is made again: the delay before retry {@code n} is drawn by {@code jitter} from
 * {@code min(maxBackoff, backoff · 2^(n-1))}. Waits on the thread of the caller.
 *
 * <p>Never retried: an {@link Error}, an {@link InterruptedException}, and a call that Seawall itself refused.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({})
public @interface Retry {

    /**
     * Calls after the first.
     *
     * @return 0 to 100; 0 switches retrying off
     */
    int maxRetries() default 2;

    /**
     * The longest delay before the first retry.
     *
     * @return a duration, 1 ms to 1 h
     */
    String backoff() default "100ms";

    /**
     * The longest delay of all.
     *
     * @return a duration, from {@code backoff} to 1 h
     */
    String maxBackoff() default "5s";

    /**
     * How chance spreads the delays.
     *
     * @return the jitter
     */
    Jitter jitter() default Jitter.FULL;

    /**
     * Failures to retry, with their subclasses.
     *
     * @return exception classes; empty, the default, for every {@link Exception}
     */
    Class<? extends Throwable>[] on() default {};

    /**
     * Failures never to retry, with their subclasses; stronger than {@code on}.
     *
     * @return exception classes; none by default
     */
    Class<? extends Throwable>[] abortOn() default {};
}
