package io.seawall.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.seawall.resilience.stale.Answer;
import io.seawall.resilience.stale.LastAnswers;
import io.seawall.resilience.stale.StalePolicy;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps as many answers as the policy says, for as long as it says. Has no thread of its own and borrows none: what it
 * clears away, it clears away while it is asked.
 */
public final class CaffeineAnswers implements LastAnswers {

    private final Cache<Object, Answer> answers;

    /**
     * Without an answer.
     *
     * @param policy how old an answer may be, and how many are kept
     * @param nanoTime monotonic time in nanoseconds since any origin, as {@link System#nanoTime}
     */
    public CaffeineAnswers(StalePolicy policy, LongSupplier nanoTime) {
        answers = Caffeine.newBuilder()
                .maximumSize(policy.maxEntries())
                .expireAfterWrite(policy.maxAge())
                .ticker(nanoTime::getAsLong)
                // The common pool would outlive the application, and hold its class loader.
                .executor(Runnable::run)
                .build();
    }

    /**
     * Goes by another policy from now on, and keeps the answers that it allows.
     *
     * @param policy how old an answer may be, and how many are kept
     */
    public void apply(StalePolicy policy) {
        answers.policy().eviction().orElseThrow().setMaximum(policy.maxEntries());
        answers.policy().expireAfterWrite().orElseThrow().setExpiresAfter(policy.maxAge());
    }

    @Override
    public @Nullable Answer find(Object key) {
        return answers.getIfPresent(key);
    }

    @Override
    public void keep(Object key, Answer answer) {
        answers.put(key, answer);
    }
}
