package io.seawall.redis;

import java.util.List;

/** All that we want of a Redis client library. Thread-safe. */
interface RedisConnections extends AutoCloseable {

    /**
     * Runs a script, once: after a failure it is not known whether it ran, and it is not run again.
     *
     * @param keys the keys that it touches
     * @param arguments what it reads
     * @return its reply, integers
     * @throws RedisFailure if the reply did not come in time, or is an error
     */
    List<Long> run(Script script, List<byte[]> keys, List<byte[]> arguments);

    /**
     * The same on a connection of its own, made for it within {@code connectMillis} and closed after it; and drops the idle
     * connections, which did not survive whatever made the caller doubt.
     */
    void probe(Script script, List<byte[]> keys, List<byte[]> arguments, int connectMillis);

    @Override
    void close();

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
