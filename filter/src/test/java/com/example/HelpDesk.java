package com.example;

import io.seawall.filter.RateLimits;
import io.seawall.filter.admin.RefusedClient;
import io.seawall.filter.admin.RequestDescription;
import jakarta.servlet.ServletContext;
import java.util.List;

/** What those ask whom refused clients call. */
public final class HelpDesk {

    private final RateLimits limits;

    public HelpDesk(ServletContext context) {
        limits = RateLimits.of(context, "RateLimitFilter");
    }

    /** Why a login is refused, in a sentence. */
    public String why(String address, String apiKey) {
        return limits.explain(RequestDescription.of("POST", "/login", address).withHeader("X-Api-Key", apiKey))
                .words();
    }

    /** Who is refused most. */
    public List<RefusedClient> worst() {
        return limits.topRefused();
    }

    /** Nobody is refused until this is clear. */
    public void letEverybodyIn() {
        limits.shadow("default", true);
    }
}
