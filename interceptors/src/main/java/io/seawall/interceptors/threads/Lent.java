package io.seawall.interceptors.threads;

import io.seawall.interceptors.threads.Names.Found;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One thing that the server may lend, looked up when it is needed first. Thread-safe.
 *
 * @param <T> what it is
 */
final class Lent<T> {

    /** So many threads that see nothing of it: there is nothing. */
    private static final int TRIES = 100;

    private final String name;
    private final Class<T> type;
    private final Names names;
    private final AtomicInteger tries = new AtomicInteger();
    private volatile @Nullable T found;

    Lent(String name, Class<T> type, Names names) {
        this.name = name;
        this.type = type;
        this.names = names;
    }

    /** Null if there is none, as far as the calling thread can see. */
    @Nullable
    T find() {
        T known = found;
        if (known != null || tries.get() >= TRIES) {
            return known;
        }
        tries.incrementAndGet();
        Found answer = look();
        if (type.isInstance(answer.object())) {
            known = type.cast(answer.object());
            found = known;
        } else if (answer.forGood()) {
            tries.set(TRIES);
        }
        return known;
    }

    private Found look() {
        try {
            return names.find(name);
        } catch (RuntimeException broken) {
            return Found.NOTHING_HERE;
        } catch (LinkageError noNaming) { // a run time without the module java.naming
            return Found.NOTHING;
        }
    }
}
