package io.seawall.probe.web;

import io.seawall.probe.beans.CheckedFailureException;
import io.seawall.probe.beans.GuardedBean;
import io.seawall.probe.beans.Run;
import jakarta.inject.Inject;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Calls a target that always fails: once, and then its circuit is open. {@code /fragile/async} does so when it is dispatched again,
 * {@code /fragile/length} and {@code /fragile/cached} after they have promised a longer answer.
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
            request.startAsync().dispatch();
            return;
        }
        if ("/length".equals(request.getPathInfo()) || "/cached".equals(request.getPathInfo())) {
            response.setContentLength(5000);
            response.getOutputStream().print("<p>never seen");
        } else {
            response.getWriter().write("<p>never seen");
        }
        try {
            bean.fragileBehindServlet(new Run(1, false));
        } catch (CheckedFailureException e) {
            throw new ServletException(e);
        }
    }
}
