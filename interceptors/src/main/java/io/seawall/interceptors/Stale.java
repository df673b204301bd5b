package io.seawall.interceptors;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The last good answer where a call fails or is refused: what the method returned last for the same arguments, if it is not
 * older than {@code maxAge}. What blames the caller passes, as {@link Retry#on} has it, and what a fallback gave is never
 * kept. Each method keeps answers of its own.
 *
 * <p>Arguments are compared by {@link Object#equals}, arrays by what is in them. It is the same object that is given again and again, to
 * several callers at once: it and the arguments must not change. What an answer depends on must be an argument, who asks for it too,
 * else one user gets the answer of another. So not for beans of one client, as of a session; nor for methods that return nothing, or
 * what can be used only once.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({})
public @interface Stale {

    /**
     * The oldest answer that is given.
     *
     * @return a duration, 1 ms to 7 d; empty, the default, for no such answers
     */
    String maxAge() default "";

    /**
     * For how many different arguments an answer is kept. Beyond that, those that are asked for seldom are forgotten.
     *
     * @return 1 to 100,000
     */
    int maxEntries() default StaleSettings.MAX_ENTRIES;

    /**
     * A call that takes longer than this is answered by the last answer, while it goes on.
     *
     * <p>If the method returns its result, the call is made on another thread as soon as there is an answer to give: without the
     * transaction, the security context, the request and the {@code ThreadLocal}s of its caller. So not inside a transaction, and never
     * of an EJB: there the caller waits. Give the method a {@link Resilient#timeout}, so that its calls have an end.
     *
     * @return a duration, 1 ms to 1 h; empty, the default, for never
     */
    String softDeadline() default "";
}
