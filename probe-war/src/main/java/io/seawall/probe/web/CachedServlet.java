package io.seawall.probe.web;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Answers that caches may keep, or not, in all the ways in which servlets answer; the way is the end of the path. */
@WebServlet(urlPatterns = "/cached/*", asyncSupported = true)
public class CachedServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final String CONTENT = "häl\u00f6\n";

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        response.setContentType("text/plain;charset=utf-8");
        switch (request.getPathInfo()) {
            case "/bytes" -> {
                byte[] bytes = CONTENT.getBytes(StandardCharsets.UTF_8);
                response.setContentLength(bytes.length);
                response.getOutputStream().write(bytes);
            }
            case "/text" -> response.getWriter().print(CONTENT);
            case "/large" -> response.getWriter().print(CONTENT.repeat(10_000));
            case "/cookie" -> {
                response.addCookie(new Cookie("a", "b"));
                response.getWriter().print(CONTENT);
            }
            case "/session" -> {
                request.getSession();
                response.getWriter().print(CONTENT);
            }
            case "/forward" -> {
                response.getWriter().print("never seen");
                request.getRequestDispatcher("/cached/text").forward(request, response);
            }
            case "/async" -> {
                AsyncContext context = request.startAsync();
                context.getResponse().getWriter().print(CONTENT);
                context.complete();
            }
            case "/dispatch" -> request.startAsync().dispatch("/cached/text");
            case "/error" -> {
                response.getWriter().print("never seen");
                response.sendError(503);
            }
            default -> throw new ServletException("expected by the tests");
        }
    }
}
