package com.example;

import io.seawall.filter.route.TierSelector;
import jakarta.servlet.http.HttpServletRequest;

/** The plan that a tenant pays for. */
public final class PaidPlans implements TierSelector {

    @Override
    public String tier(HttpServletRequest request) {
        return "acme".equals(request.getAttribute("com.example.verified-tenant")) ? "gold" : null;
    }
}
