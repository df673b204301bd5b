package io.seawall.interceptors;

import io.seawall.cache.CaffeineAnswers;
import io.seawall.resilience.stale.StalePolicy;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The last good answers of one method. They outlast other settings: it is when a target is down that somebody changes these, and then
 * nobody could get the answers again. Not thread-safe.
 */
final class MethodAnswers {

    private final @Nullable CaffeineAnswers before;
    private @Nullable CaffeineAnswers kept;
    private @Nullable StalePolicy policy;

    /**
     * For settings that are not in force yet.
     *
     * @param inForce those of the same method by the settings before; null if there were none
     */
    MethodAnswers(@Nullable MethodAnswers inForce) {
        this.before = inForce == null ? null : inForce.kept;
    }

    /** Where they are kept, if the method is to keep any. */
    CaffeineAnswers by(StalePolicy policy, LongSupplier nanoTime) {
        CaffeineAnswers answers = before == null ? new CaffeineAnswers(policy, nanoTime) : before;
        this.policy = policy;
        kept = answers;
        return answers;
    }

    /** The settings have come into force. */
    void begin() {
        if (kept != null && policy != null) {
            kept.apply(policy);
        }
    }
}
