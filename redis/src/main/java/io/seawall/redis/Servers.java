package io.seawall.redis;

import java.util.Collection;
import java.util.function.Function;

/** The Redis servers of a store, and which of them has which keys. Thread-safe. */
interface Servers extends AutoCloseable {

    /** Whether a question about these keys can be asked at all. */
    boolean isConnected(Slot slot);

    /**
     * Asks whoever has the keys, and waits for the answer until the deadline of the call.
     *
     * @param <C> what is asked
     * @param slot of the keys
     * @param call makes it; once more for a server that had the keys meanwhile, since then nothing was done
     * @return the call, answered
     * @throws RedisFailure if there is no answer, or an error
     */
    <C extends Call> C ask(Slot slot, Function<Slot, C> call);

    /** Those that are known now. */
    Collection<RedisServer> all();

    /** Closes all connections, and waits a second at most for threads to end. */
    @Override
    void close();
}
