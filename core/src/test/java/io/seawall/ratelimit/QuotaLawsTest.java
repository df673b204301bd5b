package io.seawall.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.test.Property;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What must hold for every algorithm and every history. What an algorithm grants at all is a matter of its own tests. */
class QuotaLawsTest {

    private static final int HISTORIES = 100;
    private static final int STEPS = 120;
    private static final long DAY_MICROS = 86_400_000_000L;

    /** A limit of an algorithm and a history in the making. */
    private static final class History {

        final RandomGenerator random;
        final Algorithm algorithm;
        final long window;
        final long permits;
        final long burst;
        final Used used;
        long now;

        History(Algorithm algorithm, RandomGenerator random) {
            this.random = random;
            this.algorithm = algorithm;
            window = 1_000 * oneOf(1, random.nextLong(1, 200), random.nextLong(1, 100_000), 10 * DAY_MICROS / 1_000);
            boolean bucket = algorithm == Algorithm.TOKEN_BUCKET;
            long most = bucket ? 20_000 : QuotaPolicy.MAX_PERMITS; // any bucket of so many is exact in 10 days
            permits = oneOf(1, random.nextLong(1, 20), random.nextLong(1, 1_000), Math.min(most, magnitude(53)));
            burst = bucket ? oneOf(1, permits, random.nextLong(1, 5_000)) : permits;
            used = new Used(quota(permits, burst));
            now = oneOf(0, magnitude(40), magnitude(51));
        }

        Quota quota(long somePermits, long someBurst) {
            return switch (algorithm) {
                case SLIDING_WINDOW -> new SlidingWindow(somePermits, window);
                case TOKEN_BUCKET -> new TokenBucket(somePermits, window, someBurst);
                case FIXED_WINDOW -> new FixedWindow(somePermits, window, false);
                case FIXED_WINDOW_FROM_FIRST -> new FixedWindow(somePermits, window, true);
            };
        }

        long oneOf(long... choices) {
            return choices[random.nextInt(choices.length)];
        }

        /** Less than {@code 2^bits}, with every number of digits equally likely. At least 1. */
        long magnitude(int bits) {
            return random.nextLong(1, 1L << random.nextInt(1, bits + 1));
        }

        void letTimePass() {
            now += switch (random.nextInt(7)) {
                case 0, 1 -> 0;
                case 2 -> 1;
                case 3 -> random.nextLong(window / 60 + 1);
                case 4 -> random.nextLong(window / permits + 1);
                case 5 -> random.nextLong(window / 4 + 1);
                default -> random.nextInt(8) == 0 ? window * 2 : window / 7;
            };
        }

        void maybeSetTheClockBack() {
            if (random.nextInt(10) == 0) {
                now -= random.nextLong(1, 3 * window);
            }
        }

        long anyCost() {
            return oneOf(1, Math.min(burst, random.nextLong(1, 5)), random.nextLong(1, burst + 1), burst);
        }

        /** Takes if there is room. Returns the time to wait, which is what a mere question is told. */
        long ask(long cost) {
            long retryAfter = used.retryAfterMicros(now, cost);
            assertThat(used.take(now, cost)).as("%s", this).isEqualTo(retryAfter);
            return retryAfter;
        }

        /** What was refused is granted at its retry time, and not a microsecond earlier. */
        void askAndCheckTheRetryTime() {
            long cost = anyCost();
            long retryAfter = ask(cost);
            if (retryAfter > 0) {
                long at = now + retryAfter;
                assertThat(used.copy().retryAfterMicros(at - 1, cost))
                        .as("%s", this)
                        .isOne();
                assertThat(used.copy().retryAfterMicros(at, cost))
                        .as("%s", this)
                        .isZero();
            }
        }

        /** Both give the same answers, now and later. */
        void checkAlike(Used other) {
            for (long at : new long[] {now, now + 1, now + window / 60, now + window / 3, now + window}) {
                Used mine = used.copy();
                Used its = other.copy();
                assertThat(its.remaining(at)).as("%s at %d", this, at).isEqualTo(mine.remaining(at));
                assertThat(its.resetAfterMicros(at)).as("%s at %d", this, at).isEqualTo(mine.resetAfterMicros(at));
                for (long cost : new long[] {1, burst / 2 + 1, burst}) {
                    assertThat(its.retryAfterMicros(at, cost))
                            .as("%s at %d", this, at)
                            .isEqualTo(mine.retryAfterMicros(at, cost));
                }
            }
        }

