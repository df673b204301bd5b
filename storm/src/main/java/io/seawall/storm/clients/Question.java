package io.seawall.storm.clients;

import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * One question of a client, with all its attempts. A refusal by the rate limit ends it: that says when to come again, and no
 * client waits so long.
 */
final class Question {

    private final Shop shop;
    private final Time time;
    private final ClientRetries retries;
    private final RandomGenerator random;
    private final ClientCounts counts;
    private final int client;
    private final long bornNanos;
    private final Consumer<Question> whenEnded;
    private int retry;
    private boolean ended;

    Question(
            Shop shop,
            Time time,
            ClientRetries retries,
            RandomGenerator random,
            ClientCounts counts,
            int client,
            long bornNanos,
            Consumer<Question> whenEnded) {
        this.shop = shop;
        this.time = time;
        this.retries = retries;
        this.random = random;
        this.counts = counts;
        this.client = client;
        this.bornNanos = bornNanos;
        this.whenEnded = whenEnded;
    }

    void begin() {
        counts.offered(bornNanos, time.nanos());
        attempt();
    }

    /** There is no time left. */
    void giveUp() {
        end(Answer.FAILED);
    }

    long bornNanos() {
        return bornNanos;
    }

    private void attempt() {
        if (!ended) {
            counts.sent();
            shop.ask(client, bornNanos, this::answered);
        }
    }

    private void answered(Answer answer) {
        if (answer == Answer.FAILED && retry < retries.retries()) {
            retry++;
            long delay = retries.delayNanos(retry, random);
            time.at(time.nanos() + delay, this::attempt);
        } else {
            end(answer);
        }
    }

    private void end(Answer answer) {
        if (!ended) {
            ended = true;
            counts.ended(bornNanos, answer, time.nanos());
            whenEnded.accept(this);
        }
    }
}
