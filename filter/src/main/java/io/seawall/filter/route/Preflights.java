package io.seawall.filter.route;

import jakarta.servlet.http.HttpServletRequest;

/**
 * What becomes of the requests by which browsers ask whether a page of another origin may send its own: the choices of the
 * init-param {@code preflights}. A browser sends them unasked and without credentials, and a refused one is shown as a
 * failure of the network.
 */
public enum Preflights {

    /** They go on, neither counted nor told where the client stands. */
    EXEMPT,

    /** They are requests like others. */
    COUNT;

    /**
     * Whether a request is a preflight, and is not counted.
     *
     * @param request any
     * @return by the Fetch standard, section 3.2.2 (CORS protocol, HTTP requests)
     */
    public boolean exempts(HttpServletRequest request) {
        return this == EXEMPT
                && "OPTIONS".equals(request.getMethod())
                && request.getHeader("Origin") != null
                && request.getHeader("Access-Control-Request-Method") != null;
    }
}
