package com.example;

import io.seawall.filter.route.CostFunction;
import jakarta.servlet.http.HttpServletRequest;

/** A permit for each KiB of a report. */
public final class ReportCost implements CostFunction {

    @Override
    public long cost(HttpServletRequest request) {
        return Math.max(1, request.getContentLengthLong() / 1024);
    }
}
