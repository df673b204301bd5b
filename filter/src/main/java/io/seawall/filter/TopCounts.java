package io.seawall.filter;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Whose count is highest, in a memory of fixed size: Space-Saving (Metwally, Agrawal and El Abbadi, 2005). There are {@value #SIZE}
 * counters; who has none takes over the lowest, its number too, since it may have been there before.
 *
 * <p>With N the sum of all that was added: everybody whose own sum is above N / {@value #SIZE} has a counter. For those who have one,
 * {@code count - error <= own sum <= count}; for the others, {@code own sum <= floor}. The floor is N / {@value #SIZE} at most.
 *
 * <p>All counters are looked at for each addition: one line of the processor's cache after another, which needs no object, and no
 * more time for who is new than for who is known. Not thread-safe.
 */
final class TopCounts {

    static final int SIZE = 100;

    /** Somebody who is counted. Changes only where it stands in {@link TopCounts}. */
    static final class Counter {
        String policy = "";
        String client = "";
        boolean shadow;
        long count;
        long error;
        long lastMicros;

        private boolean isOf(String otherPolicy, String otherClient, boolean otherShadow) {
            return shadow == otherShadow && policy.equals(otherPolicy) && client.equals(otherClient);
        }
    }

    private final int[] hashes = new int[SIZE];
    private final @Nullable Counter[] counters = new Counter[SIZE];
    private int used;

    /**
     * Adds to a count.
     *
     * @param weight 1 or more
     * @param atMicros when that was
     */
    void add(String policy, String client, boolean shadow, long weight, long atMicros) {
        int hash = client.hashCode();
        Counter counter = find(hash, policy, client, shadow);
        if (counter == null) {
            counter = used < SIZE ? newCounter(hash) : lowest(hash);
            counter.policy = policy;
            counter.client = client;
            counter.shadow = shadow;
            counter.error = counter.count;
            counter.lastMicros = atMicros;
        }
        counter.count += weight;
        counter.lastMicros = Math.max(counter.lastMicros, atMicros);
    }

    private @Nullable Counter find(int hash, String policy, String client, boolean shadow) {
        for (int i = 0; i < used; i++) {
            if (hashes[i] == hash && at(i).isOf(policy, client, shadow)) {
                return at(i);
            }
        }
        return null;
    }

    private Counter newCounter(int hash) {
        Counter counter = new Counter();
        hashes[used] = hash;
        counters[used] = counter;
        used++;
        return counter;
    }

    private Counter lowest(int hash) {
        int lowest = 0;
        for (int i = 1; i < used; i++) {
            if (at(i).count < at(lowest).count) {
                lowest = i;
            }
        }
        hashes[lowest] = hash;
        return at(lowest);
    }

    private Counter at(int i) {
        Counter counter = counters[i];
        if (counter == null) {
            throw new IllegalStateException("counter " + i + " of " + used + " is missing");
        }
        return counter;
    }

    /** The most that anybody can have who has no counter. */
    long floor() {
        long floor = used < SIZE ? 0 : Long.MAX_VALUE;
        for (int i = 0; i < used && floor > 0; i++) {
            floor = Math.min(floor, at(i).count);
        }
        return floor;
    }

    void forEach(Consumer<Counter> reader) {
        for (int i = 0; i < used; i++) {
            reader.accept(at(i));
        }
    }

    void clear() {
        Arrays.fill(counters, null);
        used = 0;
    }
}
