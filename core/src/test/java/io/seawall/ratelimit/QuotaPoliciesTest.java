package io.seawall.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuotaPoliciesTest {

    private static QuotaPolicy policy(String name, long permits, Duration window) {
        return new QuotaPolicy(name, permits, window, Algorithm.SLIDING_WINDOW);
    }

    @Test
    void a_set_of_limits_is_read_from_text() {
        assertThat(QuotaPolicies.parse("api", "burst=20/1s; sustained=1000/1h"))
                .isEqualTo(new QuotaPolicies(
                        "api",
                        List.of(
                                policy("burst", 20, Duration.ofSeconds(1)),
                                policy("sustained", 1000, Duration.ofHours(1)))));
    }

    @Test
    void equal_limits_written_differently_are_equal() {
        assertThat(QuotaPolicies.parse("api", "default=100/60s sliding-window"))
                .isEqualTo(QuotaPolicies.parse("api", " 100/1m "))
                .isNotEqualTo(QuotaPolicies.parse("other", "100/1m"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a:b", "{a}", "a\n", "\u00e4", "a.b"})
    void a_name_that_would_need_escaping_is_refused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> QuotaPolicies.parse(name, "1/1s"))
                .withMessage("name '" + name
                        + "' of a set of limits is not allowed: use 1 to 64 letters, digits, '-' or '_'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> policy(name, 1, Duration.ofSeconds(1)))
                .withMessage("limit name '" + name + "' is not allowed: use 1 to 64 letters, digits, '-' or '_'");
    }

    @Test
    void a_name_has_64_characters_at_most() {
        String longest = "n".repeat(64);

        assertThat(policy(longest, 1, Duration.ofSeconds(1)).name()).isEqualTo(longest);
        assertThat(QuotaPolicies.parse(longest, "1/1s").name()).isEqualTo(longest);
        assertThatIllegalArgumentException().isThrownBy(() -> policy(longest + "n", 1, Duration.ofSeconds(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> QuotaPolicies.parse(longest + "n", "1/1s"));
    }

    @Test
    void no_limit_is_no_set() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new QuotaPolicies("api", List.of()))
                .withMessage("'api' has no limit: give at least one, for example 100/60s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=1/1s; a=2/2s", "1/1s; 2/1s", "per-1s=5/1h; 2/1s"})
    void two_limits_of_one_name_are_refused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> QuotaPolicies.parse("api", text))
                .withMessageStartingWith("two limits are called '")
                .withMessageEndingWith("give each its own name, for example burst=20/1s; sustained=1000/1h");
    }

    @Test
    void the_list_handed_in_can_change_without_harm() {
        List<QuotaPolicy> list = new ArrayList<>(List.of(policy("a", 1, Duration.ofSeconds(1))));
        QuotaPolicies policies = new QuotaPolicies("api", list);

        list.clear();

        assertThat(policies.policies()).hasSize(1);
    }

    @Test
    void permits_are_1_to_2_to_the_53_less_1() {
        assertThat(policy("a", 1, Duration.ofSeconds(1)).permits()).isOne();
        assertThat(policy("nobody", 0, Duration.ofSeconds(1)).permits()).isZero();
        assertThat(policy("a", 9_007_199_254_740_991L, Duration.ofSeconds(1)).permits())
                .isEqualTo(QuotaPolicy.MAX_PERMITS);
        for (long permits : new long[] {-1, Long.MIN_VALUE, QuotaPolicy.MAX_PERMITS + 1, Long.MAX_VALUE}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> policy("a", permits, Duration.ofSeconds(1)))
                    .withMessage("limit 'a' grants " + permits + " permits: use 1 to 9007199254740991 (2^53 - 1)");
        }
    }

    @Test
    void a_window_is_1_ms_to_366_days_in_whole_milliseconds() {
        assertThat(policy("a", 1, Duration.ofMillis(1)).windowMicros()).isEqualTo(1_000);
        assertThat(policy("a", 1, Duration.ofDays(366)).windowMicros()).isEqualTo(31_622_400_000_000L);
        for (Duration window : List.of(
                Duration.ZERO,
                Duration.ofMillis(-1),
                Duration.ofNanos(999_999),
                Duration.ofDays(366).plusMillis(1),
                Duration.ofSeconds(Long.MAX_VALUE))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> policy("a", 1, window))
                    .withMessage("limit 'a' has a window of " + window + ": use 1ms to 366d");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> policy("a", 1, Duration.ofNanos(1_000_001)))
                .withMessage("limit 'a' has a window of PT0.001000001S: use whole milliseconds");
    }

    @Test
    void a_limit_reads_as_it_is_configured() {
        assertThat(policy("mail", 10, Duration.ofMinutes(90))).hasToString("mail=10/90m sliding-window");
    }

    @Test
    void a_cost_of_1_to_the_permits_of_the_smallest_limit_can_be_granted() {
        QuotaPolicies policies = QuotaPolicies.parse("api", "a=5/1s; b=3/1h");

        assertThat(policies.requireSatisfiable(1)).isOne();
        assertThat(policies.requireSatisfiable(3)).isEqualTo(3);
    }

    @Test
    void a_cost_that_no_wait_makes_possible_is_refused() {
        QuotaPolicies policies = QuotaPolicies.parse("api", "a=5/1s; b=3/1h");

        for (long cost : new long[] {0, -1, Long.MIN_VALUE}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> policies.requireSatisfiable(cost))
                    .withMessage("a cost of " + cost + " is not allowed: ask for 1 permit or more");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> policies.requireSatisfiable(4))
                .withMessage("a cost of 4 can never be granted by limit 'b=3/1h sliding-window':"
                        + " raise its permits or lower the cost");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> policies.requireSatisfiable(Long.MAX_VALUE))
                .withMessageStartingWith("a cost of 9223372036854775807 can never be granted by limit 'a=5/1s");
    }

    @Test
    void algorithms_and_choices_are_found_by_the_name_used_in_configuration() {
        for (Algorithm algorithm : Algorithm.values()) {
            assertThat(Algorithm.of(algorithm.text())).isSameAs(algorithm);
        }
        for (OnStoreFailure choice : OnStoreFailure.values()) {
            assertThat(OnStoreFailure.of(choice.text())).isSameAs(choice);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OnStoreFailure.of("open"))
                .withMessage("'open' is not a choice: use local, allow, deny");
    }

    @Test
    void other_permits_leave_the_window_and_change_the_burst_in_proportion() {
        QuotaPolicy bucket = QuotaPolicies.parse("x", "100/60s token-bucket burst=30")
                .policies()
                .get(0);

        assertThat(bucket.withPermits(200)).hasToString("default=200/1m token-bucket burst=60");
        assertThat(bucket.withPermits(1)).hasToString("default=1/1m token-bucket");
        assertThat(bucket.withPermits(0).burst()).isZero();
        // A day of 7 permits has 86,400,000,000 parts of each, of which 2^53 - 1 are counted: 104,249 permits at once.
        QuotaPolicy even = new QuotaPolicy("a", 86_400_000_000L, Duration.ofDays(1), Algorithm.TOKEN_BUCKET);
        assertThat(even.withPermits(86_400_000_001L).burst()).isEqualTo(104_249);
        assertThat(policy("a", 5, Duration.ofSeconds(1)).withPermits(7)).hasToString("a=7/1s sliding-window");
    }

    @Test
    void a_bucket_that_cannot_be_counted_exactly_is_refused_and_told_what_can() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> QuotaPolicies.parse("x", "999983/1d token-bucket"))
                .withMessage(
                        "limit 'default' cannot be counted exactly: the 86400000000 microseconds of its window and its"
                                + " 999983 permits leave 86400000000 parts of a permit, and a burst of 999983 of them is beyond"
                                + " 2^53 - 1: use a burst of at most 104249, or permits that divide the window more evenly");
        assertThat(QuotaPolicies.parse("x", "1000000/1d token-bucket").policies())
                .hasSize(1);
        assertThat(QuotaPolicies.parse("x", "999983/1d token-bucket burst=104249")
                        .policies())
                .hasSize(1);
    }

    @Test
    void a_set_in_shadow_has_only_limits_in_shadow() {
        assertThat(QuotaPolicies.parse("x", "a=1/1s; b=2/1m shadow").asShadow().policies())
                .allMatch(QuotaPolicy::shadow);
    }

    @Test
    void a_lease_is_none_or_2_to_10000_permits() {
        QuotaPolicies policies = QuotaPolicies.parse("api", "100/1s; 1000/1h fixed-window");

        assertThat(policies.lease()).isZero();
        assertThat(policies.withLease(2)
                        .forTier("gold")
                        .asShadow()
                        .withOnStoreFailure(OnStoreFailure.DENY)
                        .lease())
                .isEqualTo(2);
        assertThat(policies.withLease(10_000).withLease(0)).isEqualTo(policies).isNotEqualTo(policies.withLease(2));
        for (int permits : new int[] {1, -1, 10_001, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> policies.withLease(permits))
                    .withMessage("a lease of " + permits + " permits is not allowed: use 2 to 10000");
        }
    }

    @Test
    void limits_that_must_hear_of_every_request_have_no_lease() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        QuotaPolicies.parse("api", "100/1s; 9/1h token-bucket").withLease(2))
                .withMessage(
                        "limit 'per-1h=9/1h token-bucket' would admit more than its burst if its permits were taken"
                                + " early and used late: use sliding-window, or leave the lease out");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> QuotaPolicies.parse("api", "100/1s")
                        .withLease(2)
                        .withPenalty(Penalty.parse("20/1m ban 1m..1h")))
                .withMessage("a lease goes on granting where the penalty '20/1m ban 1m..1h' may have banned the client:"
                        + " leave one of them out");
    }

    @Test
    void a_penalty_is_read_from_text_and_reads_as_it_is_configured() {
        assertThat(Penalty.parse(" 20/60s  ban 1m..1h "))
                .isEqualTo(new Penalty(20, Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofHours(1)))
                .hasToString("20/1m ban 1m..1h");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "20             | '20' is not a penalty: write refusals/time ban first..longest",
                "20/1m          | '20/1m' is not a penalty",
                "20/1m kick 1m..1h | is not a penalty",
                "20/1m ban 1m   | is not a penalty",
                "x/1m ban 1m..1h | 'x' is not a number of refusals",
                "0/1m ban 1m..1h | a penalty after 0 refusals is not allowed: use 1 to 1000000",
                "1/2d ban 1m..1h | a penalty counts refusals within PT48H: use whole milliseconds, 1ms to 1d",
                "1/1m ban 1h..1m | a penalty whose longest ban of 1m is shorter than its first of 1h: swap them",
                "1/1m ban 1m..367d | a penalty ends with a ban of PT8808H: use whole milliseconds, 1ms to 366d"
            })
    void what_is_wrong_with_a_penalty_is_named_with_the_rule(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Penalty.parse(text))
                .withMessageContaining(message);
    }
}
