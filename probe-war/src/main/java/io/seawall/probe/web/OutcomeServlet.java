package io.seawall.probe.web;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Writer;

/** Ends as its path says, {@code /HOW/STATUS}, behind the filters that charge by the outcome. */
@WebServlet(
        urlPatterns = {"/count/*", "/refund/*"},
        asyncSupported = true)
public class OutcomeServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final long TIMEOUT_MILLIS = 100;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        String[] path = request.getPathInfo().split("/", -1);
        int status = Integer.parseInt(path[2]);
        switch (path[1]) {
            case "plain" -> response.setStatus(status);
            case "error" -> response.sendError(status);
            case "throw" -> throw new ServletException("as asked");
            case "complete" -> {
                AsyncContext async = request.startAsync();
                async.start(() -> {
                    response.setStatus(status);
                    async.complete();
                });
            }
            case "dispatch" -> request.startAsync().dispatch(request.getServletPath() + "/plain/" + status);
            case "dispatch-to-throw" -> request.startAsync().dispatch(request.getServletPath() + "/throw/" + status);
            case "timeout" -> request.startAsync().setTimeout(TIMEOUT_MILLIS);
            case "read-parameter" -> {
                request.getParameter("x");
                response.setStatus(status);
            }
            case "read-body" -> {
                request.getInputStream().readAllBytes();
                response.setStatus(status);
            }
            case "read-text" -> {
                request.getReader().transferTo(Writer.nullWriter());
                response.setStatus(status);
            }
            default -> throw new IllegalArgumentException(path[1]);
        }
    }
}
