package io.seawall.ratelimit;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many clients a store keeps apart, over all its sets of limits: a bound of their number and of the heap that they take.
 *
 * <p>A client is retired only when all its permits are free, so forgetting it changes nothing. Every newcomer looks at a few
 * others, those first that were looked at longest ago, and retires the idle ones; no thread, no pause. They stand in a queue and
 * not in the maps only: a map never shrinks, and to walk over the empty places that a flood has left costs a millisecond.
 */
final class Room {

    /** More than one, to gain on the newcomers, so that a store of idle clients empties. */
    private static final int STEPS = 4;

    /**
     * What a client takes besides its numbers and its name: itself 48, its place in the map 48, in the queue 24, the heads of the
     * array of numbers 16, of the name 24 and of the name's characters 16; in bytes, on a heap below 32 GiB.
     */
    private static final int BYTES_PER_CLIENT = 176;

    /**
     * Of so many parts one may be full of idle clients: where a window is short, nearly all clients are idle between two requests,
     * and to make each anew every time would cost more than its place.
     */
    private static final int PARTS = 8;

    private final InMemoryLimitStore store;
    private final int maxClients;
    private final long maxBytes;
    private final AtomicInteger clients = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final Queue<Client> round = new ConcurrentLinkedQueue<>();

    Room(InMemoryLimitStore store, int maxClients, long maxBytes) {
        this.store = store;
        this.maxClients = maxClients;
        this.maxBytes = maxBytes;
    }

    /** Makes room for a newcomer, if there is any, or if it must have some. */
    boolean enter(Client newcomer, boolean mustEnter) {
        long needed = bytesOf(newcomer);
        if (clients.incrementAndGet() <= maxClients || mustEnter) {
            if (bytes.addAndGet(needed) <= maxBytes || mustEnter) {
                round.add(newcomer);
                return true;
            }
            bytes.addAndGet(-needed);
        }
        clients.decrementAndGet();
        return false;
    }

    void retireIdleClients() {
        if (clients.get() <= maxClients / PARTS && bytes.get() <= maxBytes / PARTS) {
            return;
        }
        for (int i = 0; i < STEPS; i++) {
            Client known = round.poll();
            if (known == null) {
                return;
            }
            if (!retireIfIdle(known)) {
                round.add(known);
            }
        }
    }

    private boolean retireIfIdle(Client client) {
        synchronized (client) {
            if (!client.isIdle(store.nowMicros())) {
                return false;
            }
            client.retire();
            client.table.remove(client);
        }
        clients.decrementAndGet();
        bytes.addAndGet(-bytesOf(client));
        return true;
    }

    /** How many clients are kept apart. */
    int clients() {
        return clients.get();
    }

    /** Heap that the clients take, as far as it can be known from here. */
    long bytes() {
        return bytes.get();
    }

    private static long bytesOf(Client client) {
        return BYTES_PER_CLIENT + 8L * client.table.configured().cells() + 2L * client.name.length();
    }
}
