package io.seawall.probe.web;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Says by which of its patterns the server has found it, however the path was spelled. */
@WebServlet(
        urlPatterns = {"/login", "/api/*"},
        asyncSupported = true)
public class PathServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
        response.setHeader("X-Found-By", request.getHttpServletMapping().getPattern());
    }
}