        @Override
        public String toString() {
            return algorithm + " of " + permits + " permits in " + window + " microseconds, burst " + burst;
        }
    }

    @FunctionalInterface
    private interface HistoryCheck {
        void check(History history);
    }

    private static void everyHistory(Algorithm algorithm, HistoryCheck check) {
        Property.holds(HISTORIES, random -> check.check(new History(algorithm, random)));
    }

    @ParameterizedTest
    @EnumSource
    void what_was_refused_is_granted_at_its_retry_time_and_not_a_microsecond_earlier(Algorithm algorithm) {
        everyHistory(algorithm, history -> {
            for (int i = 0; i < STEPS; i++) {
                history.letTimePass();
                history.askAndCheckTheRetryTime();
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void what_was_refused_behind_a_clock_that_was_set_back_is_granted_at_its_retry_time_too(Algorithm algorithm) {
        everyHistory(algorithm, history -> {
            for (int i = 0; i < STEPS; i++) {
                history.letTimePass();
                history.maybeSetTheClockBack();
                history.askAndCheckTheRetryTime();
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void everything_is_free_at_the_reset_time_and_not_a_microsecond_earlier(Algorithm algorithm) {
        everyHistory(algorithm, history -> {
            for (int i = 0; i < STEPS; i++) {
                history.letTimePass();
                history.maybeSetTheClockBack();
                history.ask(history.anyCost());
                long resetAfter = history.used.resetAfterMicros(history.now);
                if (resetAfter > 0) {
                    long at = history.now + resetAfter;
                    assertThat(history.used.copy().remaining(at - 1)).isLessThan(history.burst);
                    assertThat(history.used.copy().remaining(at)).isEqualTo(history.burst);
                }
                assertThat(resetAfter == 0).isEqualTo(history.used.remaining(history.now) == history.burst);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void time_alone_never_takes_a_permit(Algorithm algorithm) {
        everyHistory(algorithm, history -> {
            for (int i = 0; i < STEPS; i++) {
                history.letTimePass();
                history.ask(history.anyCost());
                Used later = history.used.copy();
                long remaining = later.remaining(history.now);
                long end = history.now + later.resetAfterMicros(history.now);
                for (long at = history.now; at < end; at += Math.max(1, (end - history.now) / 9)) {
                    assertThat(later.remaining(at)).isGreaterThanOrEqualTo(remaining);
                    remaining = later.remaining(at);
                }
                assertThat(later.remaining(end)).isEqualTo(history.burst);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void an_admission_takes_its_cost_from_what_remains(Algorithm algorithm) {
        everyHistory(algorithm, history -> {
            for (int i = 0; i < STEPS; i++) {
                history.letTimePass();
                long cost = history.anyCost();
                long before = history.used.remaining(history.now);
                boolean granted = history.ask(cost) == 0;
                assertThat(granted).as("%s", history).isEqualTo(cost <= before);
                assertThat(history.used.remaining(history.now)).isEqualTo(granted ? before - cost : before);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void splitting_a_cost_changes_nothing(Algorithm algorithm) {
        everyHistory(algorithm, history -> {
            Used split = history.used.copy();
            for (int i = 0; i < STEPS; i++) {
                history.letTimePass();
                long cost = history.anyCost();
                if (history.ask(cost) == 0) {
                    long first = history.random.nextLong(cost + 1);
                    for (long part : new long[] {first, cost - first}) {
                        if (part > 0) {
                            assertThat(split.retryAfterMicros(history.now, part))
                                    .isZero();
                            split.charge(history.now, part);
                        }
                    }
                }
                history.checkAlike(split);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void a_refusal_and_a_question_change_nothing(Algorithm algorithm) {
        everyHistory(algorithm, history -> {
            for (int i = 0; i < STEPS; i++) {
                history.letTimePass();
                Used before = history.used.copy();
                if (history.ask(history.anyCost()) > 0) {
                    history.checkAlike(before);
                }
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void what_is_given_back_at_once_was_never_taken(Algorithm algorithm) {
        everyHistory(algorithm, history -> {
            for (int i = 0; i < STEPS; i++) {
                history.letTimePass();
                long cost = history.anyCost();
                Used before = history.used.copy();
                if (history.ask(cost) == 0 && history.random.nextBoolean()) {
                    history.used.refund(history.now, cost, history.now);
                    history.checkAlike(before);
                }
            }
        });
    }

    /** Not so where the first request begins the window: it stays where it is. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "FIXED_WINDOW_FROM_FIRST")
    void what_is_given_back_later_never_frees_more_than_if_it_had_never_been_taken(Algorithm algorithm) {
        everyHistory(algorithm, history -> {
            Used without = history.used.copy();
            for (int i = 0; i < STEPS; i++) {
                history.letTimePass();
                long cost = history.anyCost();
                if (history.ask(cost) != 0) {
                    continue;
                }
                long charged = history.now;
                // Others come meanwhile, and get what they get also where this one was never taken.
                for (int other = history.random.nextInt(3); other > 0; other--) {
                    history.letTimePass();
                    long otherCost = history.anyCost();
                    if (history.ask(otherCost) == 0) {
                        assertThat(without.retryAfterMicros(history.now, otherCost))
                                .isZero();
                        without.charge(history.now, otherCost);
                    }
                }
                history.letTimePass();
                history.used.refund(history.now, cost, charged);
                assertThat(history.used.remaining(history.now))
                        .as("%s, given back %d", history, cost)
                        .isLessThanOrEqualTo(without.remaining(history.now));
                assertThat(history.used.resetAfterMicros(history.now))
                        .isGreaterThanOrEqualTo(without.resetAfterMicros(history.now));
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void a_cost_beyond_the_limit_is_never_granted(Algorithm algorithm) {
        everyHistory(algorithm, history -> {
            for (int i = 0; i < 5; i++) {
                history.letTimePass();
                history.ask(history.anyCost());
                assertThat(history.used.retryAfterMicros(history.now, history.burst + 1))
                        .isEqualTo(Quota.NEVER);
                assertThat(history.used.retryAfterMicros(history.now, Long.MAX_VALUE))
                        .isEqualTo(Quota.NEVER);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void a_limit_that_is_changed_in_use_forgets_nothing_and_lets_go_of_it_in_time(Algorithm algorithm) {
        everyHistory(algorithm, history -> {
            long charged = history.now;
            for (int i = 0; i < STEPS / 4; i++) {
                history.letTimePass();
                if (history.ask(history.anyCost()) == 0) {
                    charged = history.now;
                }
            }
            // After a charge, a bucket runs as the limit has it that is asked next.
            history.now = charged;
            long taken = history.burst - history.used.remaining(history.now);
            long newBurst = history.random.nextLong(1, 20_000);
            Used changed = history.used.under(history.quota(newBurst, newBurst));

            assertThat(changed.remaining(history.now)).isLessThanOrEqualTo(Math.max(0, newBurst - taken + 1));
            assertThat(changed.remaining(history.now)).isLessThanOrEqualTo(newBurst);
            long retryAfter = changed.retryAfterMicros(history.now, 1);
            assertThat(changed.copy().retryAfterMicros(history.now + retryAfter, 1))
                    .isZero();
            assertThat(changed.remaining(history.now + changed.resetAfterMicros(history.now)))
                    .isEqualTo(newBurst);
        });
    }

    /** Or a store that writes nothing when it refuses would decide otherwise. */
    @ParameterizedTest
    @EnumSource
    void to_ask_changes_nothing_also_for_a_clock_that_goes_back_afterwards(Algorithm algorithm) {
        everyHistory(algorithm, history -> {
            for (int i = 0; i < STEPS / 4; i++) {
                history.letTimePass();
                history.ask(history.anyCost());
            }
            Used notAsked = history.used.copy();
            for (int i = 1; i < 5; i++) {
                long later = history.now + history.random.nextLong(1, 3 * history.window);
                history.used.retryAfterMicros(later, history.anyCost());
                history.used.remaining(later);
                history.used.resetAfterMicros(later);
            }
            history.checkAlike(notAsked);
        });
    }

    @ParameterizedTest
    @EnumSource
    void nobody_waits_for_a_clock_that_is_set_back_by_a_year(Algorithm algorithm) {
        everyHistory(algorithm, history -> {
            for (int i = 0; i < STEPS / 4; i++) {
                history.letTimePass();
                history.ask(history.anyCost());
            }
            long full = 2 * fullBucketMicros(history) + history.window;
            history.now -= 36_500 * DAY_MICROS;

            assertThat(history.used.retryAfterMicros(history.now, history.burst))
                    .isLessThanOrEqualTo(full);
            assertThat(history.used.resetAfterMicros(history.now)).isLessThanOrEqualTo(full);
        });
    }

    private static long fullBucketMicros(History history) {
        boolean bucket = history.algorithm == Algorithm.TOKEN_BUCKET;
        return bucket ? history.burst * history.window / history.permits + 2 : history.window;
    }
}
