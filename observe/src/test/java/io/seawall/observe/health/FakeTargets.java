package io.seawall.observe.health;

import io.seawall.interceptors.SeawallTargets;
import io.seawall.resilience.circuitbreaker.CircuitBreaker;
import io.seawall.resilience.circuitbreaker.CircuitView;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Targets whose circuits are as the test says. */
final class FakeTargets implements SeawallTargets {

    final Set<String> refusing = new TreeSet<>();
    final Set<String> withoutCircuit = new TreeSet<>();
    private final Set<String> names;

    FakeTargets(String... names) {
        this.names = new TreeSet<>(Set.of(names));
    }

    @Override
    public Set<String> names() {
        return names;
    }

    @Override
    public boolean isRefusing(String target) {
        return refusing.contains(target);
    }

    @Override
    public Optional<CircuitBreaker.State> breakerState(String target) {
        if (withoutCircuit.contains(target)) {
            return Optional.empty();
        }
        return Optional.of(isRefusing(target) ? CircuitBreaker.State.OPEN : CircuitBreaker.State.CLOSED);
    }

    @Override
    public Optional<CircuitView> circuit(String target) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<String> settings(String target) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void forceOpen(String target) {
        refusing.add(target);
    }

    @Override
    public void disable(String target) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void reset(String target) {
        refusing.remove(target);
    }

    @Override
    public List<String> reread(String target) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<String> rereadAll() {
        throw new UnsupportedOperationException();
    }
}
