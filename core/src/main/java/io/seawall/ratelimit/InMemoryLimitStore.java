package io.seawall.ratelimit;

import io.seawall.metrics.Meter;
import io.seawall.metrics.MetricRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers in this JVM: the store of a single node, of tests, and of a node whose shared store is away.
 *
 * <p>Bounded, in clients and in heap: under an attack of ever-new clients the known ones keep their own counts, and newcomers
 * share 1,024 counts of each set of limits until room is free again, so nobody is forgotten and nobody gets more than the limit.
 * Starts no thread; there is nothing to close.
 *
 * <p>Time goes by the monotonic clock. It is told what the time of day is once, at its start, for the limits that go by the
 * calendar.
 */
public final class InMemoryLimitStore implements LimitStore {

    /** Clients kept apart unless said otherwise. */
    public static final int DEFAULT_MAX_CLIENTS = 100_000;

    /** Heap that clients may take unless said otherwise, in bytes: 64 MiB. */
    public static final long DEFAULT_MAX_BYTES = 64L << 20;

    private static final Meter CLIENTS =
            Meter.gauge("seawall.limit.clients", "Clients that this node keeps apart in its own memory.");

    private final LongSupplier nanoTime;
    private final long originNanos;
    private final long originMicros;
    private final Room room;
    private final AtomicLong order = new AtomicLong();
    private final InMemoryOverrides overrides = new InMemoryOverrides(this::refresh);
    private final Map<QuotaPolicies, ClientTable> tables = new ConcurrentHashMap<>();
    private volatile int nodes = 1;

    /** A store of {@value #DEFAULT_MAX_CLIENTS} clients or 64 MiB, whichever is less, on the system's clocks. */
    public InMemoryLimitStore() {
        this(DEFAULT_MAX_CLIENTS, DEFAULT_MAX_BYTES);
    }

    /**
     * A store with its bounds, on the system's clocks.
     *
     * @param maxClients clients kept apart, 1 or more
     * @param maxBytes heap that they may take, 1 or more
     * @throws IllegalArgumentException if a bound is below 1
     */
    public InMemoryLimitStore(int maxClients, long maxBytes) {
        this(maxClients, maxBytes, System::nanoTime, InstantSource.system());
    }

    /**
     * A store with its bounds and its clocks.
     *
     * @param maxClients clients kept apart, 1 or more
     * @param maxBytes heap that they may take, 1 or more; a client of one sliding window takes about 750 bytes, of another
     *     limit about 250. In a flood, 1,024 places of that size for each set of limits come on top
     * @param nanoTime monotonic time in nanoseconds since any origin, as {@link System#nanoTime}
     * @param clock the time of day, read once
     * @throws IllegalArgumentException if a bound is below 1
     */
    public InMemoryLimitStore(int maxClients, long maxBytes, LongSupplier nanoTime, InstantSource clock) {
        if (maxClients < 1 || maxBytes < 1) {
            throw new IllegalArgumentException(
                    "maxClients is " + maxClients + " and maxBytes is " + maxBytes + ": use 1 or more");
        }
        this.nanoTime = nanoTime;
        this.originNanos = nanoTime.getAsLong();
        this.originMicros = TimeUnit.MILLISECONDS.toMicros(clock.millis());
        this.room = new Room(this, maxClients, maxBytes);
    }

    @Override
    public BoundLimits bind(QuotaPolicies policies) {
        ClientTable table = tables.computeIfAbsent(policies, key -> new ClientTable(this, key));
        table.refresh(); // a change that came while it was made may have missed it
        return table;
    }

    /**
     * Stands in for a store that several nodes share: each of them alone grants its part of the permits, rounded down and 1 at
     * least, by the overrides that were last seen.
     *
     * @param liveNodes how many they are, 1 or more
     * @param liveOverrides in place of all that were there
     */
    void standIn(int liveNodes, List<LimitOverride> liveOverrides) {
        if (nodes != liveNodes) {
            nodes = liveNodes;
            refresh();
        }
        overrides.replaceAll(liveOverrides);
    }

    /** What is left of limits for a node of several. */
    QuotaPolicies share(QuotaPolicies whole) {
        int parts = nodes;
        return parts == 1
                ? whole
                : whole.map(
                        limit -> limit.withPermits(limit.permits() == 0 ? 0 : Math.max(1, limit.permits() / parts)));
    }

    /** Of a share, what costs more than all of it takes all of it: otherwise no wait would make it possible. */
    long cost(Claim claim, Client client) {
        return nodes == 1 ? claim.cost() : Math.min(claim.cost(), client.terms().mostAtOnce());
    }

    /** Counts what another store has granted, as far as this one would have. */
    void record(List<Claim> claims) {
        for (Claim claim : claims) {
            table(claim.limits()).record(claim);
        }
    }

    private void refresh() {
        tables.values().forEach(ClientTable::refresh);
    }

    @Override
    public Decision decide(List<Claim> claims) {
        Client[] clients = new Client[claims.size()];
        while (true) {
            // Before any of them is made: a newcomer is idle, and would be retired to make room for the next.
            retireIfAnyIsNew(claims);
            for (int i = 0; i < clients.length; i++) {
                Claim claim = claims.get(i);
                clients[i] = table(claim.limits()).locate(claim.client());
            }
            Decision decision = withLocks(inOrder(clients), 0, () -> decideLocked(claims, clients));
            if (decision != null) {
                return decision;
            }
        }
    }

