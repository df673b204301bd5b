package io.seawall.ratelimit;

import io.seawall.ratelimit.LimitOverride.Kind;
import io.seawall.ratelimit.LimitOverride.Scope;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All overrides as they are at one moment, and what they make of limits. Immutable. */
public final class OverridesInForce {

    /** No overrides. */
    public static final OverridesInForce NONE = new OverridesInForce(Map.of());

    private record Key(String policies, String limit, Scope scope) {}

    private final Map<Key, LimitOverride> overrides;

    private OverridesInForce(Map<Key, LimitOverride> overrides) {
        this.overrides = Map.copyOf(overrides);
    }

    /**
     * These, and no others.
     *
     * @param all in any order; of several for the same limit and scope the last counts
     * @return the overrides
     */
    public static OverridesInForce of(Collection<LimitOverride> all) {
        Map<Key, LimitOverride> overrides = new HashMap<>();
        all.forEach(override -> overrides.put(keyOf(override), override));
        return overrides.isEmpty() ? NONE : new OverridesInForce(overrides);
    }

    private static Key keyOf(LimitOverride override) {
        return new Key(override.policies(), override.limit(), override.scope());
    }

    OverridesInForce with(LimitOverride override) {
        Map<Key, LimitOverride> changed = new HashMap<>(overrides);
        changed.put(keyOf(override), override);
        return new OverridesInForce(changed);
    }

    /** Itself, if there is no such override. */
    OverridesInForce without(String policies, String limit, Scope scope) {
        Map<Key, LimitOverride> changed = new HashMap<>(overrides);
        return changed.remove(new Key(policies, limit, scope)) == null ? this : new OverridesInForce(changed);
    }

    /**
     * Whether every limit is as it was configured.
     *
     * @return true if there are no overrides
     */
    public boolean isEmpty() {
        return overrides.isEmpty();
    }

    /**
     * All of them.
     *
     * @return in no particular order
     */
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
     * The limits as they hold for a client: by its own override, or else by that of its tier, or else by that of all.
     *
     * @param configured what holds without overrides
     * @param clientHash {@link ClientHash#of} it; null: somebody who is not told apart
     * @return the limits; those that have no override are the same
     */
    public QuotaPolicies apply(QuotaPolicies configured, @Nullable String clientHash) {
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

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof OverridesInForce that && overrides.equals(that.overrides));
    }

    @Override
    public int hashCode() {
        return overrides.hashCode();
    }

    @Override
    public String toString() {
        return overrides.values().toString();
    }
}
