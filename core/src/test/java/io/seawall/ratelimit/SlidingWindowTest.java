package io.seawall.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** At this time, asking this much, expect these facts. */
class SlidingWindowTest {

    private static final long S = 1_000_000;

    /** A window of one minute has slices of one second. */
    private static final long MINUTE = 60 * S;

    /** One row of a table; times in microseconds. */
    private record Row(long at, long cost, long retryAfter, long remaining, long nextPermit, long reset) {}

    private static void check(Used state, List<Row> table) {
        for (Row row : table) {
            long retryAfter = state.retryAfterMicros(row.at, row.cost);
            if (retryAfter == 0) {
                state.charge(row.at, row.cost);
            }
            assertThat(new Row(
                            row.at,
                            row.cost,
                            retryAfter,
                            state.remaining(row.at),
                            state.retryAfterMicros(row.at, 1),
                            state.resetAfterMicros(row.at)))
                    .isEqualTo(row);
        }
    }

    @Test
    void one_permit_a_minute() {
        check(
                new Used(new SlidingWindow(1, MINUTE)),
                List.of(
                        // at, cost -> retryAfter, remaining, nextPermit, reset
                        new Row(0, 1, 0, 0, 61 * S - 1, 61 * S - 1),
                        new Row(1, 1, 61 * S - 2, 0, 61 * S - 2, 61 * S - 2),
                        new Row(60 * S, 1, S - 1, 0, S - 1, S - 1),
                        new Row(61 * S - 2, 1, 1, 0, 1, 1),
                        new Row(61 * S - 1, 1, 0, 0, MINUTE, MINUTE)));
    }

    @Test
    void a_permit_taken_at_the_end_of_a_slice_returns_after_exactly_one_window() {
        check(
                new Used(new SlidingWindow(1, MINUTE)),
                List.of(
                        new Row(S - 1, 1, 0, 0, MINUTE, MINUTE),
                        new Row(S + MINUTE - 2, 1, 1, 0, 1, 1),
                        new Row(S + MINUTE - 1, 1, 0, 0, MINUTE, MINUTE)));
    }

    @Test
    void permits_return_in_the_order_in_which_they_were_taken() {
        check(
                new Used(new SlidingWindow(3, MINUTE)),
                List.of(
                        new Row(0, 1, 0, 2, 0, 61 * S - 1),
                        new Row(10 * S, 1, 0, 1, 0, 61 * S - 1),
                        new Row(20 * S, 1, 0, 0, 41 * S - 1, 61 * S - 1),
                        new Row(30 * S, 1, 31 * S - 1, 0, 31 * S - 1, 51 * S - 1),
                        new Row(61 * S - 2, 1, 1, 0, 1, 20 * S + 1),
                        new Row(61 * S - 1, 1, 0, 0, 10 * S, 61 * S - (S - 1) - 1)));
    }

    @Test
    void a_larger_cost_waits_for_as_many_permits_as_it_needs() {
        check(
                new Used(new SlidingWindow(10, MINUTE)),
                List.of(
                        new Row(0, 4, 0, 6, 0, 61 * S - 1),
                        new Row(S, 4, 0, 2, 0, 61 * S - 1),
                        new Row(2 * S, 3, 59 * S - 1, 2, 0, 60 * S - 1),
                        new Row(2 * S, 6, 59 * S - 1, 2, 0, 60 * S - 1),
                        new Row(2 * S, 7, 60 * S - 1, 2, 0, 60 * S - 1),
                        new Row(2 * S, 10, 60 * S - 1, 2, 0, 60 * S - 1),
                        new Row(2 * S, 2, 0, 0, 59 * S - 1, 61 * S - 1)));
    }

    @Test
    void a_client_that_was_away_finds_everything_free() {
        check(
                new Used(new SlidingWindow(2, MINUTE)),
                List.of(
                        new Row(0, 2, 0, 0, 61 * S - 1, 61 * S - 1),
                        new Row(1_000 * MINUTE, 1, 0, 1, 0, 61 * S - 1),
                        new Row(1_000 * MINUTE, 1, 0, 0, 61 * S - 1, 61 * S - 1)));
    }

