package io.seawall.probe.web;

import io.seawall.probe.beans.CheckedFailureException;
import io.seawall.probe.beans.GuardedBean;
import io.seawall.probe.beans.Run;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Calls a target that always fails: once, and then its circuit is open. {@code /fragile/async} does so when it is dispatched again,
 * {@code /fragile/begun} when the answer is under way.
 */
@WebServlet(
        urlPatterns = {"/fragile", "/fragile/*"},
        asyncSupported = true)
public class FragileServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Inject
    @SuppressWarnings("serial") // A proxy of the container's; servlets are not written anywhere.
    GuardedBean bean;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        boolean async = "/async".equals(request.getPathInfo());
        if (async && request.getDispatcherType() == DispatcherType.REQUEST) {
            AsyncContext context = request.startAsync();
            context.dispatch();
            return;
        }
        response.getWriter().write("<p>never seen, unless it is under way");
        if ("/begun".equals(request.getPathInfo())) {
            response.flushBuffer();
        }
        try {
            bean.fragile(new Run(1, false));
        } catch (CheckedFailureException e) {
            throw new ServletException(e);
        }
    }
}
