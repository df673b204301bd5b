package io.seawall.redis;

import io.seawall.metrics.Counter;
import io.seawall.metrics.Histogram;
import io.seawall.metrics.Meter;
import io.seawall.metrics.MetricRegistry;
import java.util.function.BooleanSupplier;

/** What a store counts: beside a round trip to Redis all of it costs nothing. Thread-safe. */
final class StoreMetrics {

    /** Around the time-out of 25 ms, below which a decision in the same data centre takes 0.1 ms to 1 ms. */
    private static final long[] BOUNDS_NANOS = {
        250_000, 500_000, 1_000_000, 2_500_000, 5_000_000, 10_000_000, 25_000_000, 50_000_000, 100_000_000, 250_000_000
    };

    private static final Meter UP =
            Meter.gauge("seawall.redis.up", "1 if there is a connection to every Redis server, else 0.");
    private static final Meter DURATION = Meter.durations(
            "seawall.redis.decision.duration", "How long Redis took to decide, with the wait for a connection.");
    private static final Meter FAILURES = Meter.counter(
            "seawall.redis.failures", "Questions to Redis that it has not answered, by the kind of failure.", "kind");
    private static final Meter ROUND_TRIPS =
            Meter.counter("seawall.redis.round.trips", "How often several questions or one were sent at once.");
    private static final Meter QUESTIONS =
            Meter.counter("seawall.redis.questions", "Questions that were sent to Redis.");
    private static final Meter WITHOUT = Meter.counter(
            "seawall.redis.spared", "Decisions for which Redis was not asked, by who knew the answer.", "by");

    final Histogram duration = new Histogram(BOUNDS_NANOS);

    /** Known to be away: not asked at all. */
    final Counter away = new Counter();

    /** Asked, and no answer, or one that decides nothing. */
    final Counter unanswered = new Counter();

    final Counter roundTrips = new Counter();
    final Counter questions = new Counter();
    final Counter byRefusal = new Counter();
    final Counter byLease = new Counter();

    void register(MetricRegistry metrics, BooleanSupplier up) {
        metrics.read(UP, () -> up.getAsBoolean() ? 1 : 0);
        metrics.read(DURATION, duration);
        metrics.read(FAILURES, away::sum, "away");
        metrics.read(FAILURES, unanswered::sum, "unanswered");
        metrics.read(ROUND_TRIPS, roundTrips::sum);
        metrics.read(QUESTIONS, questions::sum);
        metrics.read(WITHOUT, byRefusal::sum, "refusal");
        metrics.read(WITHOUT, byLease::sum, "lease");
    }

    /** All calls of one round trip to one server. */
    void sent(int calls) {
        roundTrips.increment();
        questions.add(calls);
    }
}
