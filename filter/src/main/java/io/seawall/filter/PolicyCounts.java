package io.seawall.filter;

import io.seawall.metrics.Meter;
import io.seawall.metrics.MetricRegistry;
import io.seawall.metrics.ThreadCounts;

/** The decisions of one policy, by their outcome and by who made them. Thread-safe. */
final class PolicyCounts {

    /** What became of a request, as far as the policy goes. A closed set: it is a label. */
    enum Outcome {
        /** Granted. */
        ALLOWED(0, "allowed"),
        /** Refused by this policy. */
        REFUSED(3, "refused"),
        /** Granted, though a limit in shadow would have refused. */
        SHADOW_REFUSED(6, "shadow-refused"),
        /** Refused by another policy: this one has charged nothing. */
        UNCHARGED(9, "uncharged");

        /** Of its three numbers. */
        private final int first;

        private final String text;

        Outcome(int first, String text) {
            this.first = first;
            this.text = text;
        }
    }

    /** Who decided. A closed set: it is a label. */
    enum Decider {
        /** The store. */
        STORE(0, "store"),
        /** This node alone, since the store is away. */
        NODE(1, "node"),
        /** Nobody: the store is away, and what is done then is configured. */
        NOBODY(2, "nobody");

        /** Of its number among those of an outcome. */
        private final int offset;

        private final String text;

        Decider(int offset, String text) {
            this.offset = offset;
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

    private static final int NEAR_COUNT = 12;

    /** By outcome, and by decider within each; then those that were near a limit. */
    private final ThreadCounts counts = new ThreadCounts(NEAR_COUNT + 1);

    PolicyCounts(MetricRegistry metrics, String policy) {
        for (Outcome outcome : Outcome.values()) {
            for (Decider decider : Decider.values()) {
                int number = number(outcome, decider);
                metrics.read(DECISIONS, () -> counts.sum(number), policy, outcome.text, decider.text);
            }
        }
        metrics.read(NEAR, () -> counts.sum(NEAR_COUNT), policy);
    }

    void count(Outcome outcome, Decider decider) {
        counts.increment(number(outcome, decider));
    }

    private static int number(Outcome outcome, Decider decider) {
        return outcome.first + decider.offset;
    }

    void countNear() {
        counts.increment(NEAR_COUNT);
    }
}
