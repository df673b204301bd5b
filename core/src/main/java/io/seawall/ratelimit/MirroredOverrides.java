package io.seawall.ratelimit;

import io.seawall.ratelimit.LimitOverride.Scope;
import java.util.List;

/** Those of the store, and what this node knows of them for the time in which the store is away. */
final class MirroredOverrides implements Overrides {

    private final Overrides ofStore;
    private final Overrides local;

    MirroredOverrides(Overrides ofStore, Overrides local) {
        this.ofStore = ofStore;
        this.local = local;
    }

    @Override
    public void set(LimitOverride override) {
        ofStore.set(override);
        local.set(override);
    }

    @Override
    public boolean remove(String policies, String limit, Scope scope) {
        boolean removed = ofStore.remove(policies, limit, scope);
        local.remove(policies, limit, scope);
        return removed;
    }

    @Override
    public List<LimitOverride> list() {
        return ofStore.list();
    }
}
