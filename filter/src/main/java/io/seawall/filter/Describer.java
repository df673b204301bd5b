package io.seawall.filter;

import io.seawall.filter.admin.FilterDescription;
import io.seawall.filter.admin.FilterDescription.Limit;
import io.seawall.filter.admin.FilterDescription.Policy;
import io.seawall.filter.admin.FilterDescription.Setting;
import io.seawall.filter.admin.FilterDescription.Store;
import io.seawall.filter.admin.FilterDescription.Tier;
import io.seawall.ratelimit.QuotaPolicies;
import io.seawall.ratelimit.RateLimiter;
import io.seawall.redis.RedisAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts what a filter is set to into plain data for administrators. */
final class Describer {

    private Describer() {}

    static FilterDescription describe(
            String filterName, FilterSettings settings, Collection<RequestPolicy> policies, RateLimiter limiter) {
        return new FilterDescription(
                filterName,
                store(settings.redis(), limiter),
                policies.stream()
                        .map(policy -> policy(policy, settings.shown()))
                        .toList(),
                settings.shown());
    }

    private static Store store(@Nullable RedisAddress redis, RateLimiter limiter) {
        return new Store(
                redis == null ? "memory" : "redis",
                redis == null ? null : redis.toString(),
                limiter.isStoreAvailable(),
                limiter.nodes());
    }

    private static Policy policy(RequestPolicy policy, List<Setting> settings) {
        PolicySettings of = policy.settings();
        QuotaPolicies own = of.limits().own();
        List<Tier> tiers = new ArrayList<>();
        of.tierLimits()
                .forEach((name, paired) -> tiers.add(new Tier(name, limits(paired.own()), limits(paired.ofAddress()))));
        return new Policy(
                of.name(),
                of.client().toString(),
                of.match() == null ? null : of.match().toString(),
                of.except() == null ? null : of.except().toString(),
                limits(own),
                limits(of.limits().ofAddress()),
                tiers,
                of.tiers() == null ? null : of.tiers().toString(),
                cost(of.name(), settings),
                own.penalty() == null ? null : own.penalty().toString(),
                own.lease(),
                own.onStoreFailure().text(),
                policy.onlyCounts(),
                policy.isSwitched());
    }

    /** As it is written: a class of the application has no other text. */
    private static String cost(String policy, List<Setting> settings) {
        return settings.stream()
                .filter(setting ->
                        setting.name().equals("cost") || setting.name().equals(policy + ".cost"))
                .map(Setting::value)
                .findFirst()
                .orElse("1");
    }

    private static List<Limit> limits(@Nullable QuotaPolicies limits) {
        return limits == null
                ? List.of()
                : limits.policies().stream()
                        .map(limit -> new Limit(
                                limit.name(),
                                limit.toString(),
                                limit.permits(),
                                limit.window(),
                                limit.algorithm().text(),
                                limit.burst(),
                                limit.shadow()))
                        .toList();
    }
}
