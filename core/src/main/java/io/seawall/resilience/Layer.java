package io.seawall.resilience;

/**
 * One pattern: how it wraps calls of either kind. What it knows of its target is shared by both.
 *
 * @param <C> what is called
 */
public interface Layer<C> {

    /**
     * Wraps calls that return their result.
     *
     * @param inner what is wrapped
     * @return the pattern around it
     */
    Strategy<C> around(Strategy<C> inner);

    /**
     * Wraps calls whose result comes later.
     *
     * @param inner what is wrapped
     * @return the pattern around it
     */
    AsyncStrategy<C> aroundAsync(AsyncStrategy<C> inner);
}
