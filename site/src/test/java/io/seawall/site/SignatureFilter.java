package io.seawall.site;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Stands for the filter of an application that checks signatures: here, whoever signs writes his name. */
public final class SignatureFilter extends HttpFilter {

    /** The answer tells that it was asked. */
    static final String CHECKED = "X-Checked";

    private static final long serialVersionUID = 1L;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        response.setHeader(CHECKED, "yes");
        String sender = request.getHeader("X-Signature");
        if (!"none".equals(sender)) {
            request.setAttribute("com.example.sender", sender);
        }
        chain.doFilter(request, response);
    }
}
