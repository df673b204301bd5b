package com.example;

import io.seawall.filter.RateLimits;
import io.seawall.ratelimit.LimitOverride;
import jakarta.servlet.annotation.HttpConstraint;
import jakarta.servlet.annotation.ServletSecurity;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Other permits for one client, and a new start. For administrators. */
@WebServlet("/admin/limits")
@ServletSecurity(@HttpConstraint(rolesAllowed = "admin"))
public final class LimitsServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private RateLimits limits() {
        return RateLimits.of(getServletContext(), "RateLimitFilter");
    }

    /** What is set now. */
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        for (LimitOverride override : limits().list()) {
            response.getWriter().println(override);
        }
    }

    /** PUT /admin/limits?client=ip+192.0.2.1&permits=1000 */
    @Override
    protected void doPut(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            long permits = Long.parseLong(required(request, "permits"));
            RateLimits limits = limits();
            limits.set("default", "default", limits.client(required(request, "client")), permits);
        } catch (IllegalArgumentException e) {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST, e.getMessage());
        }
    }

    /** DELETE /admin/limits?client=ip+192.0.2.1: as configured again, and nothing used. */
    @Override
    protected void doDelete(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            String client = required(request, "client");
            RateLimits limits = limits();
            limits.remove("default", "default", limits.client(client));
            limits.reset("default", client);
        } catch (IllegalArgumentException e) {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST, e.getMessage());
        }
    }

    private static String required(HttpServletRequest request, String name) {
        String value = request.getParameter(name);
        if (value == null) {
            throw new IllegalArgumentException("the parameter '" + name + "' is missing");
        }
        return value;
    }
}
