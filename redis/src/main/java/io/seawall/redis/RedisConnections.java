package io.seawall.redis;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that we want of a Redis client library. Thread-safe. */
interface RedisConnections extends AutoCloseable {

    /**
     * Runs a script, once: after a failure it is not known whether it ran, and it is not run again.
     *
     * @return its reply, integers
     * @throws RedisFailure if the reply did not come in time, or is an error
     */
    List<Long> run(ScriptCall call);

    /**
     * Sends a command, once, as {@link #run} does.
     *
     * @return its reply: a number, bytes, null, or a list of these
     * @throws RedisFailure if the reply did not come in time, or is an error, which says nothing about Redis
     */
    @Nullable
    Object send(String command, List<byte[]> arguments);

    /**
     * Runs a script on a connection of its own, made for it within {@code connectMillis} and closed after it; and drops the idle
     * connections, which did not survive whatever made the caller doubt.
     */
    void probe(ScriptCall call, int connectMillis);

    @Override
    void close();

    /**
     * A script with what it is called with.
     *
     * @param keys the keys that it touches
     * @param arguments what it reads
     */
    record ScriptCall(Script script, List<byte[]> keys, List<byte[]> arguments) {}

    /** Redis did not do what it was asked. The message says why, in the words of Redis or of the socket. */
    final class RedisFailure extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final boolean ofRedis;

        /** A failure, and whether it says anything about Redis: that all connections are in use does not. */
        RedisFailure(String message, Throwable cause, boolean ofRedis) {
            super(message, cause);
            this.ofRedis = ofRedis;
        }

        boolean isOfRedis() {
            return ofRedis;
        }
    }
}
