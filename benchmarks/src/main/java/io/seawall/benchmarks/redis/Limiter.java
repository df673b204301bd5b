package io.seawall.benchmarks.redis;

/** Holds clients to a limit, by Redis. Thread-safe, unless its {@link Contender} says otherwise. */
interface Limiter extends AutoCloseable {

    /**
     * Takes one permit.
     *
     * @throws RuntimeException if it is not known whether there is one
     */
    boolean tryAcquire(String client);

    @Override
    void close();
}
