package io.seawall.interceptors.jmx;

import io.seawall.resilience.bulkhead.Bulkhead;
import io.seawall.resilience.circuitbreaker.CircuitBreaker;
import io.seawall.resilience.circuitbreaker.CircuitBreaker.State;
import io.seawall.resilience.pipeline.Target;
import io.seawall.resilience.retry.RetryBudget;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Looks at a target, and hands on what is asked of it. */
final class TargetBean implements TargetMXBean {

    private final Target target;
    private final Operator operator;

    TargetBean(Target target, Operator operator) {
        this.target = target;
        this.operator = operator;
    }

    @Override
    public String getName() {
        return target.name();
    }

    @Override
    public String getBreakerState() {
        return target.breaker().map(breaker -> breaker.state().name()).orElse("NONE");
    }

    @Override
    public List<String> getSettings() {
        return operator.settings(target.name());
    }

    @Override
    public int getBulkheadInUse() {
        return target.bulkhead().map(Bulkhead::inUse).orElse(0);
    }

    @Override
    public int getBulkheadWaiting() {
        return target.bulkhead().map(Bulkhead::waiting).orElse(0);
    }

    @Override
    public int getBulkheadMax() {
        return target.bulkhead().map(Bulkhead::max).orElse(0);
    }

    @Override
    public long getRetriesGranted() {
        return target.budget().map(RetryBudget::granted).orElse(0L);
    }

    @Override
    public long getRetriesRefused() {
        return target.budget().map(RetryBudget::refused).orElse(0L);
    }

    @Override
    public long getCalls() {
        return target.calls();
    }

    @Override
    public Map<String, Long> getUnsuccessfulCalls() {
        return target.unsuccessful();
    }

    @Override
    public long getRetries() {
        return target.retries();
    }

    @Override
    public long getTimeouts() {
        return target.timeouts();
    }

    @Override
    public Map<String, Long> getBreakerTransitions() {
        Map<String, Long> transitions = new TreeMap<>();
        for (State state : State.values()) {
            transitions.put(state.name(), target.transitions(state));
        }
        return transitions;
    }

    @Override
    public long getBreakerRefusals() {
        return target.breaker().map(CircuitBreaker::refused).orElse(0L);
    }

    @Override
    public long getBulkheadRefusals() {
        return target.bulkhead().map(Bulkhead::refused).orElse(0L);
    }

    @Override
    public List<String> reread() {
        return PlainErrors.only(() -> operator.reread(target.name()));
    }

    @Override
    public void forceOpenBreaker() {
        operator.forceOpen(target.name());
    }

    @Override
    public void disableBreaker() {
        operator.disable(target.name());
    }

    @Override
    public void resetBreaker() {
        operator.reset(target.name());
    }
}
