package io.seawall.filter.route;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What requests cost by their routes: the first route that has a request says it; a request that none has costs 1.
 *
 * @param costs in the order in which they are asked
 */
record RouteCosts(List<RouteCost> costs) implements RequestCost {

    private static final String GRAMMAR = "write ROUTE = PERMITS, for example POST /api/export = 50";

    /**
     * The cost of one route.
     *
     * @param route which requests
     * @param permits what each costs, 0 to {@link RequestCost#MAX}
     */
    record RouteCost(Route route, long permits) {

        RouteCost {
            if (permits < 0 || permits > MAX) {
                throw new IllegalArgumentException(
                        "'" + route + "' costs " + permits + " permits: use 0 to " + MAX + " (2^53 - 1)");
            }
        }

        @Override
        public String toString() {
            return route + " = " + permits;
        }
    }

    RouteCosts {
        costs = List.copyOf(costs);
        if (costs.size() > Routes.MAX_ROUTES) {
            throw new IllegalArgumentException(costs.size() + " routes: use at most " + Routes.MAX_ROUTES
                    + "; '/**' at the end of a path is all below it");
        }
    }

    /** Reads {@code POST /api/export = 50; GET /api/search/** = 5}. */
    static RouteCosts parse(String text) {
        List<RouteCost> costs = new ArrayList<>();
        Set<String> routes = new HashSet<>();
        for (String part : text.split(";", -1)) {
            RouteCost cost = cost(part.strip());
            if (!routes.add(cost.route().toString())) {
                throw new IllegalArgumentException(
                        "'" + part.strip() + "' is never reached: the same route has a cost before it; delete one");
            }
            costs.add(cost);
        }
        return new RouteCosts(costs);
    }

    private static RouteCost cost(String text) {
        int equals = text.lastIndexOf('=');
        if (equals < 0) {
            throw new IllegalArgumentException("'" + text + "' is no cost of a route: " + GRAMMAR);
        }
        Route route = Route.parse(text.substring(0, equals).strip());
        String permits = text.substring(equals + 1).strip();
        boolean digits = !permits.isEmpty() && permits.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits) {
            throw new IllegalArgumentException("'" + permits + "' is no number of permits: " + GRAMMAR);
        }
        // 19 digits may not fit a long; anything that long is beyond the range anyway.
        return new RouteCost(route, permits.length() > 18 ? Long.MAX_VALUE : Long.parseLong(permits));
    }

    @Override
    public long of(HttpServletRequest request, RequestLine line) {
        return of(line);
    }

    /**
     * Of all ways to read a request the dearest counts. So a route that has it only by a generous reading can make it dearer
     * than what follows, but not cheaper.
     */
    long of(RequestLine line) {
        long dearest = 0;
        for (int i = 0; i < costs.size(); i++) {
            RouteCost cost = costs.get(i);
            if (cost.route().includes(line)) {
                dearest = Math.max(dearest, cost.permits());
                if (cost.route().isExactly(line)) {
                    return dearest;
                }
            }
        }
        return Math.max(dearest, 1);
    }

    @Override
    public long most() {
        return costs.stream().mapToLong(RouteCost::permits).reduce(1, Math::max);
    }

    @Override
    public boolean isFree(RequestLine line) {
        return costs.stream().allMatch(cost -> cost.permits() == 0) && of(line) == 0;
    }

    @Override
    public String toString() {
        return costs.stream().map(RouteCost::toString).collect(Collectors.joining("; "));
    }
}
