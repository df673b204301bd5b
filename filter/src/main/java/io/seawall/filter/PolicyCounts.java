package io.seawall.filter;

import io.seawall.metrics.Counter;
import io.seawall.metrics.Meter;
import io.seawall.metrics.MetricRegistry;

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

    private static final Outcome[] OUTCOMES = Outcome.values();
    private static final Decider[] DECIDERS = Decider.values();

    private static final Meter DECISIONS = Meter.counter(
            "seawall.limit.decisions",
            "Requests that a policy was asked about, by what became of them and by who decided.",
            "policy",
            "outcome",
            "by");
    private static final Meter NEAR = Meter.counter(
            "seawall.limit.near", "Requests that were granted and left a client a fifth of a limit or less.", "policy");

    /** By outcome, and by decider within each. An array, since every request looks one up. */
    private final Counter[] decisions = new Counter[OUTCOMES.length * DECIDERS.length];

    private final Counter near;

    PolicyCounts(MetricRegistry metrics, String policy) {
        for (Outcome outcome : OUTCOMES) {
            for (Decider decider : DECIDERS) {
                decisions[index(outcome, decider)] =
                        metrics.counter(DECISIONS, policy, outcome.text, decider.text);
            }
        }
        near = metrics.counter(NEAR, policy);
    }

    void count(Outcome outcome, Decider decider) {
        decisions[index(outcome, decider)].increment();
    }

    private static int index(Outcome outcome, Decider decider) {
        return outcome.ordinal() * DECIDERS.length + decider.ordinal();
    }

    void countNear() {
        near.increment();
    }
}
