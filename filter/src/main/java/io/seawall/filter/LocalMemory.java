package io.seawall.filter;

import io.seawall.filter.settings.ByteSize;
import io.seawall.ratelimit.InMemoryLimitStore;

/**
 * How much a node may remember itself: of all its clients, or beside Redis, of those whom it meets while that is away.
 *
 * @param maxClients clients kept apart
 * @param maxBytes heap that they may take
 */
record LocalMemory(int maxClients, long maxBytes) {

    static final String DEFAULT_MAX_CLIENTS = Integer.toString(InMemoryLimitStore.DEFAULT_MAX_CLIENTS);
    static final String DEFAULT_MAX_BYTES = ByteSize.format(InMemoryLimitStore.DEFAULT_MAX_BYTES);

    /** About 7 GiB of clients with one sliding window: where counting in one JVM has long ended to be sensible. */
    private static final int MOST_CLIENTS = 10_000_000;

    /** About a thousand clients with one sliding window. */
    private static final long LEAST_BYTES = 1L << 20;

    /** A heap that is measured in TiB has other worries. */
    private static final long MOST_BYTES = 1L << 40;

    /** Reads {@code max-clients}. */
    static int maxClients(String text) {
        boolean number = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!number) {
            throw new IllegalArgumentException(
                    "it is not a number of clients: write 1 to " + MOST_CLIENTS + ", for example 100000");
        }
        // What is longer may have leading zeros, and nobody writes that.
        long clients = text.length() > 18 ? Long.MAX_VALUE : Long.parseLong(text);
        if (clients < 1 || clients > MOST_CLIENTS) {
            throw new IllegalArgumentException(text + " clients are not allowed: use 1 to " + MOST_CLIENTS);
        }
        return (int) clients;
    }

    /** Reads {@code max-client-memory}. */
    static long maxBytes(String text) {
        long bytes = ByteSize.parse(text);
        if (bytes < LEAST_BYTES || bytes > MOST_BYTES) {
            throw new IllegalArgumentException("a memory of " + text + " is not allowed: use "
                    + ByteSize.format(LEAST_BYTES) + " to " + ByteSize.format(MOST_BYTES));
        }
        return bytes;
    }

    InMemoryLimitStore newStore() {
        return new InMemoryLimitStore(maxClients, maxBytes);
    }
}
