package io.seawall.filter.route;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Says what a request costs: how many permits it takes from each limit. Named by class in the setting {@code cost} of a
 * policy; the class is public and has a public constructor without arguments.
 *
 * <p>One object serves all requests at once, so it must be thread-safe. It is asked before the request is decided, on the
 * request's thread: it should not block, and it must not read the body, which is the application's to read.
 */
@FunctionalInterface
public interface CostFunction {

    /**
     * What a request costs.
     *
     * @param request the request, as this filter sees it
     * @return permits, 0 to 2^53 - 1; 0: the request is not counted. What it throws fails the request, and so does a number
     *     out of range: what cannot be counted is not served
     */
    long cost(HttpServletRequest request);
}
