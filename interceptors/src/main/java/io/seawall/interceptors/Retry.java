package io.seawall.interceptors;

import io.seawall.resilience.retry.Growth;
import io.seawall.resilience.retry.Jitter;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.function.Predicate;

/**
 * When a failed call is made again: the delay before retry {@code n} is drawn by {@code jitter} from
 * {@code min(maxBackoff, backoff · 2^(n-1))}. Waits on the thread of the caller. If the failure says when to come again ({@code Retry-After}),
 * the delay begins then; if both together are longer than {@code maxBackoff}, there is no retry.
 *
 * <p>Never retried: an {@link Error}, an {@link InterruptedException}, a call that Seawall itself refused, and a failure on which a guarded
 * method further inside has given up.
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
     * How the delays grow.
     *
     * @return the growth
     */
    Growth growth() default Growth.EXPONENTIAL;

    /**
     * How chance spreads the delays.
     *
     * @return the jitter
     */
    Jitter jitter() default Jitter.FULL;

    /**
     * Failures to retry, with their subclasses.
     *
     * @return exception classes; empty, the default, for every {@link Exception} but those that blame the caller: {@link
     *     IllegalArgumentException}, a validation's {@code ConstraintViolationException}, classes with {@code @ApplicationException}, and what JAX-RS
     *     has for 4xx but 408, 425 and 429
     */
    Class<? extends Throwable>[] on() default {};

    /**
     * Failures never to retry, with their subclasses; stronger than {@code on}.
     *
     * @return exception classes; none by default
     */
    Class<? extends Throwable>[] abortOn() default {};

    /**
     * Results that are not good enough: a call is made again if one of these predicates, asked in order, is true for what it returned, or for what its
     * {@link java.util.concurrent.CompletionStage} came to, null too. When there is no other attempt, the last result is
     * returned as it is. To the circuit breaker, it is a success; {@code on} and {@code abortOn} are about failures alone. What
     * a predicate throws, the call throws.
     *
     * @return classes with a constructor without parameters, for what the method returns; one object of each is made at deployment,
     *     and asked by several threads at once; none by default
     */
    Class<? extends Predicate<?>>[] onResult() default {};

    /**
     * How many retries all calls of the target may have together, over ten seconds and over one: a part of its calls, and some a
     * second besides. Where it is used up, the last failure is thrown at once. All methods of a target must agree on it.
     *
     * @return a part and a number, or one of them; {@code none} for no bound
     */
    String budget() default "10% + 1/s";
}
