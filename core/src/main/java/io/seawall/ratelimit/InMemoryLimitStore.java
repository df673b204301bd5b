package io.seawall.ratelimit;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Remembers in this JVM: the store of a single node, of tests, and of a node whose shared store is away.
 *
 * <p>Bounded: each set of limits keeps about {@code maxClients} clients apart (a few more if they arrive at once). Under an attack of ever-new clients the
 * known ones keep their own counts, and newcomers share 1,024 overflow counts until room is free again, so nobody is
 * forgotten and nobody gets more than the limit. Starts no thread; there is nothing to close.
 */
public final class InMemoryLimitStore implements LimitStore {

    /**
     * Clients kept apart per set of limits unless said otherwise. Each costs a few hundred bytes, and up to 1.2 kB for each limit
     * if it is busy all through the window.
     */
    public static final int DEFAULT_MAX_CLIENTS = 100_000;

    private final int maxClients;
    private final LongSupplier nanoTime;
    private final Map<QuotaPolicies, ClientTable> tables = new ConcurrentHashMap<>();

    /** A store of {@value #DEFAULT_MAX_CLIENTS} clients on the system's monotonic clock. */
    public InMemoryLimitStore() {
        this(DEFAULT_MAX_CLIENTS, System::nanoTime);
    }

    /**
     * A store with its bound and its clock.
     *
     * @param maxClients clients kept apart per set of limits, 1 or more
     * @param nanoTime monotonic time in nanoseconds since any origin, as {@link System#nanoTime}
     * @throws IllegalArgumentException if {@code maxClients} is below 1
     */
    public InMemoryLimitStore(int maxClients, LongSupplier nanoTime) {
        if (maxClients < 1) {
            throw new IllegalArgumentException("maxClients is " + maxClients + ": use 1 or more");
        }
        this.maxClients = maxClients;
        this.nanoTime = nanoTime;
    }

    @Override
    public BoundLimits bind(QuotaPolicies policies) {
        return tables.computeIfAbsent(policies, key -> new ClientTable(key, maxClients, nanoTime));
    }

    @Override
    public void close() {
        tables.clear();
    }
}
