package io.seawall.ratelimit;

import java.time.Duration;
import java.util.List;

/** The answer to one request for permits. Immutable. */
public sealed interface Decision {

    /**
     * Where the client stands with each limit after this decision.
     *
     * @return one entry a limit, in their order; empty if the store was away and the request was admitted uncounted
     */
    List<QuotaStatus> quotas();

    /**
     * Whether the request may go on.
     *
     * @return true for {@link Allowed}
     */
    boolean allowed();

    /**
     * Every limit granted the permits, and they are charged.
     *
     * @param quotas see {@link Decision#quotas}
     */
    record Allowed(List<QuotaStatus> quotas) implements Decision {

        public Allowed {
            quotas = List.copyOf(quotas);
        }

        @Override
        public boolean allowed() {
            return true;
        }
    }

    /**
     * At least one limit refused, and nothing was charged to any.
     *
     * @param quotas see {@link Decision#quotas}
     * @param violated the limits that refused, at least one
     * @param retryAfterMicros microseconds until all limits would grant the same request, more than 0; exact if the
     *     client asks for nothing else meanwhile
     */
    record Denied(List<QuotaStatus> quotas, List<QuotaPolicy> violated, long retryAfterMicros) implements Decision {

        public Denied {
            quotas = List.copyOf(quotas);
            violated = List.copyOf(violated);
        }

        @Override
        public boolean allowed() {
            return false;
        }

        /**
         * The time to wait before the same request can be granted.
         *
         * @return more than zero
         */
        public Duration retryAfter() {
            return Duration.ofNanos(Math.multiplyExact(retryAfterMicros, 1000L));
        }
    }
}
