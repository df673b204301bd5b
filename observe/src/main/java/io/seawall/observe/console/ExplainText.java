package io.seawall.observe.console;

import io.seawall.filter.RateLimits;
import io.seawall.filter.admin.Explanation;
import io.seawall.filter.admin.RequestDescription;
import java.util.Map;
import java.util.Set;

/** Says how a request would be limited: {@code api/explain}. Charges nothing, and keeps nothing of what was described. */
final class ExplainText {

    private static final Set<String> FIELDS =
            Set.of("filter", "method", "path", "query", "address", "headers", "principal", "roles");

    private final Sources sources;

    ExplainText(Sources sources) {
        this.sources = sources;
    }

    byte[] of(JsonBody body) {
        body.requireOnly(FIELDS, "a described request");
        Explanation explanation;
        try {
            RateLimits limits = RateLimits.of(sources.context(), body.text("filter"));
            explanation = limits.explain(described(body));
        } catch (IllegalArgumentException wrong) {
            throw new Problem(400, String.valueOf(wrong.getMessage()));
        } catch (IllegalStateException notNow) {
            throw new Problem(409, String.valueOf(notNow.getMessage()));
        }
        return JsonText.bytes(json -> json.field("counted", explanation.counted())
                .field("exempt", explanation.exempt())
                .objects("policies", explanation.policies(), ExplainText::policy)
                .field("words", explanation.words()));
    }

    private static RequestDescription described(JsonBody body) {
        RequestDescription request =
                RequestDescription.of(body.text("method"), body.text("path"), body.text("address"));
        String query = body.textOrNull("query");
        request = query == null || query.isEmpty() ? request : request.withQuery(query);
        for (Map.Entry<String, String> header : body.texts("headers").entrySet()) {
            request = request.withHeader(header.getKey(), header.getValue());
        }
        String principal = body.textOrNull("principal");
        String roles = body.textOrNull("roles");
        return principal == null || principal.isEmpty()
                ? request
                : request.withPrincipal(
                        principal, roles == null || roles.isEmpty() ? new String[0] : roles.split(",", -1));
    }

    private static void policy(JsonText json, Explanation.OfPolicy policy) {
        json.field("name", policy.name())
                .field("applies", policy.applies())
                .field("why", policy.why())
                .field("client", policy.client())
                .field("tier", policy.tier());
        if (policy.applies()) {
            json.field("cost", policy.cost());
        }
        if (!policy.banned().isZero()) {
            json.field("bannedMillis", policy.banned().toMillis());
        }
        json.objects("limits", policy.limits(), ExplainText::limit);
    }

    private static void limit(JsonText json, Explanation.OfLimit limit) {
        json.field("name", limit.name())
                .field("text", limit.text())
                .field("client", limit.client())
                .field("permits", limit.permits());
        if (limit.remaining() != null) {
            json.field("remaining", limit.remaining());
        }
        if (limit.override() != null) {
            json.field("override", limit.override());
        }
        json.field("shadow", limit.shadow()).field("refuses", limit.refuses());
    }
}
