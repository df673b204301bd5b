package io.seawall.filter;

import io.seawall.ratelimit.Claim;
import io.seawall.ratelimit.Decision;
import io.seawall.ratelimit.RateLimiter;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one request asks of all policies that are for it. Not thread-safe. */
final class RequestClaims {

    private final List<Claim> claims = new ArrayList<>(2);
    private List<Settlement.Conditional> conditional = List.of();
    private String client = "";

    /**
     * Adds a claim.
     *
     * @param outcome the responses that it is due for; null: all
     */
    void add(Claim claim, @Nullable OutcomeRule outcome) {
        claims.add(claim);
        if (outcome != null) {
            if (conditional.isEmpty()) {
                conditional = new ArrayList<>(2);
            }
            conditional.add(new Settlement.Conditional(claim, outcome));
        }
    }

    /** Says who the request was counted as by a policy that tells clients apart. */
    void countedAs(String name) {
        client = name;
    }

    boolean isEmpty() {
        return claims.isEmpty();
    }

    List<Claim> all() {
        return claims;
    }

    /** Who it was counted as, by the last policy that tells clients apart; empty if none does. */
    String client() {
        return client;
    }

    /** What is to be settled after the response; null if all is due whatever comes. */
    @Nullable
    Settlement settlement(RateLimiter limiter, Decision.Allowed decision, HttpServletResponse response) {
        return conditional.isEmpty() ? null : new Settlement(limiter, conditional, decision, response);
    }
}
