package io.seawall.ratelimit;

import io.seawall.ratelimit.LimitOverride.Scope;
import java.util.Collection;
import java.util.List;

/** Overrides of one node. Whoever goes by them is told of each change before the change is done. */
final class InMemoryOverrides implements Overrides {

    private final Runnable onChange;
    private volatile OverridesInForce inForce = OverridesInForce.NONE;

    InMemoryOverrides(Runnable onChange) {
        this.onChange = onChange;
    }

    OverridesInForce inForce() {
        return inForce;
    }

    @Override
    public void set(LimitOverride override) {
        synchronized (this) {
            inForce = inForce.with(override);
        }
        onChange.run();
    }

    @Override
    public boolean remove(String policies, String limit, Scope scope) {
        boolean removed;
        synchronized (this) {
            OverridesInForce before = inForce;
            inForce = before.without(policies, limit, scope);
            removed = !inForce.equals(before);
        }
        onChange.run();
        return removed;
    }

    /** These, and no others. */
    void replaceAll(Collection<LimitOverride> all) {
        OverridesInForce wanted = OverridesInForce.of(all);
        boolean changed;
        synchronized (this) {
            changed = !inForce.equals(wanted);
            inForce = wanted;
        }
        if (changed) {
            onChange.run();
        }
    }

    @Override
    public List<LimitOverride> list() {
        return inForce.list();
    }
}