    @Test
    void a_new_client_has_used_nothing() {
        Used state = new Used(new SlidingWindow(5, MINUTE));

        assertThat(state.remaining(123)).isEqualTo(5);
        assertThat(state.retryAfterMicros(123, 5)).isZero();
        assertThat(state.resetAfterMicros(123)).isZero();
    }

    @Test
    void time_may_lie_before_its_origin() {
        check(
                new Used(new SlidingWindow(1, MINUTE)),
                List.of(
                        new Row(-1, 1, 0, 0, MINUTE, MINUTE),
                        new Row(0, 1, MINUTE - 1, 0, MINUTE - 1, MINUTE - 1),
                        new Row(MINUTE - 1, 1, 0, 0, MINUTE, MINUTE)));
    }

    @Test
    void a_window_of_one_millisecond_has_slices_of_16_microseconds() {
        check(
                new Used(new SlidingWindow(2, 1_000)),
                List.of(
                        new Row(15, 1, 0, 1, 0, 1_000),
                        new Row(16, 1, 0, 0, 999, 1_015),
                        new Row(1_014, 1, 1, 0, 1, 17),
                        new Row(1_015, 1, 0, 0, 16, 1_008)));
    }

    @Test
    void numbers_stay_exact_at_the_largest_limit() {
        long max = QuotaPolicy.MAX_PERMITS;
        check(
                new Used(new SlidingWindow(max, MINUTE)),
                List.of(
                        new Row(0, max - 1, 0, 1, 0, 61 * S - 1),
                        new Row(1, 2, 61 * S - 2, 1, 0, 61 * S - 2),
                        new Row(2, max, 61 * S - 3, 1, 0, 61 * S - 3),
                        new Row(3, 1, 0, 0, 61 * S - 4, 61 * S - 4),
                        new Row(61 * S - 1, max, 0, 0, MINUTE, MINUTE)));
    }

    @Test
    void when_the_clock_goes_back_a_little_nothing_is_forgotten_early() {
        check(
                new Used(new SlidingWindow(2, MINUTE)),
                List.of(
                        new Row(100 * S, 1, 0, 1, 0, 61 * S - 1),
                        // counted in the newest slice, so it returns with what was taken before
                        new Row(90 * S, 1, 0, 0, 71 * S - 1, 71 * S - 1),
                        new Row(161 * S - 2, 1, 1, 0, 1, 1),
                        new Row(161 * S - 1, 2, 0, 0, MINUTE, MINUTE)));
    }

    @Test
    void when_the_clock_goes_back_by_more_than_a_window_what_is_used_counts_from_the_present() {
        check(
                new Used(new SlidingWindow(3, MINUTE)),
                List.of(
                        new Row(1_000 * S, 1, 0, 2, 0, 61 * S - 1),
                        new Row(1_010 * S, 1, 0, 1, 0, 61 * S - 1),
                        new Row(500 * S, 1, 0, 0, 61 * S - 1, 61 * S - 1),
                        new Row(561 * S - 2, 1, 1, 0, 1, 1),
                        new Row(561 * S - 1, 3, 0, 0, MINUTE, MINUTE)));
    }

    @Test
    void a_copy_goes_its_own_way() {
        Used state = new Used(new SlidingWindow(3, MINUTE));
        state.charge(0, 1);
        Used copy = state.copy();

        copy.charge(0, 1);
        state.charge(S, 2);

        assertThat(copy.remaining(S)).isEqualTo(1);
        assertThat(state.remaining(S)).isZero();
        assertThat(copy.resetAfterMicros(S)).isEqualTo(MINUTE - 1);
        assertThat(state.resetAfterMicros(S)).isEqualTo(61 * S - 1);
    }
}
