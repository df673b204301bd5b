package io.seawall.redis;

import java.util.ArrayList;
import java.util.List;

/**
 * Makes commands of calls: of all decisions one script call, or several where there are very many; what they give back goes before
 * them. Thread-safe.
 */
final class BatchWriter {

    /** Redis does nothing else while a script runs: half a millisecond is what others may wait. */
    private static final int MAX_DECISIONS = 128;

    private final Scripts scripts;
    private final byte[] overridesKey;

    BatchWriter(Scripts scripts, byte[] overridesKey) {
        this.scripts = scripts;
        this.overridesKey = overridesKey;
    }

    List<Question> questions(List<Call> calls) {
        List<Question> questions = new ArrayList<>();
        List<DecisionCall> decisions = new ArrayList<>(calls.size());
        for (Call call : calls) {
            if (call instanceof DecisionCall decision) {
                decisions.add(decision);
                decision.giveBacks().stream().filter(GiveBack::take).forEach(questions::add);
            } else if (call instanceof CommandCall command) {
                questions.add(command);
            }
        }
        for (int from = 0; from < decisions.size(); from += MAX_DECISIONS) {
            int to = Math.min(from + MAX_DECISIONS, decisions.size());
            questions.add(new DecisionBatch(scripts, overridesKey, decisions.subList(from, to)));
        }
        return questions;
    }
}
