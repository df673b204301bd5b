package io.seawall.filter;

import io.seawall.ratelimit.QuotaPolicy;
import jakarta.servlet.http.HttpServletRequest;

/** How many permits a request takes. Thread-safe. */
@FunctionalInterface
interface RequestCost {

    /** More than any limit has. */
    long MAX = QuotaPolicy.MAX_PERMITS;

    /** What a request costs if nothing else is said. */
    RequestCost ONE = (request, line) -> 1;

    /**
     * What a request costs.
     *
     * @param line of the same request
     * @return 0 to {@link #MAX}; 0: it is not counted
     */
    long of(HttpServletRequest request, RequestLine line);

    /** The most that a request can cost, as far as that is known beforehand: no limit may have fewer permits. */
    default long most() {
        return 1;
    }

    /** Reads costs of routes ({@link RouteCosts#parse}), or the name of a class that is a {@link CostFunction}. */
    static RequestCost parse(String text) {
        return text.indexOf('=') >= 0 || text.indexOf('/') >= 0
                ? RouteCosts.parse(text)
                : checked(text, ApplicationClass.newInstance(text, CostFunction.class));
    }

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
