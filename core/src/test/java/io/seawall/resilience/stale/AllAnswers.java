package io.seawall.resilience.stale;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Forgets nothing, however old it is. */
final class AllAnswers implements LastAnswers {

    final Map<Object, Answer> kept = new ConcurrentHashMap<>();

    @Override
    public @Nullable Answer find(Object key) {
        return kept.get(key);
    }

    @Override
    public void keep(Object key, Answer answer) {
        kept.put(key, answer);
    }
}
