package com.example;

import io.seawall.filter.RateLimits;
import io.seawall.ratelimit.LimitOverride;
import io.seawall.ratelimit.LimitOverride.Scope;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The shop's own page for its limits. Only administrators may reach it: see {@code web.xml}. */
public final class LimitsPage extends HttpServlet {

    private static final long serialVersionUID = 1L;

    /** What has been changed, one line each. */
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        for (LimitOverride override : limits().list()) {
            response.getWriter()
                    .println(override.policies() + " " + override.limit() + " "
                            + override.scope().kind() + " " + override.permits());
        }
    }

    /** {@code ?client=ip 192.0.2.1&permits=1000} gives one client more, {@code ?permits=50} everybody less. */
    @Override
    protected void doPut(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            limits().set("default", "default", scope(request), Long.parseLong(request.getParameter("permits")));
        } catch (IllegalArgumentException e) {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST, e.getMessage());
        }
    }

    /** What has been changed holds no more. */
    @Override
    protected void doDelete(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!limits().remove("default", "default", scope(request))) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        }
    }

    /** {@code ?client=ip 192.0.2.1} lets a client begin anew. */
    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) {
        limits().reset("default", request.getParameter("client"));
    }

    private RateLimits limits() {
        return RateLimits.of(getServletContext(), "RateLimitFilter");
    }

    private static Scope scope(HttpServletRequest request) {
        String client = request.getParameter("client");
        return client == null ? Scope.all() : Scope.client(client);
    }
}
