package io.seawall.storm.clients;

import java.util.concurrent.CompletableFuture;

/**
 * What comes before the first question that counts: a few clients ask, each again when it has its answer, until the shop has
 * loaded its classes and compiled what is hot. On the thread of its {@link Time} alone, but for {@link #start}.
 */
final class WarmUp {

    /** More questions do not make it warmer; and a shop that fails at once would get any number of them. */
    static final int MOST = 2_000;

    private static final int ASKERS = 4;

    /** In a row, fresh and quick: then it is warm. */
    private static final int ENOUGH = 300;

    private static final long QUICK_NANOS = 500_000_000;

    /** Behind all clients of the storm, whose limits must not be touched, and each its own. */
    private static final int FIRST_CLIENT = 1 << 20;

    private final Shop shop;
    private final Time time;
    private final CompletableFuture<Warmth> done = new CompletableFuture<>();
    private int asked;
    private int inARow;
    private boolean everFresh;
    private boolean everQuicklyFailed;

    WarmUp(Shop shop, Time time) {
        this.shop = shop;
        this.time = time;
    }

    /**
     * Begins.
     *
     * @param atMostNanos a slow machine is warm when this time is over
     * @return how it is then
     */
    CompletableFuture<Warmth> start(long atMostNanos) {
        time.at(time.nanos() + atMostNanos, () -> done.complete(warmth()));
        for (int asker = 0; asker < ASKERS; asker++) {
            time.at(time.nanos(), this::ask);
        }
        return done;
    }

    private void ask() {
        long asking = time.nanos();
        shop.ask(FIRST_CLIENT + asked++, asking, answer -> {
            boolean fresh = answer == Answer.FRESH;
            boolean quick = time.nanos() - asking < QUICK_NANOS;
            everFresh |= fresh;
            everQuicklyFailed |= quick && answer == Answer.FAILED;
            inARow = fresh && quick ? inARow + 1 : 0;
            if (inARow >= ENOUGH || asked >= MOST) {
                done.complete(warmth());
            } else if (!done.isDone()) {
                ask();
            }
        });
    }

    private Warmth warmth() {
        if (everFresh) {
            return Warmth.WARM;
        }
        return everQuicklyFailed ? Warmth.BROKEN : Warmth.COLD;
    }
}
