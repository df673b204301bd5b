package io.seawall.filter;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A servlet as a lambda expression, for any method of HTTP. */
final class TestServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    /** What it does. */
    @FunctionalInterface
    interface Body {
        void answer(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException;
    }

    private final transient Body body;

    TestServlet(Body body) {
        this.body = body;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        body.answer(request, response);
    }
}
