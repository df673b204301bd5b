package io.seawall.interceptors;

import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Runs the calls of a bean's method through {@code Fallback( Stale( Deadline( Retry( CircuitBreaker( AttemptTimeout( Bulkhead( call )))))))}. A
 * plain {@code @Resilient} means two retries, 100 ms and 200 ms later at most, as long as no more than a tenth of all calls are retries,
 * and one a second; and a circuit that opens on 5 failures within 30 s for 30 s.
 *
 * <pre>{@code
 * @Resilient(target = "payments", timeout = "2s", fallback = "chargeLater")
 * public Receipt charge(Order order) { ... }
 *
 * Receipt chargeLater(Order order) { ... }
 * }</pre>
 *
 * <p>On a class it stands for every business method; on a method it replaces what stands on the class, as a whole. It works
 * where CDI intercepts: on methods that are neither private nor static nor final, called from outside the bean.
 *
 * <p>A method that returns a {@link java.util.concurrent.CompletionStage} or {@link java.util.concurrent.CompletableFuture} is
 * guarded until that has its result, and no thread waits meanwhile.
 *
 * <p>Every member but {@code target} can be set from outside, without a rebuild, by the system property
 * {@code seawall.<target>.<member>}, else the environment variable of that name in upper case with {@code _} for everything
 * but letters and digits: {@code seawall.payments.timeout=500ms}, {@code seawall.payments.retry.maxRetries=0},
 * {@code SEAWALL_PAYMENTS_BREAKER_OPENFOR=10s}.
 *
 * <p>A value that is not allowed, here or outside, stops the deployment with a definition error that names class, method
 * and member.
 *
 * <p>Durations are a whole number and {@code ms}, {@code s}, {@code m}, {@code h} or {@code d}.
 */
@InterceptorBinding
@Inherited
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Resilient {

    /**
     * The dependency that is called. All methods of one target share its circuit, and must agree on its rule.
     *
     * @return a name; empty, the default, for a target of its own: class name, {@code .}, method name
     */
    @Nonbinding
    String target() default "";

    /**
     * How long one attempt may take, 1 ms to 1 h. The thread of the caller is interrupted then, and a
     * {@link io.seawall.resilience.timeout.TimeLimitExceededException} thrown, which is retried and counts as a failure.
     *
     * @return a duration; empty, the default, for no limit
     */
    @Nonbinding
    String timeout() default "";

    /**
     * Whether the thread of an attempt that takes too long is interrupted. If not, the attempt ends when it ends, and its result is
     * dropped: for code that must not be interrupted.
     *
     * @return true by default
     */
    @Nonbinding
    boolean interrupt() default true;

    /**
     * How long a call may take with all its attempts, 1 ms to 1 h. An attempt ends then, as with {@code timeout}; a retry that would begin
     * later is not made, and the last failure thrown at once.
     *
     * @return a duration; empty, the default, for no deadline
     */
    @Nonbinding
    String deadline() default "";

    /**
     * When a failed call is made again.
     *
     * @return the retry
     */
    @Nonbinding
    Retry retry() default @Retry;

    /**
     * When the target is not called for a while.
     *
     * @return the circuit breaker
     */
    @Nonbinding
    Breaker breaker() default @Breaker;

    /**
     * How many calls may be under way at a time. All methods of a target share the places, and must agree on their number.
     *
     * @return the bulkhead
     */
    @Nonbinding
    Bulkhead bulkhead() default @Bulkhead;

    /**
     * How old the last good answer may be that is given in place of a failure. It comes before the fallback.
     *
     * @return the stale answers; none by default
     */
    @Nonbinding
    Stale stale() default @Stale;

    /**
     * What is allowed while a transaction is under way that was begun outside. A transaction that is marked for rollback is
     * never retried into, in no mode.
     *
     * @return the mode
     */
    @Nonbinding
    TransactionMode transaction() default TransactionMode.NO_RETRY;

    /**
     * The method that answers when the call has failed for good or was refused: in the class that declares the guarded method or
     * above it, with the same parameters and a return type that fits. A further, last parameter may take the failure, without what
     * containers and the JDK have put around it; then the method answers for failures of that type. There may be several of
     * the name: the one of the nearest type answers, else the one without such a parameter; if there is none, the failure is
     * thrown. Not allowed on a class.
     *
     * @return the name of the method; empty, the default, for none
     */
    @Nonbinding
    String fallback() default "";
}
