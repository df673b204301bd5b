package com.example;

import io.seawall.filter.client.ClientIdentifier;
import jakarta.servlet.http.HttpServletRequest;

/** What must not be done for a question, and what may go wrong. */
public final class BySession implements ClientIdentifier {

    @Override
    public String identify(HttpServletRequest request) {
        if ("fail".equals(request.getQueryString())) {
            throw new IllegalStateException("the secret is 8f3a");
        }
        if ("refuse".equals(request.getQueryString())) {
            throw new UnsupportedOperationException("no such key: " + request.getHeader("X-Api-Key"));
        }
        return request.getSession().getId();
    }
}
