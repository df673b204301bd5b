package io.seawall.filter;

import io.seawall.filter.admin.RefusedClient;
import io.seawall.filter.client.ShownClient;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * Whom a filter refuses most. Told of refusals only; admitted requests do not come here. Thread-safe.
 *
 * <p>Three {@link TopCounts}, each of five minutes: the one of now and the two before it. So a count is of ten to fifteen minutes, and
 * nothing has to be done as time passes.
 *
 * <p>Refusals that this node knows by itself cost 100 ns, and an attacker can have millions of them a second. So beyond
 * {@value #EXACT_PER_SECOND} in a second, one in {@value #SAMPLED} is counted, by chance, for all of them; the others read one number
 * and draw another. There is one lock, which then is rarely wanted, and held for a look at 100 counters.
 */
final class RefusedClients {

    static final int EXACT_PER_SECOND = 1_000;
    static final int SAMPLED = 64;

    private static final int GENERATIONS = 3;
    private static final long GENERATION_MICROS = TimeUnit.MINUTES.toMicros(5);
    private static final long SECOND_MICROS = TimeUnit.SECONDS.toMicros(1);

    /** As many as one of the three keeps apart. */
    private static final int MAX_TOLD = TopCounts.SIZE;

    /** Longer than nearly every name, so that a hash is rarely needed. */
    private static final int MAX_KEPT_LENGTH = 512;

    /** What no name begins with. */
    private static final String SHOWN = "\n";

    private final InstantSource clock;
    private final IntSupplier chance;

    /** The second in which no more are counted one by one. */
    private volatile long stormSecond = -1;

    private final TopCounts[] counts = new TopCounts[GENERATIONS];
    private final long[] generations = new long[GENERATIONS];
    /** What the clock that decides is ahead of that of this node, as it was last: what is old is asked by the latter. */
    private long aheadMicros;

    private long exactSecond = -1;
    private int exact;

    /** On the system's clock and chance. */
    RefusedClients() {
        this(InstantSource.system(), () -> ThreadLocalRandom.current().nextInt());
    }

    /**
     * With its own.
     *
     * @param clock by which what is old is not told any more
     * @param chance any number, evenly
     */
    RefusedClients(InstantSource clock, IntSupplier chance) {
        this.clock = clock;
        this.chance = chance;
        for (int i = 0; i < GENERATIONS; i++) {
            counts[i] = new TopCounts();
        }
    }

    /**
     * A client was refused.
     *
     * @param shadow whether only by limits in shadow
     * @param atMicros when it was decided, by the clock of the store; a clock is only read for one that is counted
     */
    void refused(String policy, String client, boolean shadow, long atMicros) {
        long second = atMicros / SECOND_MICROS;
        if (second != stormSecond) {
            count(policy, client, shadow, 1, atMicros);
        } else if (chance.getAsInt() % SAMPLED == 0) {
            count(policy, client, shadow, SAMPLED, atMicros);
        }
    }

    private synchronized void count(String policy, String client, boolean shadow, long weight, long atMicros) {
        long second = atMicros / SECOND_MICROS;
        if (second != exactSecond) {
            exactSecond = second;
            exact = 0;
        }
        exact++;
        if (exact >= EXACT_PER_SECOND) {
            stormSecond = second;
        }
        aheadMicros = atMicros - nowMicros();
        of(atMicros / GENERATION_MICROS).add(policy, kept(client), shadow, weight, atMicros);
    }

    /** Nobody's name fills the heap: a long one is kept as it will be shown, and marked. */
    private static String kept(String client) {
        return client.length() <= MAX_KEPT_LENGTH ? client : SHOWN + ShownClient.of(client);
    }

    private static String shown(String kept) {
        return kept.startsWith(SHOWN) ? kept.substring(SHOWN.length()) : ShownClient.of(kept);
    }

    /** When the clock has gone back, the newest goes on. */
    private TopCounts of(long generation) {
        int place = (int) Math.floorMod(generation, (long) GENERATIONS);
        if (generations[place] < generation) {
            counts[place].clear();
            generations[place] = generation;
        }
        return counts[place];
    }

    /** Those who were refused most, the first most of all. */
    List<RefusedClient> top() {
        Map<Who, Sum> sums = new LinkedHashMap<>();
        long ahead;
        synchronized (this) {
            ahead = aheadMicros;
            long oldest = (nowMicros() + ahead) / GENERATION_MICROS - GENERATIONS + 1;
            long floors = 0;
            for (int i = 0; i < GENERATIONS; i++) {
                if (generations[i] >= oldest) {
                    long floor = counts[i].floor();
                    floors += floor;
                    counts[i].forEach(counter -> sums.computeIfAbsent(
                                    new Who(counter.policy, counter.client, counter.shadow), who -> new Sum())
                            .add(counter, floor));
                }
            }
            for (Sum sum : sums.values()) {
                sum.unsure += floors;
            }
        }
        List<RefusedClient> top = new ArrayList<>(sums.size());
        sums.forEach((who, sum) -> top.add(new RefusedClient(
                who.policy,
                shown(who.client),
                who.shadow,
                sum.refusals,
                sum.unsure,
                TimeUnit.MICROSECONDS.toMillis(sum.lastMicros - ahead))));
        top.sort(Comparator.comparingLong(RefusedClient::refusals).reversed());
        return List.copyOf(top.subList(0, Math.min(top.size(), MAX_TOLD)));
    }

    private long nowMicros() {
        return TimeUnit.MILLISECONDS.toMicros(clock.millis());
    }

    private record Who(String policy, String client, boolean shadow) {}

    /** What is known of one of them: where it has no counter, no more than the floor was missed. */
    private static final class Sum {
        private long refusals;
        private long unsure;
        private long lastMicros;

        void add(TopCounts.Counter counter, long floor) {
            refusals += counter.count - counter.error;
            unsure += counter.error - floor;
            lastMicros = Math.max(lastMicros, counter.lastMicros);
        }
    }
}
