package io.seawall.filter;

import jakarta.servlet.http.HttpServletRequest;

/**
 * What becomes of the requests by which browsers ask whether a page of another origin may send its own: the choices of the
 * init-param {@code preflights}. A browser sends them unasked and without credentials, and a refused one is shown as a
 * failure of the network.
 */
enum Preflights {

    /** They go on, neither counted nor told where the client stands. */
    EXEMPT,

    /** They are requests like others. */
    COUNT;

    /** By the Fetch standard, section 3.2.2 (CORS protocol, HTTP requests). */
    boolean exempts(HttpServletRequest request) {
        return this == EXEMPT
                && "OPTIONS".equals(request.getMethod())
                && request.getHeader("Origin") != null
                && request.getHeader("Access-Control-Request-Method") != null;
    }
}
