package io.seawall.filter.route;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Several routes: a request that one of them has is one of theirs. Immutable. */
public final class Routes {

    /** Every request is looked for in all of them. */
    static final int MAX_ROUTES = 256;

    /** All requests. */
    public static final Routes ALL = parse("/**");

    private final List<Route> routes;

    Routes(List<Route> routes) {
        this.routes = List.copyOf(routes);
        if (routes.isEmpty() || routes.size() > MAX_ROUTES) {
            throw new IllegalArgumentException(routes.size() + " routes: use 1 to " + MAX_ROUTES + "; '/**' at the end"
                    + " of a path is all below it");
        }
    }

    /**
     * Reads the settings {@code match} and {@code except}.
     *
     * @param text routes with {@code ;} between them: {@code POST /login; /api/**}
     * @return at least one, at most {@value #MAX_ROUTES}
     * @throws IllegalArgumentException if one is no route, or if there are too many
     */
    public static Routes parse(String text) {
        List<Route> routes = new ArrayList<>();
        for (String part : text.split(";", -1)) {
            routes.add(Route.parse(part.strip()));
        }
        return new Routes(routes);
    }

    /**
     * For what limits: whether the request may be one of these, however it is spelled.
     *
     * @param request any
     * @return true in doubt
     */
    public boolean include(RequestLine request) {
        for (int i = 0; i < routes.size(); i++) {
            if (routes.get(i).includes(request)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether the path of a request may be that of one of these, whatever its method is: to say for people what does not fit.
     *
     * @param request any
     * @return true in doubt
     */
    public boolean includePath(RequestLine request) {
        return routes.stream().anyMatch(route -> request.mayFit(route.paths()));
    }

    /**
     * For what exempts: whether the request is one of these beyond doubt.
     *
     * @param request any
     * @return false in doubt
     */
    public boolean exempt(RequestLine request) {
        for (int i = 0; i < routes.size(); i++) {
            if (routes.get(i).isExactly(request)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether a request of these remains where some are exempt; for settings that contradict each other. Only requests that are
     * spelled as the routes are, since no other is ever exempt.
     *
     * @param exempt which requests are exempt, by routes: the sum of several {@link #exempt} or the like
     * @return false if all are exempt
     */
    public boolean anyRemains(Predicate<RequestLine> exempt) {
        return !routes.stream().flatMap(Route::extremes).allMatch(exempt);
    }

    @Override
    public String toString() {
        return routes.stream().map(Route::toString).collect(Collectors.joining("; "));
    }
}
