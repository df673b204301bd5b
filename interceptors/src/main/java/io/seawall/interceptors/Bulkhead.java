package io.seawall.interceptors;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * How many calls of a target may be under way at a time. One more waits for {@code maxWait} at most, in the order in which they came, or fails
 * at once with {@link io.seawall.resilience.bulkhead.BulkheadFullException}. A place is held until the call has truly ended.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({})
public @interface Bulkhead {

    /**
     * Calls under way at a time.
     *
     * @return 0 to 100,000; 0, the default, for any number
     */
    int max() default 0;

    /**
     * How long a call may wait for a place; as many may wait as there are places. Less than {@code timeout}, if there is one; only with
     * {@code max}.
     *
     * @return a duration; empty, the default, for not at all
     */
    String maxWait() default "";
}
