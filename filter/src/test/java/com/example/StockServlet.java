package com.example;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/** What is in stock: good for as long as web.xml says, and not to be kept where it is unknown. */
public final class StockServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<Integer> pieces = pieces();
        if (pieces.isEmpty()) {
            response.setHeader("Cache-Control", "no-store");
        }
        response.setContentType("text/plain");
        response.getWriter().print(pieces.map(String::valueOf).orElse("unknown"));
    }

    /** Empty while inventory is away. */
    private Optional<Integer> pieces() {
        return Optional.of(120);
    }
}
