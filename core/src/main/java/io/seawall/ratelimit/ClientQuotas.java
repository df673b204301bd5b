package io.seawall.ratelimit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What one client has used of every limit of a set. One short lock a client makes the limits one: all are asked, then all
 * are charged, or none. It is contended only by requests of the same client, and nothing blocks inside it.
 */
final class ClientQuotas {

    private final QuotaPolicies policies;
    private final QuotaState[] states;
    private boolean retired;

    ClientQuotas(QuotaPolicies policies) {
        this.policies = policies;
        this.states = policies.policies().stream()
                .map(policy -> policy.algorithm().newState(policy))
                .toArray(QuotaState[]::new);
    }

    private ClientQuotas(QuotaPolicies policies, QuotaState[] states) {
        this.policies = policies;
        this.states = states;
    }

    /** Decides; null if this client was retired and must be looked up anew. */
    synchronized @Nullable Decision tryAcquire(LongSupplier clockMicros, long cost) {
        if (retired) {
            return null;
        }
        // Read under the lock: in the order in which requests are decided, time does not go back.
        long nowMicros = clockMicros.getAsLong();
        long retryAfterMicros = 0;
        for (QuotaState state : states) {
            retryAfterMicros = Math.max(retryAfterMicros, state.retryAfterMicros(nowMicros, cost));
        }
        if (retryAfterMicros > 0) {
            return new Decision.Denied(statuses(nowMicros), violated(nowMicros, cost), retryAfterMicros);
        }
        for (QuotaState state : states) {
            state.charge(nowMicros, cost);
        }
        return new Decision.Allowed(statuses(nowMicros));
    }

    /** If every permit of this client is free: runs {@code remove}, never decides again, and says true. */
    synchronized boolean retireIfIdle(LongSupplier clockMicros, Runnable remove) {
        long nowMicros = clockMicros.getAsLong();
        for (QuotaState state : states) {
            if (state.resetAfterMicros(nowMicros) > 0) {
                return false;
            }
        }
        retired = true;
        remove.run();
        return true;
    }

    synchronized ClientQuotas copy() {
        return new ClientQuotas(
                policies, Arrays.stream(states).map(QuotaState::copy).toArray(QuotaState[]::new));
    }

    private List<QuotaStatus> statuses(long nowMicros) {
        List<QuotaStatus> statuses = new ArrayList<>(states.length);
        for (int i = 0; i < states.length; i++) {
            QuotaState state = states[i];
            statuses.add(new QuotaStatus(
                    policies.policies().get(i),
                    state.remaining(nowMicros),
                    state.retryAfterMicros(nowMicros, 1),
                    state.resetAfterMicros(nowMicros)));
        }
        return statuses;
    }

    private List<QuotaPolicy> violated(long nowMicros, long cost) {
        List<QuotaPolicy> violated = new ArrayList<>(states.length);
        for (int i = 0; i < states.length; i++) {
            if (states[i].retryAfterMicros(nowMicros, cost) > 0) {
                violated.add(policies.policies().get(i));
            }
        }
        return violated;
    }
}
