package io.seawall.storm.clients;

import java.net.URI;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/** The clients of one run. Thread-safe. */
public final class Clients implements AutoCloseable {

    /** How often the shop is asked at most, to get warm. */
    public static final int MOST_WARM_UP = WarmUp.MOST;

    /** The same in every run: so is the load. */
    private static final long SEED = 2026;

    private final ClientThread thread = new ClientThread();
    private final HttpShop shop;

    /**
     * Makes clients that do not ask yet.
     *
     * @param products the address that they ask
     * @param timeout how long a client waits for an answer, each time
     * @param epochNanos when the time of the backend was 0, as {@link System#nanoTime}
     */
    public Clients(URI products, Duration timeout, long epochNanos) {
        shop = new HttpShop(products, timeout, new Products(epochNanos), thread);
    }

    /**
     * Has a few clients ask until the shop is warm.
     *
     * @param atMost so long
     * @return whether the shop has ever given a fresh answer
     */
    public CompletableFuture<Boolean> warmUp(Duration atMost) {
        return new WarmUp(shop, thread).start(atMost.toNanos());
    }

    /**
     * Has all clients ask.
     *
     * @param clients how many
     * @param period the time from a question of a client to its next
     * @param retries how they try again
     * @param counts hears what they do
     * @param startNanos when they begin, as {@link System#nanoTime}
     * @param endNanos questions that are born by then count; until the last of them has its end, the load goes on
     * @param grace but not longer: who has no answer then gives up
     * @return done at the end
     */
    public CompletableFuture<Void> storm(
            int clients,
            Duration period,
            ClientRetries retries,
            ClientCounts counts,
            long startNanos,
            long endNanos,
            Duration grace) {
        Random random = new Random(SEED);
        Schedule schedule = new Schedule(clients, period, random);
        return new Crowd(shop, thread, schedule, retries, random, counts).start(startNanos, endNanos, grace.toNanos());
    }

    @Override
    public void close() {
        shop.close();
        thread.close();
    }
}
