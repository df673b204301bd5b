package io.seawall.storm.clients;

import java.util.concurrent.CompletableFuture;

/**
 * What comes before the first question that counts: a few clients ask, each again when it has its answer, until the shop has
 * loaded its classes and compiled what is hot. On the thread of its {@link Time} alone, but for {@link #start}.
 */
final class WarmUp {

    /** More questions do not make it warmer. */
    static final int MOST = 2_000;

    private static final int ASKERS = 4;

    /** In a row, fresh and quick: then it is warm. */
    private static final int ENOUGH = 300;

    private static final long QUICK_NANOS = 500_000_000;

    /** After an answer that was not fresh: a shop that fails at once, as its circuit is open, has all the time to recover. */
    private static final long PAUSE_NANOS = 40_000_000;

    /** Behind all clients of the storm, whose limits must not be touched, and each its own. */
    private static final int FIRST_CLIENT = 1 << 20;

    private final Shop shop;
    private final Time time;
    private final CompletableFuture<Boolean> done = new CompletableFuture<>();
    private int asked;
    private int inARow;
    private boolean everFresh;

    WarmUp(Shop shop, Time time) {
        this.shop = shop;
        this.time = time;
    }

    /**
     * Begins.
     *
     * @param atMostNanos a slow machine is warm when this time is over
     * @return whether the shop has ever given a fresh answer
     */
    CompletableFuture<Boolean> start(long atMostNanos) {
        time.at(time.nanos() + atMostNanos, () -> done.complete(everFresh));
        for (int asker = 0; asker < ASKERS; asker++) {
            time.at(time.nanos(), this::ask);
        }
        return done;
    }

    private void ask() {
        long asking = time.nanos();
        shop.ask(FIRST_CLIENT + asked++, asking, answer -> {
            boolean fresh = answer == Answer.FRESH;
            everFresh |= fresh;
            inARow = fresh && time.nanos() - asking < QUICK_NANOS ? inARow + 1 : 0;
            if (inARow >= ENOUGH || asked >= MOST) {
                done.complete(everFresh);
            } else if (!done.isDone()) {
                time.at(time.nanos() + (fresh ? 0 : PAUSE_NANOS), this::ask);
            }
        });
    }
}
