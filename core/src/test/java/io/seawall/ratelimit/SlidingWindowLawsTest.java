package io.seawall.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.test.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/**
 * What must hold for every history, checked against a log that keeps every admission for ever.
 *
 * <p>Two times run through a history. <i>Clock</i> is what the state is told. <i>Elapsed</i> is how much time has really
 * passed; it is the same but for a clock that was set back.
 */
class SlidingWindowLawsTest {

    private static final int HISTORIES = 400;
    private static final int STEPS = 150;
    private static final long DAY_MICROS = 86_400_000_000L;

    private record Admission(long elapsed, long cost) {}

    /** A limit and a history in the making. */
    private static final class History {

        final RandomGenerator random;
        final long permits;
        final long window;
        final long slice;
        final Used state;
        final List<Admission> admissions = new ArrayList<>();
        long clock;
        long elapsed;

        History(RandomGenerator random) {
            this.random = random;
            permits = oneOf(1, random.nextLong(1, 20), random.nextLong(1, 1_000), magnitude(53));
            // QuotaPolicy admits whole milliseconds only
            window = 1_000 * oneOf(1, random.nextLong(1, 200), random.nextLong(1, 100_000), 10 * DAY_MICROS / 1_000);
            slice = window / 60;
            state = new Used(new SlidingWindow(permits, window));
            clock = oneOf(0, -magnitude(40), magnitude(51));
            elapsed = clock;
        }

        private long oneOf(long... choices) {
            return choices[random.nextInt(choices.length)];
        }

        /** Less than {@code 2^bits}, with every number of digits equally likely. At least 1. */
        private long magnitude(int bits) {
            return random.nextLong(1, 1L << random.nextInt(1, bits + 1));
        }

        void letTimePass() {
            long gap = switch (random.nextInt(7)) {
                case 0, 1 -> 0;
                case 2 -> 1;
                case 3 -> random.nextLong(slice + 1);
                case 4 -> slice - 1 - Math.floorMod(clock, slice) + random.nextLong(2); // to the edge of a slice
                case 5 -> random.nextLong(window / 4 + 1);
                default -> random.nextInt(8) == 0 ? window * 2 : window / 7;
            };
            clock += gap;
            elapsed += gap;
        }

        void setTheClockBack(long atMost) {
            clock -= random.nextLong(1, atMost + 1);
        }

        long anyCost() {
            return oneOf(1, Math.min(permits, random.nextLong(1, 5)), random.nextLong(1, permits + 1), permits);
        }

        /** Asks, and charges if there is room. Returns the time to wait. */
        long ask(long cost) {
            long retryAfter = state.retryAfterMicros(clock, cost);
            if (retryAfter == 0) {
                state.charge(clock, cost);
                admissions.add(new Admission(elapsed, cost));
            }
            return retryAfter;
        }

        /** How much was admitted in (from, to]. */
        long admittedIn(long from, long to) {
            long sum = 0;
            for (Admission admission : admissions) {
                if (admission.elapsed > from && admission.elapsed <= to) {
                    sum += admission.cost;
                }
            }
            return sum;
        }

        void checkThatNoWindowEverHeldTooMany() {
            // The fullest window ends with an admission.
            for (Admission last : admissions) {
                assertThat(admittedIn(last.elapsed - window, last.elapsed))
                        .as("permits in the window that ends at %d, in %s", last.elapsed, this)
                        .isLessThanOrEqualTo(permits);
            }
        }

        @Override
        public String toString() {
            return permits + " permits in " + window + " microseconds, after " + admissions;
        }
    }

    private static void everyHistory(HistoryCheck check) {
        Property.holds(HISTORIES, random -> check.check(new History(random)));
    }

    @FunctionalInterface
    private interface HistoryCheck {
        void check(History history);
    }

    @Test
    void no_window_ever_holds_more_than_its_permits() {
        everyHistory(history -> {
            for (int i = 0; i < STEPS; i++) {
                history.letTimePass();
                history.ask(history.anyCost());
            }
            history.checkThatNoWindowEverHeldTooMany();
        });
    }

    @Test
    void no_window_of_elapsed_time_holds_too_many_when_the_clock_is_set_back_by_less_than_a_window() {
        everyHistory(history -> {
            for (int i = 0; i < STEPS; i++) {
                history.letTimePass();
                if (history.random.nextInt(10) == 0) {
                    history.setTheClockBack(history.random.nextBoolean() ? history.slice : history.window - 1);
                }
                history.ask(history.anyCost());
            }
            history.checkThatNoWindowEverHeldTooMany();
        });
    }

    @Test
    void no_window_of_elapsed_time_holds_too_many_when_the_clock_is_set_back_by_any_time() {
        everyHistory(history -> {
            for (int i = 0; i < STEPS; i++) {
                history.letTimePass();
                if (history.random.nextInt(10) == 0) {
                    history.setTheClockBack(history.window * 5);
                }
                history.ask(history.anyCost());
            }
            history.checkThatNoWindowEverHeldTooMany();
        });
    }

    @Test
    void every_refusal_is_justified_by_what_was_admitted_within_a_window_and_a_slice() {
        everyHistory(history -> {
            for (int i = 0; i < STEPS; i++) {
                history.letTimePass();
                long cost = history.anyCost();
                if (history.ask(cost) > 0) {
                    long held = history.admittedIn(history.elapsed - history.window - history.slice, history.elapsed);
                    assertThat(cost).as("%s", history).isGreaterThan(history.permits - held);
                }
            }
        });
    }

    @Test
    void remaining_is_the_permits_less_those_taken_within_a_window_and_at_most_a_slice() {
        everyHistory(history -> {
            for (int i = 0; i < STEPS; i++) {
                history.letTimePass();
                history.ask(history.anyCost());

                long now = history.elapsed;
                assertThat(history.permits - history.state.remaining(history.clock))
                        .isBetween(
                                history.admittedIn(now - history.window, now),
                                history.admittedIn(now - history.window - history.slice, now));
            }
        });
    }

    @Test
    void after_the_clock_was_set_back_a_client_waits_two_windows_and_a_slice_at_most() {
        everyHistory(history -> {
            for (int i = 0; i < STEPS; i++) {
                history.letTimePass();
                history.setTheClockBack(history.window * 3);
                history.ask(history.anyCost());
                assertThat(history.state.resetAfterMicros(history.clock))
                        .isLessThanOrEqualTo(2 * history.window + history.slice);
            }
        });
    }

    @Test
    void after_the_clock_was_set_back_to_a_window_before_the_last_admission_a_client_waits_a_window_and_a_slice() {
        everyHistory(history -> {
            for (int i = 0; i < STEPS; i++) {
                history.letTimePass();
                history.ask(history.anyCost());
            }
            Used state = history.state;
            history.clock -= history.window + history.slice + history.random.nextLong(history.window * 100);
            long before = history.clock - 3 * history.window; // the last admission may be as long ago

            assertThat(state.retryAfterMicros(before, history.permits))
                    .isLessThanOrEqualTo(history.window + history.slice);
            assertThat(state.resetAfterMicros(before)).isLessThanOrEqualTo(history.window + history.slice);
        });
    }
}
