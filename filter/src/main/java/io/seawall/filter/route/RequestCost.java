package io.seawall.filter.route;

import io.seawall.filter.settings.ApplicationClass;
import io.seawall.ratelimit.QuotaPolicy;
import jakarta.servlet.http.HttpServletRequest;

/** How many permits a request takes. Thread-safe. */
@FunctionalInterface
public interface RequestCost {

    /** More than any limit has. */
    long MAX = QuotaPolicy.MAX_PERMITS;

    /** What a request costs if nothing else is said. */
    RequestCost ONE = (request, line) -> 1;

    /**
     * What a request costs.
     *
     * @param request which is only read
     * @param line of the same request
     * @return 0 to {@link #MAX}; 0: it is not counted
     */
    long of(HttpServletRequest request, RequestLine line);

    /**
     * The most that a request can cost, as far as that is known beforehand: no limit may have fewer permits.
     *
     * @return 1 or more
     */
    default long most() {
        return 1;
    }

    /**
     * Whether a request is known beforehand to be free, among others that are as well: with a class of the application nothing
     * is known, and where any route costs something, that is what the policy is for.
     *
     * @param line of the request
     * @return true if no request costs more than 1, and this one costs nothing
     */
    default boolean isFree(RequestLine line) {
        return false;
    }

    /**
     * Reads the setting {@code cost}.
     *
     * @param text costs of routes, for example {@code POST /api/export = 50; GET /api/search/** = 5}, or the name of a class
     *     that is a {@link CostFunction}
     * @return the costs
     * @throws IllegalArgumentException if it is neither; the message says how to mend it
     */
    static RequestCost parse(String text) {
        return text.indexOf('=') >= 0 || text.indexOf('/') >= 0
                ? RouteCosts.parse(text)
                : checked(text, ApplicationClass.newInstance(text, CostFunction.class));
    }

    /** What a function says; a number out of range fails the request. */
    private static RequestCost checked(String name, CostFunction function) {
        return (request, line) -> {
            long cost = function.cost(request);
            if (cost < 0 || cost > MAX) {
                throw new IllegalStateException(name + " says that a request costs " + cost
                        + " permits: it must say 0 to " + MAX + " (2^53 - 1)");
            }
            return cost;
        };
    }
}
