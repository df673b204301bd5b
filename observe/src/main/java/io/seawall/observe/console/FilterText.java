package io.seawall.observe.console;

import io.seawall.filter.RateLimits;
import io.seawall.filter.admin.FilterDescription;
import io.seawall.filter.admin.RefusedClient;
import io.seawall.ratelimit.LimitOverride;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Says how a filter is: its store, its policies, whom it refuses, and what it goes by. */
final class FilterText {

    private static final int MAX_REFUSED = 20;
    private static final double MICROS = 1e6;
    private static final double MEDIAN = 0.5;
    private static final double P99 = 0.99;

    private final String filter;
    private final RateLimits limits;
    private final List<LimitOverride> overrides;
    private final Change lately;

    FilterText(String filter, RateLimits limits, List<LimitOverride> overrides, Change lately) {
        this.filter = filter;
        this.limits = limits;
        this.overrides = overrides;
        this.lately = lately;
    }

    void writeTo(JsonText json) {
        FilterDescription description = limits.describe();
        json.field("name", filter);
        json.field("inFlight", lately.to().of(Subject.filter(filter)).get(Meters.IN_FLIGHT));
        json.object("store", store -> store(store, description.store()));
        json.objects("policies", description.policies(), this::policy);
        json.objects(
                "topRefused", limits.topRefused().stream().limit(MAX_REFUSED).toList(), FilterText::refused);
        json.objects("overrides", overrides, FilterText::override);
        StateText.settings(json, description.settings());
    }

    private void store(JsonText json, FilterDescription.Store store) {
        json.field("kind", store.kind()).field("address", store.address()).field("up", store.up());
        if (!store.kind().equals("redis")) {
            return;
        }
        Subject subject = Subject.filter(filter);
        json.field("nodes", store.nodes());
        json.rate("p50Micros", lately.percentile(subject, Meters.REDIS_DURATION, MEDIAN) * MICROS);
        json.rate("p99Micros", lately.percentile(subject, Meters.REDIS_DURATION, P99) * MICROS);
        double roundTrips = lately.rate(subject, Meters.REDIS_ROUND_TRIPS);
        json.rate("roundTripsPerSecond", roundTrips);
        json.rate("questionsPerRoundTrip", lately.rate(subject, Meters.REDIS_QUESTIONS) / roundTrips);
        json.rate("sparedPerSecond", lately.rate(subject, Meters.REDIS_SPARED));
        json.rate("failuresPerSecond", lately.rate(subject, Meters.REDIS_FAILURES));
    }

    private void policy(JsonText json, FilterDescription.Policy policy) {
        json.field("name", policy.name()).field("client", policy.client()).field("shadow", policy.shadow());
        json.objects(
                "limits",
                Stream.concat(policy.limits().stream(), policy.addressLimits().stream())
                        .toList(),
                FilterText::limit);
        json.texts(
                "tiers",
                policy.tiers().stream().map(FilterDescription.Tier::name).toList());
        Subject subject = Subject.policy(filter, policy.name());
        json.rate("allowed", lately.rate(subject, Meters.of(Meters.DECISIONS, "allowed")));
        json.rate("refused", lately.rate(subject, Meters.of(Meters.DECISIONS, "refused")));
        json.rate("shadowRefused", lately.rate(subject, Meters.of(Meters.DECISIONS, "shadow-refused")));
        json.rate("uncharged", lately.rate(subject, Meters.of(Meters.DECISIONS, "uncharged")));
        json.rate("near", lately.rate(subject, Meters.NEAR));
    }

    private static void limit(JsonText json, FilterDescription.Limit limit) {
        json.field("name", limit.name())
                .field("text", limit.text())
                .field("permits", limit.permits())
                .field("shadow", limit.shadow());
    }

    private static void refused(JsonText json, RefusedClient client) {
        json.field("policy", client.policy())
                .field("client", client.client())
                .field("shadow", client.shadow())
                .field("refusals", client.refusals())
                .field("lastAt", client.lastAtMillis());
    }

    private static void override(JsonText json, LimitOverride override) {
        json.field("policy", override.policies())
                .field("limit", override.limit())
                .field("scope", override.scope().kind().name().toLowerCase(Locale.ROOT))
                .field("name", override.scope().name())
                .field("permits", override.permits());
    }
}
