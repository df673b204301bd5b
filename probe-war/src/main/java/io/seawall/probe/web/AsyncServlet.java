package io.seawall.probe.web;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Answers later: {@code dispatch} through the container, and so through the filter again, {@code complete} by itself. */
@WebServlet(
        urlPatterns = {"/local/async/*", "/shared/async/*"},
        asyncSupported = true)
public class AsyncServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
        AsyncContext async = request.startAsync();
        if ("/dispatch".equals(request.getPathInfo())) {
            async.dispatch(request.getServletPath().replace("async", "ping"));
        } else {
            async.start(() -> complete(async));
        }
    }

    private static void complete(AsyncContext async) {
        try {
            async.getResponse().getWriter().println("pong");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            async.complete();
        }
    }
}
