package io.seawall.storm.clients;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/**
 * All clients, who ask by their {@link Schedule} until the last question that counts has its end. A question is born when it
 * is due, also if this program is late: so no slowness of the shop, nor of the machine, makes the load smaller.
 *
 * <p>On the thread of its {@link Time} alone, but for {@link #start}.
 */
final class Crowd {

    private final Shop shop;
    private final Time time;
    private final Schedule schedule;
    private final ClientRetries retries;
    private final RandomGenerator random;
    private final ClientCounts counts;
    private final Set<Question> open = new LinkedHashSet<>();
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private long startNanos;
    private long endNanos;
    private long nextQuestion;
    private boolean over;

    Crowd(Shop shop, Time time, Schedule schedule, ClientRetries retries, RandomGenerator random, ClientCounts counts) {
        this.shop = shop;
        this.time = time;
        this.schedule = schedule;
        this.retries = retries;
        this.random = random;
        this.counts = counts;
    }

    /**
     * Begins.
     *
     * @param startNanos when
     * @param endNanos questions that are born by then count; after it the load goes on, so that they end as under load
     * @param graceNanos how long after the end; whoever has no answer then gives up
     * @return done when no question that counts is open, and no request is sent any more
     */
    CompletableFuture<Void> start(long startNanos, long endNanos, long graceNanos) {
        time.at(startNanos, () -> {
            this.startNanos = startNanos;
            this.endNanos = endNanos;
            time.at(endNanos, this::endIfNobodyWaits);
            time.at(endNanos + graceNanos, this::end);
            askWhatIsDue();
        });
        return done;
    }

    private void askWhatIsDue() {
        if (over) {
            return;
        }
        while (due() <= time.nanos()) {
            Question question = new Question(
                    shop, time, retries, random, counts, schedule.client(nextQuestion), due(), this::ended);
            nextQuestion++;
            open.add(question);
            question.begin();
        }
        time.at(due(), this::askWhatIsDue);
    }

    private long due() {
        return startNanos + schedule.at(nextQuestion);
    }

    private void ended(Question question) {
        open.remove(question);
        if (time.nanos() >= endNanos) {
            endIfNobodyWaits();
        }
    }

    private void endIfNobodyWaits() {
        // In the order of their birth: the first one tells of all.
        if (open.isEmpty() || open.iterator().next().bornNanos() >= endNanos) {
            end();
        }
    }

    private void end() {
        if (!over) {
            over = true;
            for (Question late : Set.copyOf(open)) {
                late.giveUp();
            }
            done.complete(null);
        }
    }
}
