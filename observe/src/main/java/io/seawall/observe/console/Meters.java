package io.seawall.observe.console;

/** The names of the metrics that are shown, as docs/metrics.md has them. */
final class Meters {

    static final String IN_FLIGHT = "seawall.requests.in.flight";
    static final String DECISIONS = "seawall.limit.decisions";
    static final String NEAR = "seawall.limit.near";
    static final String REDIS_UP = "seawall.redis.up";
    static final String REDIS_DURATION = "seawall.redis.decision.duration";
    static final String REDIS_FAILURES = "seawall.redis.failures";
    static final String REDIS_ROUND_TRIPS = "seawall.redis.round.trips";
    static final String REDIS_QUESTIONS = "seawall.redis.questions";
    static final String REDIS_SPARED = "seawall.redis.spared";
    static final String CALLS = "seawall.calls";
    static final String UNSUCCESSFUL = "seawall.calls.unsuccessful";
    static final String RETRIES = "seawall.retries";
    static final String BUDGET = "seawall.retry.budget";
    static final String BREAKER_STATE = "seawall.breaker.state";
    static final String BULKHEAD_USED = "seawall.bulkhead.used";
    static final String BULKHEAD_WAITING = "seawall.bulkhead.waiting";
    static final String BULKHEAD_LIMIT = "seawall.bulkhead.limit";
    static final String ATTEMPTS_IN_FLIGHT = "seawall.attempts.in.flight";
    static final String ATTEMPT_DURATION = "seawall.attempt.duration";

    private Meters() {}

    /** The key of one outcome or state. */
    static String of(String meter, String detail) {
        return meter + " " + detail;
    }
}