    private void retireIfAnyIsNew(List<Claim> claims) {
        for (Claim claim : claims) {
            if (table(claim.limits()).find(claim.client()) == null) {
                room.retireIdleClients();
                return;
            }
        }
    }

    @Override
    public void refund(List<Claim> claims, Decision.Allowed decision) {
        for (Claim claim : claims) {
            Client client = table(claim.limits()).locate(claim.client());
            synchronized (client) {
                // A retired client has nothing in use. One that has moved to its own place meanwhile keeps a permit too
                // many in use.
                if (!client.isRetired()) {
                    client.terms().refund(client.state(), nowMicros(), cost(claim, client), decision);
                }
            }
        }
    }

    @Override
    public Standing standing(BoundLimits limits, String client) {
        return table(limits).standing(client);
    }

    @Override
    public void reset(BoundLimits limits, String client) {
        table(limits).reset(client);
    }

    @Override
    public Overrides overrides() {
        return overrides;
    }

    OverridesInForce overridesInForce() {
        return overrides.inForce();
    }

    @Override
    public void register(MetricRegistry metrics) {
        metrics.read(CLIENTS, room::clients);
    }

    @Override
    public void close() {
        tables.clear();
    }

    /** How many nodes share the permits, this one included. */
    int nodes() {
        return nodes;
    }

    /** Microseconds since 1970. nanoTime has any origin, and compares by difference only. */
    long nowMicros() {
        return originMicros + (nanoTime.getAsLong() - originNanos) / 1000;
    }

    Room room() {
        return room;
    }

    long nextOrder() {
        return order.incrementAndGet();
    }

    private ClientTable table(BoundLimits limits) {
        if (limits instanceof ClientTable table && table.isOf(this)) {
            return table;
        }
        throw new IllegalArgumentException(
                "the limits of '" + limits.policies().name() + "' are bound to another store");
    }

    /** The order in which they are locked, the same for everybody, so that nobody waits for somebody who waits. */
    private static Client[] inOrder(Client[] clients) {
        if (clients.length == 1) {
            return clients;
        }
        Client[] sorted = clients.clone();
        Arrays.sort(sorted, Comparator.comparingLong(client -> client.order));
        return sorted;
    }

    private interface Locked {
        @Nullable
        Decision run();
    }

    private static @Nullable Decision withLocks(Client[] clients, int from, Locked then) {
        if (from == clients.length) {
            return then.run();
        }
        synchronized (clients[from]) {
            return withLocks(clients, from + 1, then);
        }
    }

    /** Null if one of the clients is no longer the one for its name. */
    private @Nullable Decision decideLocked(List<Claim> claims, Client[] clients) {
        for (int i = 0; i < clients.length; i++) {
            if (!clients[i].table.isCurrent(clients[i], claims.get(i).client())) {
                return null;
            }
        }
        // Read under the locks: in the order in which requests are decided, time does not go back.
        long now = nowMicros();
        long ban = 0;
        long wait = 0;
        for (int i = 0; i < clients.length; i++) {
            Terms terms = clients[i].terms();
            ban = Math.max(ban, terms.bannedForMicros(clients[i].state(), now));
            wait = Math.max(wait, terms.retryAfterMicros(clients[i].state(), now, cost(claims.get(i), clients[i])));
        }
        if (ban > 0) {
            // After the ban the limits still have to grant it.
            return denied(claims, clients, now, Math.max(ban, wait), true);
        }
        return wait > 0 ? denied(claims, clients, now, wait, false) : allowed(claims, clients, now);
    }

    private Decision allowed(List<Claim> claims, Client[] clients, long now) {
        List<QuotaStatus> statuses = new ArrayList<>(clients.length);
        List<QuotaPolicy> shadowRefusals = new ArrayList<>(0);
        for (int i = 0; i < clients.length; i++) {
            Terms terms = clients[i].terms();
            long[] state = clients[i].state();
            long cost = cost(claims.get(i), clients[i]);
            terms.addShadowRefusals(shadowRefusals, state, now, cost);
            terms.charge(state, now, cost);
            terms.addStatuses(statuses, state, now);
        }
        return new Decision.Allowed(statuses, shadowRefusals, now, false);
    }

    private Decision denied(List<Claim> claims, Client[] clients, long now, long wait, boolean banned) {
        List<QuotaStatus> statuses = new ArrayList<>(clients.length);
        List<Ban> bans = new ArrayList<>(0);
        for (int i = 0; i < clients.length; i++) {
            Terms terms = clients[i].terms();
            long[] state = clients[i].state();
            long cost = cost(claims.get(i), clients[i]);
            if (!banned && !clients[i].shared && terms.retryAfterMicros(state, now, cost) > 0) {
                terms.refused(state, now);
                long ban = terms.bannedForMicros(state, now);
                if (ban > 0) { // of nobody who was banned: then no refusal is counted
                    bans.add(new Ban(
                            claims.get(i).limits().policies().name(),
                            claims.get(i).client(),
                            Duration.of(ban, ChronoUnit.MICROS)));
                    wait = Math.max(wait, ban);
                }
            }
            terms.addStatusesOfRefusal(statuses, state, now, cost, banned);
        }
        return new Decision.Denied(statuses, wait, banned, now, false, bans);
    }
}
