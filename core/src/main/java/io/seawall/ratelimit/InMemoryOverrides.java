package io.seawall.ratelimit;

import io.seawall.ratelimit.LimitOverride.Kind;
import io.seawall.ratelimit.LimitOverride.Scope;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Overrides of one node. Whoever goes by them is told of each change before the change is done. */
final class InMemoryOverrides implements Overrides {

    private record Key(String policies, String limit, Scope scope) {}

    private static Key keyOf(LimitOverride override) {
        return new Key(override.policies(), override.limit(), override.scope());
    }

    private final Map<Key, LimitOverride> overrides = new ConcurrentHashMap<>();
    private final Runnable onChange;

    InMemoryOverrides(Runnable onChange) {
        this.onChange = onChange;
    }

    @Override
    public void set(LimitOverride override) {
        overrides.put(keyOf(override), override);
        onChange.run();
    }

    @Override
    public boolean remove(String policies, String limit, Scope scope) {
        boolean removed = overrides.remove(new Key(policies, limit, scope)) != null;
        onChange.run();
        return removed;
    }

    /** These, and no others. */
    void replaceAll(Collection<LimitOverride> all) {
        Map<Key, LimitOverride> wanted = new HashMap<>();
        all.forEach(override -> wanted.put(keyOf(override), override));
        if (!overrides.equals(wanted)) {
            overrides.putAll(wanted);
            overrides.keySet().retainAll(wanted.keySet());
            onChange.run();
        }
    }

    @Override
    public List<LimitOverride> list() {
        return List.copyOf(overrides.values());
    }

    /** The {@link ClientHash} of each client that has an override of a limit of this set. */
    Set<String> clientsOf(String policies) {
        return overrides.keySet().stream()
                .filter(key -> key.policies.equals(policies) && key.scope.kind() == Kind.CLIENT)
                .map(key -> key.scope.name())
                .collect(Collectors.toSet());
    }

    /**
     * The limits as they hold for a client.
     *
     * @param clientHash {@link ClientHash#of} it; null: somebody who is not told apart
     */
    QuotaPolicies apply(QuotaPolicies configured, @Nullable String clientHash) {
        return configured.map(limit -> {
            LimitOverride override = find(configured, limit.name(), clientHash);
            return override == null ? limit : limit.withPermits(override.permits());
        });
    }

    private @Nullable LimitOverride find(QuotaPolicies configured, String limit, @Nullable String clientHash) {
        LimitOverride found = clientHash == null ? null : get(configured, limit, new Scope(Kind.CLIENT, clientHash));
        if (found == null && configured.tier() != null) {
            found = get(configured, limit, Scope.tier(configured.tier()));
        }
        return found == null ? get(configured, limit, Scope.all()) : found;
    }

    private @Nullable LimitOverride get(QuotaPolicies configured, String limit, Scope scope) {
        return overrides.get(new Key(configured.name(), limit, scope));
    }
}
