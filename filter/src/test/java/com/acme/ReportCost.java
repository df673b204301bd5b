package com.acme;

import jakarta.servlet.http.HttpServletRequest;

/** The example of docs/guide/policies.md. */
public final class ReportCost implements io.seawall.filter.CostFunction {
    @Override
    public long cost(HttpServletRequest request) {
        return Math.max(1, request.getContentLengthLong() / 1024);
    }
}
