package io.seawall.ratelimit;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** The answer to one request for permits. Immutable. */
public sealed interface Decision {

    /**
     * Where the client stands with each limit that is enforced, after this decision.
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
     * When it was decided, by the clock of the store.
     *
     * @return microseconds since 1970 in UTC; 0 if no store decided
     */
    long atMicros();

    /**
     * Whether this node decided alone, or nobody counted, since the store was away.
     *
     * @return false if the store decided
     */
    boolean withoutStore();

    /**
     * Every enforced limit granted the permits, and they are charged.
     *
     * @param quotas see {@link Decision#quotas}
     * @param shadowRefusals limits in {@link QuotaPolicy#shadow} that would have refused; they were not charged
     * @param atMicros see {@link Decision#atMicros}
     * @param withoutStore see {@link Decision#withoutStore}
     */
    record Allowed(List<QuotaStatus> quotas, List<QuotaPolicy> shadowRefusals, long atMicros, boolean withoutStore)
            implements Decision {

        /**
         * Copies the lists.
         *
         * @param quotas see {@link #quotas}
         * @param shadowRefusals see {@link #shadowRefusals}
         * @param atMicros see {@link #atMicros}
         * @param withoutStore see {@link #withoutStore}
         */
        public Allowed {
            quotas = List.copyOf(quotas);
            shadowRefusals = List.copyOf(shadowRefusals);
        }

        /**
         * Whether a limit was charged: all were, but those in shadow that would have refused. They are known by their names, since
         * an override may have changed their permits since; of several sets with a limit of the same name, none is charged then.
         *
         * @param limit one of those that were asked
         * @return whether there is something to give back
         */
        public boolean hasCharged(QuotaPolicy limit) {
            return !limit.shadow()
                    || shadowRefusals.stream()
                            .noneMatch(refused -> refused.name().equals(limit.name()));
        }

        @Override
        public boolean allowed() {
            return true;
        }
    }

    /**
     * At least one limit refused, and nothing was charged to any.
     *
     * @param quotas see {@link Decision#quotas}; at least one of them {@link QuotaStatus#refused}
     * @param retryAfterMicros microseconds until all limits would grant the same request, more than 0; exact if the
     *     client asks for nothing else meanwhile; {@link #NEVER} if no wait makes it possible
     * @param banned whether the client is refused for what it did before, see {@link Penalty}
     * @param atMicros see {@link Decision#atMicros}
     * @param withoutStore see {@link Decision#withoutStore}
     * @param bans those that begin with this refusal; whoever is refused for one hears of it no more
     */
    record Denied(
            List<QuotaStatus> quotas,
            long retryAfterMicros,
            boolean banned,
            long atMicros,
            boolean withoutStore,
            List<Ban> bans)
            implements Decision {

        /** As a time to wait: more was asked for than a limit ever grants, so waiting does not help. */
        public static final long NEVER = Quota.NEVER;

        /**
         * Copies the lists.
         *
         * @param quotas see {@link #quotas}
         * @param retryAfterMicros see {@link #retryAfterMicros}
         * @param banned see {@link #banned}
         * @param atMicros see {@link #atMicros}
         * @param withoutStore see {@link #withoutStore}
         * @param bans see {@link #bans}
         */
        public Denied {
            quotas = List.copyOf(quotas);
            bans = List.copyOf(bans);
        }

        /**
         * A refusal with which no ban begins.
         *
         * @param quotas see {@link Decision#quotas}
         * @param retryAfterMicros see {@link #retryAfterMicros}
         * @param banned see {@link #banned}
         * @param atMicros see {@link Decision#atMicros}
         * @param withoutStore see {@link Decision#withoutStore}
         */
        public Denied(
                List<QuotaStatus> quotas, long retryAfterMicros, boolean banned, long atMicros, boolean withoutStore) {
            this(quotas, retryAfterMicros, banned, atMicros, withoutStore, List.of());
        }

        /**
         * The limits that refused; those of the set that banned the client, if it is banned.
         *
         * @return at least one, in the order of {@link #quotas}; two of different sets may be equal
         */
        public List<QuotaPolicy> violated() {
            return quotas.stream()
                    .filter(QuotaStatus::refused)
                    .map(QuotaStatus::policy)
                    .toList();
        }

        @Override
        public boolean allowed() {
            return false;
        }

        /**
         * The time to wait before the same request can be granted.
         *
         * @return more than zero; 292 years for {@link #NEVER}
         */
        public Duration retryAfter() {
            return Duration.of(retryAfterMicros == NEVER ? Long.MAX_VALUE / 1000 : retryAfterMicros, ChronoUnit.MICROS);
        }
    }
}
