package io.seawall.ratelimit;

import io.seawall.ratelimit.LimitStore.BoundLimits;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The clients of one set of limits, about {@code maxClients} of them apart.
 *
 * <p>A client is retired only when all its permits are free, so forgetting it changes nothing. Every newcomer looks
 * at a few others and retires the idle ones; no thread, no pause. When the table is full of active clients, a
 * newcomer is counted in one of {@value #OVERFLOW_SLOTS} shared slots. Shared counts are at least the newcomer's own, so
 * it may be refused early but never admitted too often. When room comes, it starts with a copy of its slot for the same
 * reason.
 */
final class ClientTable implements BoundLimits {

    private static final int OVERFLOW_SLOTS = 1024;

    /** More than one, to gain on the newcomers, so that a table of idle clients empties. */
    private static final int STEPS = 4;

    /** Longer names are kept as their start and their hash: what a client sends must not fill the heap. */
    private static final int MAX_NAME_LENGTH = 64;

    private final QuotaPolicies policies;
    private final int maxClients;
    private final LongSupplier nowMicros;
    private final ConcurrentHashMap<String, ClientQuotas> clients = new ConcurrentHashMap<>();
    private final OverflowSlot[] overflow = new OverflowSlot[OVERFLOW_SLOTS];

    /**
     * All clients, the one that was looked at longest ago first. Not the map itself: it never shrinks, and to walk over the
     * empty places that a flood has left costs a millisecond.
     */
    private final Queue<Known> round = new ConcurrentLinkedQueue<>();

    ClientTable(QuotaPolicies policies, int maxClients, LongSupplier nanoTime) {
        this.policies = policies;
        this.maxClients = maxClients;
        long origin = nanoTime.getAsLong();
        // From 0 at the start: nanoTime has any origin, and compares by difference only.
        this.nowMicros = () -> (nanoTime.getAsLong() - origin) / 1000;
        for (int i = 0; i < OVERFLOW_SLOTS; i++) {
            overflow[i] = new OverflowSlot();
        }
    }

    @Override
    public Decision tryAcquire(String client, long cost) {
        policies.requireSatisfiable(cost);
        String name = bounded(client);
        while (true) {
            ClientQuotas known = clients.get(name);
            Decision decision = known != null ? known.tryAcquire(nowMicros, cost) : tryAcquireAsNewcomer(name, cost);
            if (decision != null) {
                return decision;
            }
            // The client was retired, or got a place of its own, between our look and our lock: look again.
        }
    }

    /** How many clients are kept apart now. */
    long size() {
        return clients.mappingCount();
    }

    /** A hashed name is longer than any that is not, so the two never meet. */
    private static String bounded(String client) {
        return client.length() <= MAX_NAME_LENGTH
                ? client
                : client.substring(0, MAX_NAME_LENGTH) + ClientHash.of(client);
    }

    private @Nullable Decision tryAcquireAsNewcomer(String client, long cost) {
        retireIdleClients();
        OverflowSlot slot = overflow[Math.floorMod(client.hashCode(), OVERFLOW_SLOTS)];
        // A newcomer's way in, by its own place or by the slot, is serial per slot: so no charge falls between the two.
        synchronized (slot) {
            if (clients.containsKey(client)) {
                return null;
            }
            ClientQuotas shared = slot.quotas;
            if (clients.mappingCount() < maxClients) {
                ClientQuotas own = shared == null ? new ClientQuotas(policies) : shared.copy();
                clients.put(client, own);
                round.add(new Known(client, own));
                return null;
            }
            if (shared == null) {
                shared = new ClientQuotas(policies);
                slot.quotas = shared;
            }
            return shared.tryAcquire(nowMicros, cost);
        }
    }

    private void retireIdleClients() {
        for (int i = 0; i < STEPS; i++) {
            Known known = round.poll();
            if (known == null) {
                return;
            }
            if (!known.quotas.retireIfIdle(nowMicros, () -> clients.remove(known.name, known.quotas))) {
                round.add(known);
            }
        }
    }

    /** A client that has a place of its own. */
    private record Known(String name, ClientQuotas quotas) {}

    /** A place for newcomers to a full table. Guarded by itself. */
    private static final class OverflowSlot {
        @Nullable
        ClientQuotas quotas;
    }
}
