package io.seawall.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.test.Property;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** At this time, asking this much, expect these facts; and the law of the bucket against a log of all admissions. */
class TokenBucketTest {

    private static final long S = 1_000_000;

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
    void one_permit_a_second_and_two_at_once() {
        check(
                new Used(new TokenBucket(60, 60 * S, 2)),
                List.of(
                        // at, cost -> retryAfter, remaining, nextPermit, reset
                        new Row(0, 1, 0, 1, 0, S),
                        new Row(0, 1, 0, 0, S, 2 * S),
                        new Row(S / 2, 1, S / 2, 0, S / 2, 3 * S / 2),
                        new Row(S - 1, 1, 1, 0, 1, S + 1),
                        new Row(S, 1, 0, 0, S, 2 * S),
                        new Row(9 * S, 2, 0, 0, S, 2 * S)));
    }

    @Test
    void a_third_of_a_second_is_not_rounded_away() {
        // A permit is three parts of 333,333 1/3 microseconds.
        check(
                new Used(new TokenBucket(3, S, 1)),
                List.of(
                        new Row(0, 1, 0, 0, 333_334, 333_334),
                        new Row(333_333, 1, 1, 0, 1, 1),
                        new Row(333_334, 1, 0, 0, 333_334, 333_334)));
    }

    @Test
    void over_a_long_time_no_permit_is_lost_and_none_is_won() {
        Used used = new Used(new TokenBucket(7, S, 7));
        long admitted = 0;
        for (long now = 0; now < 1_000 * S; now += 997) {
            while (used.retryAfterMicros(now, 1) == 0) {
                used.charge(now, 1);
                admitted++;
            }
        }
        assertThat(admitted).isEqualTo(7 + 7 * 1_000 - 1);
    }

    @Test
    void while_the_clock_is_behind_the_level_stays() {
        check(
                new Used(new TokenBucket(60, 60 * S, 3)),
                List.of(
                        new Row(10 * S, 3, 0, 0, S, 3 * S),
                        new Row(9 * S, 1, 2 * S, 0, 2 * S, 4 * S),
                        new Row(11 * S - 1, 1, 1, 0, 1, 2 * S + 1),
                        new Row(11 * S, 1, 0, 0, S, 3 * S)));
    }

    @Test
    void when_the_clock_goes_back_by_more_than_a_full_bucket_lasts_the_level_counts_from_the_present() {
        check(
                new Used(new TokenBucket(60, 60 * S, 3)),
                List.of(new Row(100 * S, 3, 0, 0, S, 3 * S), new Row(50 * S, 1, S, 0, S, 3 * S)));
    }

    @Test
    void numbers_stay_exact_at_the_largest_bucket() {
        long max = QuotaPolicy.MAX_PERMITS;
        Used used = new Used(new TokenBucket(1_000, 1_000, max)); // a permit a microsecond

        used.charge(0, max);
        assertThat(used.remaining(0)).isZero();
        assertThat(used.retryAfterMicros(0, max)).isEqualTo(max);
        assertThat(used.remaining(1)).isOne();
        assertThat(used.retryAfterMicros(1, 2)).isOne();
        assertThat(used.remaining(max)).isEqualTo(max);
    }

    private record Admission(long at, long cost) {}

    /** For every pair of admissions: what was admitted from the one to the other, both included. */
    @Test
    void in_any_time_no_more_is_admitted_than_the_burst_and_what_flows_in_that_time() {
        Property.holds(300, random -> {
            long window = 1_000L * random.nextLong(1, 100_000);
            long permits = random.nextLong(1, 500);
            long burst = random.nextLong(1, 300);
            Used used = new Used(new TokenBucket(permits, window, burst));
            List<Admission> admissions = new ArrayList<>();
            long now = random.nextLong(1L << 50);
            for (int i = 0; i < 150; i++) {
                now += random.nextInt(3) == 0 ? 0 : random.nextLong(window / permits * 3 + 2);
                long cost = random.nextBoolean() ? 1 : random.nextLong(1, burst + 1);
                if (used.retryAfterMicros(now, cost) == 0) {
                    used.charge(now, cost);
                    admissions.add(new Admission(now, cost));
                }
            }
            for (int from = 0; from < admissions.size(); from++) {
                long sum = 0;
                for (int to = from; to < admissions.size(); to++) {
                    sum += admissions.get(to).cost;
                    long time = admissions.get(to).at - admissions.get(from).at;
                    // sum <= burst + permits * time / window, without a division
                    assertThat(BigInteger.valueOf(sum - burst).multiply(BigInteger.valueOf(window)))
                            .isLessThanOrEqualTo(BigInteger.valueOf(permits).multiply(BigInteger.valueOf(time)));
                }
            }
        });
    }

    @Test
    void what_has_flowed_off_is_not_given_back() {
        Used used = new Used(new TokenBucket(1, S, 1));
        used.charge(0, 1);
        used.charge(S, 1);

        used.refund(S + S / 10, 1, 0);
        assertThat(used.retryAfterMicros(S + S / 10, 1)).isEqualTo(S - S / 10);

        used.refund(S + S / 10, 1, S);
        assertThat(used.resetAfterMicros(S + S / 10)).isZero();
    }

    /** 2^53 parts, of which it had one a permit, and now has 86,400,000,000. */
    @Test
    void a_level_that_is_too_high_to_be_counted_under_a_changed_limit_is_as_high_as_can_be() {
        long day = 86_400 * S;
        Used used = new Used(new TokenBucket(day, day, QuotaPolicy.MAX_PERMITS));
        used.charge(0, QuotaPolicy.MAX_PERMITS);
        Used lowered = used.under(new TokenBucket(1, day, 1));

        assertThat(lowered.remaining(0)).isZero();
        assertThat(lowered.resetAfterMicros(0)).isEqualTo(QuotaPolicy.MAX_PERMITS);
        lowered.refund(0, QuotaPolicy.MAX_PERMITS, 0);
        assertThat(lowered.resetAfterMicros(0)).isZero();
    }
}
