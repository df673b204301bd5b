package io.seawall.storm.report;

import io.seawall.storm.story.Run;
import io.seawall.storm.story.Second;
import io.seawall.storm.story.Story;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A made-up story that looks like a real one: five runs, an outage of 15 seconds after 10. */
final class SampleStory {

    private static final int BEFORE = 10;
    private static final int BACK = 25;
    private static final int SECONDS = 60;
    private static final int OFFERED = 1000;

    private SampleStory() {}

    static Story story() {
        return new Story(
                Instant.parse("2026-11-30T22:40:00Z"),
                "2 cores, OpenJDK 17.0.19, Linux",
                1000,
                1500,
                List.of(asFound(), backedOff(), withBreaker(), withLimit(), allOfSeawall()));
    }

    /** Retries at once, three times; afterwards the retries alone keep the backend down. */
    static Run asFound() {
        return run("as-found", "As the article found it", "Clients try again at once, three times.", (s, r) -> {
            double grown = s < BEFORE ? 0 : Math.min(1, (s - BEFORE + 1) / 4.0);
            long sent = Math.round(OFFERED * (1 + 5.2 * grown) * (1 + 0.05 * r.nextGaussian()));
            boolean calm = s < BEFORE;
            long offered = offered(r);
            long fresh = calm ? offered : s < BACK ? 0 : Math.round(120 + 30 * r.nextGaussian());
            return second(
                    s,
                    offered,
                    calm ? offered : sent,
                    calm ? offered : Math.round(sent * 0.985),
                    fresh,
                    0,
                    0,
                    calm ? 18 + r.nextInt(4) : 2400 + r.nextInt(300),
                    calm ? 40 + r.nextInt(20) : s < BACK ? 3900 : 3100 + r.nextInt(900),
                    calm ? r.nextInt(12) : 400,
                    calm ? 9 + r.nextInt(4) : 20);
        });
    }

    static Run backedOff() {
        return run(
                "back-off",
                "Back-off and jitter",
                "Clients wait, longer each time, and not all equally long.",
                (s, r) -> {
                    boolean calm = s < BEFORE || s >= BACK + 16;
                    double grown = s < BEFORE
                            ? 0
                            : s < BACK ? Math.min(1, (s - BEFORE + 1) / 6.0) : Math.max(0, 1 - (s - BACK) / 16.0);
                    long offered = offered(r);
                    long sent = Math.round(offered * (1 + 2.4 * grown) * (1 + 0.04 * r.nextGaussian()));
                    long fresh = calm
                            ? offered
                            : s < BACK ? 0 : Math.min(offered, Math.round(offered * (0.25 + 0.05 * (s - BACK))));
                    return second(
                            s,
                            offered,
                            sent,
                            Math.round(sent * 0.99),
                            fresh,
                            0,
                            0,
                            calm ? 18 + r.nextInt(4) : 900 + r.nextInt(200),
                            calm ? 45 + r.nextInt(20) : 5200 - 2000 * Math.max(0, (s - BACK) / 20.0),
                            calm ? r.nextInt(12) : 400 - (s < BACK ? 0 : (s - BACK) * 20),
                            calm ? 10 + r.nextInt(4) : 20);
                });
    }

    static Run withBreaker() {
        return run("breaker", "A circuit breaker", "After five failures, the backend is left alone.", (s, r) -> {
            boolean calm = s < BEFORE || s >= BACK + 7;
            long offered = offered(r);
            long sent = calm ? offered : Math.round(offered * (2.9 + 0.1 * r.nextGaussian()));
            long backend = calm ? offered : s == BEFORE ? 1720 : s < BACK ? 4 + r.nextInt(9) : s < BACK + 4 ? 30 : 1400;
            long fresh = calm ? offered : s < BACK ? 0 : s < BACK + 4 ? 25 : Math.round(offered * 0.93);
            return second(
                    s,
                    offered,
                    sent,
                    backend,
                    fresh,
                    0,
                    0,
                    calm ? 18 + r.nextInt(4) : 310 + r.nextInt(60),
                    calm ? 45 + r.nextInt(20) : 1200 + r.nextInt(200),
                    calm ? r.nextInt(12) : s == BEFORE ? 380 : 0,
                    calm ? 10 + r.nextInt(4) : s == BEFORE ? 20 : 1);
        });
    }

    static Run withLimit() {
        return run("rate-limit", "A rate limit", "No client gets more than its share, whatever it sends.", (s, r) -> {
            boolean calm = s < BEFORE || s >= BACK + 6;
            long offered = offered(r);
            long sent = calm ? offered : Math.round(offered * (2.2 + 0.1 * r.nextGaussian()));
            long backend = calm ? offered : s == BEFORE ? 1310 : s < BACK ? 3 + r.nextInt(9) : 1180;
            long fresh = calm ? offered : s < BACK ? 0 : Math.round(offered * (0.7 + 0.04 * (s - BACK)));
            long limited = calm ? 0 : Math.round((offered - fresh) * 0.35);
            return second(
                    s,
                    offered,
                    sent,
                    backend,
                    fresh,
                    0,
                    limited,
                    calm ? 18 + r.nextInt(4) : 260 + r.nextInt(60),
                    calm ? 45 + r.nextInt(20) : 900 + r.nextInt(200),
                    calm ? r.nextInt(12) : s == BEFORE ? 300 : 0,
                    calm ? 10 + r.nextInt(4) : s == BEFORE ? 20 : 2);
        });
    }

    static Run allOfSeawall() {
        return run(
                "all-of-seawall", "All of Seawall", "Last good answers, fallbacks and a bulkhead as well.", (s, r) -> {
                    boolean calm = s < BEFORE || s >= BACK + 2;
                    long offered = offered(r);
                    long sent = calm ? offered : Math.round(offered * 1.04);
                    long backend = calm ? offered : s == BEFORE ? 1060 : s < BACK ? 2 + r.nextInt(6) : 800;
                    long fresh = calm ? offered : s < BACK ? 0 : Math.round(offered * 0.75);
                    long degraded = calm ? 0 : Math.round((offered - fresh) * (s == BEFORE ? 0.9 : 0.985));
                    return second(
                            s,
                            offered,
                            sent,
                            backend,
                            fresh,
                            degraded,
                            0,
                            calm ? 18 + r.nextInt(4) : 3 + r.nextInt(2),
                            calm ? 45 + r.nextInt(20) : s == BEFORE ? 620 : 24 + r.nextInt(20),
                            calm ? r.nextInt(12) : s == BEFORE ? 90 : 0,
                            calm ? 10 + r.nextInt(4) : s == BEFORE ? 20 : 1);
                });
    }

    private interface Shape {
        Second at(int second, Random random);
    }

    private static Run run(String name, String title, String change, Shape shape) {
        Random random = new Random(name.hashCode());
        List<Second> seconds = new ArrayList<>();
        for (int second = 0; second < SECONDS; second++) {
            seconds.add(shape.at(second, random));
        }
        return new Run(name, title, change, BEFORE, BACK, seconds, 4.5);
    }

    private static long offered(Random random) {
        return Math.round(OFFERED * (1 + 0.012 * random.nextGaussian()));
    }

    private static Second second(
            int second,
            long offered,
            long sent,
            long backend,
            long fresh,
            long degraded,
            long limited,
            double p50,
            double p99,
            int queued,
            int connections) {
        return new Second(
                second,
                offered,
                sent,
                backend,
                fresh,
                degraded,
                limited,
                offered - fresh - degraded - limited,
                p50,
                p50 + (p99 - p50) * 0.6,
                p99,
                queued,
                connections);
    }
}
