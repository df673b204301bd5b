package io.seawall.filter;

import io.seawall.metrics.Counter;
import io.seawall.metrics.Meter;
import io.seawall.metrics.MetricRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** The decisions of one policy, by their outcome and by who made them. Thread-safe. */
final class PolicyCounts {

    /** What became of a request, as far as the policy goes. A closed set: it is a label. */
    enum Outcome {
        /** Granted. */
        ALLOWED("allowed"),
        /** Refused by this policy. */
        REFUSED("refused"),
        /** Granted, though a limit in shadow would have refused. */
        SHADOW_REFUSED("shadow-refused"),
        /** Refused by another policy: this one has charged nothing. */
        UNCHARGED("uncharged");

        private final String text;

        Outcome(String text) {
            this.text = text;
        }
    }

    /** Who decided. A closed set: it is a label. */
    enum Decider {
        /** The store. */
        STORE("store"),
        /** This node alone, since the store is away. */
        NODE("node"),
        /** Nobody: the store is away, and what is done then is configured. */
        NOBODY("nobody");

        private final String text;

        Decider(String text) {
            this.text = text;
        }
    }

    private static final Meter DECISIONS = Meter.counter(
            "seawall.limit.decisions",
            "Requests that a policy was asked about, by what became of them and by who decided.",
            "policy",
            "outcome",
            "by");
    private static final Meter NEAR = Meter.counter(
            "seawall.limit.near", "Requests that were granted and left a client a fifth of a limit or less.", "policy");

    private final Map<Outcome, Map<Decider, Counter>> decisions = new EnumMap<>(Outcome.class);
    private final Counter near;

    PolicyCounts(MetricRegistry metrics, String policy) {
        for (Outcome outcome : Outcome.values()) {
            Map<Decider, Counter> byDecider = new EnumMap<>(Decider.class);
            for (Decider decider : Decider.values()) {
                byDecider.put(decider, metrics.counter(DECISIONS, policy, outcome.text, decider.text));
            }
            decisions.put(outcome, byDecider);
        }
        near = metrics.counter(NEAR, policy);
    }

    void count(Outcome outcome, Decider decider) {
        Map<Decider, Counter> byDecider = Objects.requireNonNull(decisions.get(outcome));
        Objects.requireNonNull(byDecider.get(decider)).increment();
    }

    void countNear() {
        near.increment();
    }
}
