package com.example;

import io.seawall.filter.answer.Refusal;
import io.seawall.filter.answer.RefusalWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The shop's own form of errors. */
public final class ShopRefusals implements RefusalWriter {

    @Override
    public void write(HttpServletRequest request, HttpServletResponse response, Refusal refusal) throws IOException {
        response.setContentType("application/json");
        response.getWriter()
                .print("{\"error\":\"" + refusal.problem() + "\",\"retryAfter\":"
                        + refusal.retryAfterSeconds().orElse(0) + "}");
    }
}
