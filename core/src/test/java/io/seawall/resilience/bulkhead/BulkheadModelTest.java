package io.seawall.resilience.bulkhead;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.resilience.bulkhead.Bulkhead.Turn;
import io.seawall.test.Property;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** The bulkhead against a model with a number and a list, on random histories of one thread. */
class BulkheadModelTest {

    /** One that waits; some cannot use their permit when it comes. */
    private static final class Hand implements Waiter {

        private final boolean able;

        /** Those who have had their turn, in this order. */
        private final List<Hand> granted;

        Hand(boolean able, List<Hand> granted) {
            this.able = able;
            this.granted = granted;
        }

        @Override
        public void queued() {
            // nothing ends its wait but the history
        }

        @Override
        public boolean granted() {
            granted.add(this);
            return able;
        }
    }

    /** What should be. */
    private static final class Model {

        private int max;
        private int permits;
        private final List<Hand> queue = new ArrayList<>();
        private final List<Hand> granted = new ArrayList<>();

        Model(int max) {
            this.max = max;
        }

        boolean tryTake() {
            boolean free = queue.isEmpty() && permits < max;
            permits += free ? 1 : 0;
            return free;
        }

        Turn queue(Hand hand) {
            if (tryTake()) {
                return Turn.TAKEN;
            }
            if (queue.size() >= max) {
                return Turn.REFUSED;
            }
            queue.add(hand);
            return Turn.QUEUED;
        }

        void release() {
            permits--;
            handOver();
        }

        void handOver() {
            while (permits < max && !queue.isEmpty()) {
                Hand first = queue.remove(0);
                granted.add(first);
                permits += first.able ? 1 : 0;
            }
        }
    }

    @Test
    void permits_and_turns_are_those_of_the_model() {
        Property.holds(300, random -> {
            int max = 1 + random.nextInt(4);
            Bulkhead bulkhead = new Bulkhead("payments", new BulkheadPolicy(max, Duration.ofSeconds(1)));
            Model model = new Model(max);
            List<Hand> hands = new ArrayList<>();
            List<Hand> granted = new ArrayList<>();
            for (int step = 0; step < 200; step++) {
                step(random, bulkhead, model, hands, granted);
                assertThat(bulkhead.inUse()).isEqualTo(model.permits);
                assertThat(bulkhead.waiting()).isEqualTo(model.queue.size());
                assertThat(granted.size()).isEqualTo(model.granted.size());
            }
            assertThat(granted).isEqualTo(model.granted);
        });
    }

    private static void step(
            RandomGenerator random, Bulkhead bulkhead, Model model, List<Hand> hands, List<Hand> granted) {
        switch (random.nextInt(8)) {
            case 0, 1 -> assertThat(bulkhead.tryTake()).isEqualTo(model.tryTake());
            case 2, 3 -> {
                Hand hand = new Hand(random.nextInt(4) > 0, granted);
                hands.add(hand);
                assertThat(bulkhead.queue(hand)).isEqualTo(model.queue(hand));
            }
            case 4, 5 -> {
                if (model.permits > 0) {
                    bulkhead.release();
                    model.release();
                }
            }
            case 6 -> {
                if (!hands.isEmpty()) {
                    Hand hand = hands.get(random.nextInt(hands.size()));
                    assertThat(bulkhead.leave(hand)).isEqualTo(model.queue.remove(hand));
                }
            }
            default -> {
                model.max = 1 + random.nextInt(4);
                bulkhead.apply(new BulkheadPolicy(model.max, Duration.ofSeconds(1)));
                model.handOver();
            }
        }
    }
}
