package io.seawall.resilience.stale;

import org.jspecify.annotations.Nullable;

/** Keeps the last answer for each key. Bounded, so it may forget any of them at any time; thread-safe. */
public interface LastAnswers {

    /**
     * The last answer.
     *
     * @param key what was asked; compared by {@link Object#equals}
     * @return the answer; null if there is none
     */
    @Nullable
    Answer find(Object key);

    /**
     * Keeps an answer in place of the one before.
     *
     * @param key what was asked
     * @param answer what came
     */
    void keep(Object key, Answer answer);
}
