package io.seawall.ratelimit;

import io.seawall.ratelimit.LimitOverride.Kind;
import io.seawall.ratelimit.LimitOverride.Scope;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Overrides of one node. A version tells whether anything has changed, so that a decision looks for none while there are none. */
final class InMemoryOverrides implements Overrides {

    private record Key(String policies, String limit, Scope scope) {}

    private final Map<Key, LimitOverride> overrides = new ConcurrentHashMap<>();
    private final AtomicInteger version = new AtomicInteger();

    /** Changes with every change; 0 if there was none yet. */
    int version() {
        return version.get();
    }

    @Override
    public void set(LimitOverride override) {
        overrides.put(new Key(override.policies(), override.limit(), override.scope()), override);
        version.incrementAndGet();
    }

    @Override
    public boolean remove(String policies, String limit, Scope scope) {
        boolean removed = overrides.remove(new Key(policies, limit, scope)) != null;
        version.incrementAndGet();
        return removed;
    }

    @Override
    public List<LimitOverride> list() {
        return List.copyOf(overrides.values());
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
