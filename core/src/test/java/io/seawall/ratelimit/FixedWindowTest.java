package io.seawall.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.test.Property;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FixedWindowTest {

    private static final long S = 1_000_000;
    private static final long MINUTE = 60 * S;

    /** One row of a table; times in microseconds. */
    private record Row(long at, long cost, long retryAfter, long remaining, long nextPermit, long reset) {}

    private static void check(Used used, List<Row> table) {
        for (Row row : table) {
            long retryAfter = used.retryAfterMicros(row.at, row.cost);
            if (retryAfter == 0) {
                used.charge(row.at, row.cost);
            }
            assertThat(new Row(
                            row.at,
                            row.cost,
                            retryAfter,
                            used.remaining(row.at),
                            used.retryAfterMicros(row.at, 1),
                            used.resetAfterMicros(row.at)))
                    .isEqualTo(row);
        }
    }

    @Test
    void a_window_of_the_calendar_ends_for_everybody_at_once() {
        check(
                new Used(new FixedWindow(2, MINUTE, false)),
                List.of(
                        // at, cost -> retryAfter, remaining, nextPermit, reset
                        new Row(50 * S, 1, 0, 1, 0, 10 * S),
                        new Row(55 * S, 1, 0, 0, 5 * S, 5 * S),
                        new Row(MINUTE - 1, 1, 1, 0, 1, 1),
                        new Row(MINUTE, 2, 0, 0, MINUTE, MINUTE)));
    }

    @Test
    void a_window_from_the_first_request_is_each_clients_own() {
        check(
                new Used(new FixedWindow(2, MINUTE, true)),
                List.of(
                        new Row(50 * S, 1, 0, 1, 0, MINUTE),
                        new Row(55 * S, 1, 0, 0, 55 * S, 55 * S),
                        new Row(110 * S - 1, 1, 1, 0, 1, 1),
                        // The next window begins with the next request, not where the last one ended.
                        new Row(200 * S, 1, 0, 1, 0, MINUTE)));
    }

    @ParameterizedTest
    @EnumSource(
            value = ChronoUnit.class,
            names = {"SECONDS", "MINUTES", "HOURS", "DAYS"})
    void a_unit_of_the_calendar_begins_where_the_calendar_says_in_utc(ChronoUnit unit) {
        Property.holds(200, random -> {
            Instant now = Instant.ofEpochSecond(random.nextLong(4_000_000_000L), 1_000L * random.nextInt(1_000_000));
            Instant end = now.truncatedTo(unit).plus(1, unit);
            Used used = new Used(new FixedWindow(1, unit.getDuration().toMillis() * 1000, false));
            long nowMicros = ChronoUnit.MICROS.between(Instant.EPOCH, now);

            used.charge(nowMicros, 1);

            assertThat(used.retryAfterMicros(nowMicros, 1)).isEqualTo(ChronoUnit.MICROS.between(now, end));
        });
    }

    @Test
    void no_window_of_the_calendar_ever_holds_more_than_its_permits() {
        Property.holds(300, random -> {
            long window = 1_000L * random.nextLong(1, 100_000);
            long permits = random.nextLong(1, 50);
            Used used = new Used(new FixedWindow(permits, window, false));
            Map<Long, Long> admitted = new HashMap<>();
            long now = random.nextLong(1L << 50);
            for (int i = 0; i < 200; i++) {
                now += random.nextLong(window / 20 + 1);
                long cost = random.nextLong(1, permits + 1);
                boolean fits = admitted.getOrDefault(now / window, 0L) + cost <= permits;
                assertThat(used.retryAfterMicros(now, cost) == 0).isEqualTo(fits);
                if (fits) {
                    used.charge(now, cost);
                    admitted.merge(now / window, cost, Long::sum);
                }
            }
        });
    }

    @Test
    void while_the_clock_is_behind_its_window_the_window_goes_on() {
        check(
                new Used(new FixedWindow(2, MINUTE, false)),
                List.of(
                        new Row(100 * S, 2, 0, 0, 20 * S, 20 * S),
                        new Row(50 * S, 1, 70 * S, 0, 70 * S, 70 * S),
                        new Row(2 * MINUTE, 1, 0, 1, 0, MINUTE)));
    }

    @Test
    void when_the_clock_goes_back_by_more_than_a_window_what_is_used_counts_from_the_present() {
        check(
                new Used(new FixedWindow(2, MINUTE, false)),
                List.of(
                        new Row(1_000 * MINUTE, 1, 0, 1, 0, MINUTE),
                        new Row(10 * MINUTE + 50 * S, 1, 0, 0, 10 * S, 10 * S),
                        new Row(11 * MINUTE, 2, 0, 0, MINUTE, MINUTE)));
    }

    @Test
    void what_was_taken_in_an_earlier_window_is_not_given_back_to_this_one() {
        Used used = new Used(new FixedWindow(2, MINUTE, false));
        used.charge(30 * S, 1);
        used.charge(70 * S, 2);

        used.refund(80 * S, 1, 30 * S);
        assertThat(used.remaining(80 * S)).isZero();
        used.refund(80 * S, 1, 70 * S);
        assertThat(used.remaining(80 * S)).isOne();
    }

    @Test
    void numbers_stay_exact_at_the_largest_limit() {
        long max = QuotaPolicy.MAX_PERMITS;
        Used used = new Used(new FixedWindow(max, MINUTE, false));

        used.charge(0, max - 1);
        assertThat(used.remaining(0)).isOne();
        assertThat(used.retryAfterMicros(0, 2)).isEqualTo(MINUTE);
        used.charge(0, 1);
        assertThat(used.remaining(0)).isZero();
    }
}
