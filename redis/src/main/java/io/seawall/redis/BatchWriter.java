package io.seawall.redis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes commands of calls: of all decisions in one slot one script call, or several where there are very many; what they give back
 * goes before them. Thread-safe.
 */
final class BatchWriter {

    /** Redis does nothing else while a script runs: half a millisecond is what others may wait. */
    private static final int MAX_DECISIONS = 128;

    private final Scripts scripts;
    private final byte @Nullable [] overridesKey;
    private final OverridesSeen overridesSeen;
    private final StoreMetrics metrics;

    /**
     * A writer.
     *
     * @param overridesKey the first key of the script; null: it is not in the slot of the others
     * @param overridesSeen what is known of them
     * @param metrics told what is sent
     */
    BatchWriter(Scripts scripts, byte @Nullable [] overridesKey, OverridesSeen overridesSeen, StoreMetrics metrics) {
        this.metrics = metrics;
        this.overridesSeen = overridesSeen;
        this.scripts = scripts;
        this.overridesKey = overridesKey;
    }

    List<Question> questions(List<Call> calls) {
        metrics.sent(calls.size());
        List<Question> questions = new ArrayList<>();
        Map<Slot, List<DecisionCall>> decisions = new LinkedHashMap<>();
        for (Call call : calls) {
            if (call instanceof DecisionCall decision) {
                decisions
                        .computeIfAbsent(decision.slot(), slot -> new ArrayList<>(calls.size()))
                        .add(decision);
                decision.giveBacks().stream().filter(GiveBack::take).forEach(questions::add);
            } else if (call instanceof CommandCall command) {
                questions.add(command);
            }
        }
        decisions.values().forEach(ofSlot -> {
            for (int from = 0; from < ofSlot.size(); from += MAX_DECISIONS) {
                questions.add(batch(ofSlot.subList(from, Math.min(from + MAX_DECISIONS, ofSlot.size()))));
            }
        });
        return questions;
    }

    /** One script call of decisions that are all in one slot. */
    DecisionBatch batch(List<DecisionCall> calls) {
        return new DecisionBatch(scripts, overridesKey, overridesSeen, calls);
    }
}
