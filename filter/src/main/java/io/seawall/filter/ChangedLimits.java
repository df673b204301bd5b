package io.seawall.filter;

import io.seawall.filter.client.ClientNames;
import io.seawall.ratelimit.LimitOverride;
import io.seawall.ratelimit.LimitOverride.Scope;
import io.seawall.ratelimit.LimitStore.BoundLimits;
import io.seawall.ratelimit.QuotaPolicy;
import io.seawall.ratelimit.RateLimiter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Limits that are changed while a filter is at work, and clients that are told their past is forgotten: names of policies and clients
 * become what the store knows. {@link RateLimits} says what each method does. Thread-safe.
 */
final class ChangedLimits {

    private final RequestPolicies policies;
    private final RateLimiter limiter;
    private final ClientNames clients;

    ChangedLimits(RequestPolicies policies, RateLimiter limiter) {
        this.policies = policies;
        this.limiter = limiter;
        this.clients = new ClientNames(
                policies.all().stream()
                        .map(policy -> policy.settings().client())
                        .toList(),
                policies.all().stream().anyMatch(policy -> policy.settings().isPaired()));
    }

    Scope client(String name) {
        return Scope.client(clients.read(name));
    }

    void set(String policy, String limit, Scope scope, long permits) {
        for (BoundLimits limits : limitsOf(policy, limit, scope)) {
            limits.policies().policies().stream()
                    .filter(known -> known.name().equals(limit))
                    .forEach(known -> known.withPermits(permits));
            limiter.overrides().set(new LimitOverride(limits.policies().name(), limit, scope, permits));
        }
    }

    boolean remove(String policy, String limit, Scope scope) {
        boolean removed = false;
        for (String set : setsOf(policies.named(policy))) {
            removed |= limiter.overrides().remove(set, limit, scope);
        }
        if (!removed) {
            limitsOf(policy, limit, scope);
        }
        return removed;
    }

    List<LimitOverride> list() {
        Map<String, String> policyBySet = new LinkedHashMap<>();
        for (RequestPolicy policy : policies.all()) {
            setsOf(policy).forEach(set -> policyBySet.put(set, policy.settings().name()));
        }
        List<LimitOverride> list = new ArrayList<>();
        for (LimitOverride override : limiter.overrides().list()) {
            String policy = policyBySet.get(override.policies());
            if (policy != null) {
                list.add(new LimitOverride(policy, override.limit(), override.scope(), override.permits()));
            }
        }
        return list;
    }

    void reset(String policy, String client) {
        List<BoundLimits> used = policies.named(policy).allLimits();
        String counted = clients.read(client);
        used.forEach(limits -> limiter.reset(limits, counted));
    }

    /** What the sets of a policy are called in the store; those of its tiers have one name. */
    private static Set<String> setsOf(RequestPolicy policy) {
        return policy.allLimits().stream()
                .map(limits -> limits.policies().name())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Those sets of a policy that have the limit, of which those of one name share their overrides. */
    private List<BoundLimits> limitsOf(String policyName, String limit, Scope scope) {
        RequestPolicy policy = policies.named(policyName);
        boolean ofTier = scope.kind() == LimitOverride.Kind.TIER;
        Set<String> tiers = policy.settings().tierLimits().keySet();
        if (ofTier && !tiers.contains(scope.name())) {
            throw new IllegalArgumentException("policy '" + policyName + "' has no tier '" + scope.name() + "': use "
                    + (tiers.isEmpty() ? "RateLimits.client(...) or Scope.all()" : "one of " + new TreeSet<>(tiers)));
        }
        Map<String, BoundLimits> found = new LinkedHashMap<>();
        Set<String> names = new TreeSet<>();
        for (BoundLimits limits : policy.allLimits()) {
            if (ofTier && !scope.name().equals(limits.policies().tier())) {
                continue;
            }
            for (QuotaPolicy known : limits.policies().policies()) {
                names.add(known.name());
                if (known.name().equals(limit)) {
                    found.putIfAbsent(limits.policies().name(), limits);
                }
            }
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException((ofTier ? "tier '" + scope.name() + "' of " : "") + "policy '"
                    + policyName + "' has no limit '" + limit + "': use one of " + names);
        }
        return List.copyOf(found.values());
    }
}
