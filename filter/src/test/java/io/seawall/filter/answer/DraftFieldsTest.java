package io.seawall.filter.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.ratelimit.Decision;
import io.seawall.ratelimit.InMemoryLimitStore;
import io.seawall.ratelimit.LimitStore.BoundLimits;
import io.seawall.ratelimit.QuotaPolicies;
import io.seawall.ratelimit.QuotaPolicy;
import io.seawall.ratelimit.QuotaStatus;
import io.seawall.test.Property;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The fields, read back by somebody else's parser of RFC 9651. */
class DraftFieldsTest {

    private static final long NEVER = Long.MAX_VALUE;
    private static final long SECOND = 1_000_000;
    private static final Decision UNCOUNTED = TestDecisions.allowed(List.of());

    private static RecordedHeaders told(String limits, Decision decision) {
        RecordedHeaders headers = new RecordedHeaders();
        tell(headers, limits, decision);
        return headers;
    }

    private static void tell(RecordedHeaders headers, String limits, Decision decision) {
        new DraftFields(List.of(QuotaPolicies.parse("api", limits))).write(decision, headers.response());
    }

    private static QuotaPolicy limit(String text) {
        return QuotaPolicies.parse("api", text).policies().get(0);
    }

    @Test
    void policies_tell_quota_and_window_in_seconds() {
        Decision decision = onStillClock("burst=20/1s; sustained=1000/1h").decide("client", 1);
        assertThat(told("burst=20/1s; sustained=1000/1h", decision).only("RateLimit-Policy"))
                .isEqualTo("\"burst\";q=20;w=1, \"sustained\";q=1000;w=3600");
    }

    @Test
    void a_window_that_is_no_whole_number_of_seconds_is_not_told() {
        Decision decision = onStillClock("5/250ms").decide("client", 1);
        assertThat(told("5/250ms", decision).only("RateLimit-Policy")).isEqualTo("\"default\";q=5");
    }

    @Test
    void a_number_too_large_for_the_field_is_the_largest_that_it_holds() {
        QuotaPolicy largest = limit(QuotaPolicy.MAX_PERMITS + "/60s");
        RecordedHeaders headers = told(
                QuotaPolicy.MAX_PERMITS + "/60s",
                TestDecisions.allowed(List.of(TestDecisions.left(largest, QuotaPolicy.MAX_PERMITS - 1, 0, SECOND))));
        assertThat(headers.only("RateLimit-Policy")).isEqualTo("\"default\";q=999999999999999;w=60");
        assertThat(headers.only("RateLimit")).isEqualTo("\"default\";r=999999999999999;t=1");
    }

    @Test
    void quotas_tell_what_is_left_and_when_all_is_back() {
        BoundLimits limits = onStillClock("burst=2/10s; sustained=1000/1h");
        assertThat(told("burst=2/10s; sustained=1000/1h", limits.decide("client", 1))
                        .only("RateLimit"))
                .isEqualTo("\"burst\";r=1;t=11, \"sustained\";r=999;t=3660");
    }

    @Test
    void when_nothing_is_left_they_tell_when_the_next_permit_comes() {
        Decision last = TestDecisions.allowed(List.of(TestDecisions.left(limit("2/10s"), 0, 3 * SECOND, 9 * SECOND)));
        assertThat(told("2/10s", last).only("RateLimit")).isEqualTo("\"default\";r=0;t=3");
    }

    @Test
    void a_request_that_nobody_counted_is_told_nothing() {
        assertThat(told("2/10s", UNCOUNTED).all("RateLimit")).isEmpty();
        assertThat(told("2/10s", UNCOUNTED).all("RateLimit-Policy")).isEmpty();
    }

    @Test
    void a_refusal_tells_no_wait_of_a_limit_that_did_not_refuse() {
        QuotaPolicy burst = limit("burst=2/10s");
        QuotaPolicy sustained = limit("sustained=1000/1h");
        Decision refused = TestDecisions.denied(
                List.of(
                        TestDecisions.refused(burst, 0, 3 * SECOND, 9 * SECOND),
                        TestDecisions.left(sustained, 998, 0, 3600 * SECOND)),
                3 * SECOND);
        assertThat(told("burst=2/10s; sustained=1000/1h", refused).only("RateLimit"))
                .isEqualTo("\"burst\";r=0;t=3, \"sustained\";r=998");
    }

    @Test
    void a_wait_that_frees_enough_for_a_high_cost_is_not_told_longer_than_it_is() {
        QuotaPolicy limit = limit("10/60s");
        Decision refused =
                TestDecisions.denied(List.of(TestDecisions.refused(limit, 3, 0, 60 * SECOND)), 20 * SECOND + 1);
        assertThat(told("10/60s", refused).only("RateLimit")).isEqualTo("\"default\";r=3;t=21");
    }

    @Test
    void of_two_equal_limits_of_one_name_the_one_that_refuses_is_told_whichever_comes_first() {
        QuotaPolicy mine = limit("x=3/1h");
        QuotaPolicy ours = limit("x=3/1h");
        List<QuotaStatus> quotas =
                List.of(TestDecisions.left(mine, 3, 0, 0), TestDecisions.refused(ours, 0, 40 * SECOND, 60 * SECOND));
        List<QuotaStatus> reversed = List.of(quotas.get(1), quotas.get(0));
        for (List<QuotaStatus> order : List.of(quotas, reversed)) {
            RecordedHeaders headers = new RecordedHeaders();
            new DraftFields(List.of(QuotaPolicies.parse("a", "x=3/1h"), QuotaPolicies.parse("b", "x=3/1h")))
                    .write(TestDecisions.denied(order, 40 * SECOND), headers.response());
            assertThat(headers.only("RateLimit")).isEqualTo("\"x\";r=0;t=40");
        }
    }

    @Test
    void of_two_limits_of_one_name_that_both_refuse_the_nearer_is_told_whichever_comes_first() {
        QuotaStatus near = TestDecisions.refused(limit("x=9/1h"), 0, 40 * SECOND, 60 * SECOND);
        QuotaStatus far = TestDecisions.refused(limit("x=3/1m"), 1, 0, 10 * SECOND);
        for (List<QuotaStatus> order : List.of(List.of(near, far), List.of(far, near))) {
            RecordedHeaders headers = new RecordedHeaders();
            new DraftFields(List.of(QuotaPolicies.parse("a", "x=9/1h"), QuotaPolicies.parse("b", "x=3/1m")))
                    .write(TestDecisions.denied(order, 40 * SECOND), headers.response());
            assertThat(headers.only("RateLimit")).isEqualTo("\"x\";r=0;t=40");
        }
    }

    @Test
    void no_wait_is_told_when_waiting_does_not_help() {
        QuotaPolicy limit = limit("10/60s");
        Decision refused = TestDecisions.denied(List.of(TestDecisions.refused(limit, 10, 0, 60 * SECOND)), NEVER);
        assertThat(told("10/60s", refused).only("RateLimit")).isEqualTo("\"default\";r=10");
    }

    @Test
    void limits_that_were_changed_meanwhile_are_told_as_they_are_now() {
        Decision decision = TestDecisions.allowed(List.of(TestDecisions.left(limit("500/60s"), 499, 0, SECOND)));
        RecordedHeaders headers = told("100/60s", decision);
        assertThat(headers.only("RateLimit-Policy")).isEqualTo("\"default\";q=500;w=60");
        assertThat(headers.only("RateLimit")).isEqualTo("\"default\";r=499;t=1");
    }

    // ---- Several filters in one answer

    private static Decision left(String limit, long remaining, long seconds) {
        return TestDecisions.allowed(
                List.of(TestDecisions.left(limit(limit), remaining, seconds * SECOND, seconds * SECOND)));
    }

    @Test
    void a_second_filter_adds_its_limits() {
        RecordedHeaders headers = told("a=5/1s", left("a=5/1s", 4, 1));
        tell(headers, "b=9/1h", left("b=9/1h", 8, 3600));
        assertThat(headers.only("RateLimit-Policy")).isEqualTo("\"a\";q=5;w=1, \"b\";q=9;w=3600");
        assertThat(headers.only("RateLimit")).isEqualTo("\"a\";r=4;t=1, \"b\";r=8;t=3600");
    }

    @Test
    void of_two_limits_of_one_name_the_nearer_to_a_refusal_is_told_whoever_came_first() {
        for (boolean nearerFirst : new boolean[] {true, false}) {
            RecordedHeaders headers = new RecordedHeaders();
            tell(headers, nearerFirst ? "100/1h" : "9/1s", nearerFirst ? left("100/1h", 5, 8) : left("9/1s", 8, 1));
            tell(headers, nearerFirst ? "9/1s" : "100/1h", nearerFirst ? left("9/1s", 8, 1) : left("100/1h", 5, 8));
            assertThat(headers.only("RateLimit-Policy")).isEqualTo("\"default\";q=100;w=3600");
            assertThat(headers.only("RateLimit")).isEqualTo("\"default\";r=5;t=8");
        }
    }

    @Test
    void of_two_limits_of_one_name_with_as_much_left_the_longer_wait_is_told() {
        RecordedHeaders headers = told("3/1s", left("3/1s", 0, 1));
        tell(headers, "7/1m", left("7/1m", 0, 30));
        assertThat(headers.only("RateLimit")).isEqualTo("\"default\";r=0;t=30");
    }

    @Test
    void the_limit_that_refuses_is_told_although_another_of_its_name_has_less_left() {
        QuotaPolicy limit = limit("10/60s");
        RecordedHeaders headers = told("3/1s", left("3/1s", 0, 1));
        tell(
                headers,
                "10/60s",
                TestDecisions.denied(List.of(TestDecisions.refused(limit, 4, 0, 60 * SECOND)), 20 * SECOND));
        assertThat(headers.only("RateLimit-Policy")).isEqualTo("\"default\";q=10;w=60");
        assertThat(headers.only("RateLimit")).isEqualTo("\"default\";r=4;t=20");
    }

    @Test
    void a_limit_that_nobody_counted_hides_none_that_somebody_did() {
        RecordedHeaders headers = told("3/1s", left("3/1s", 2, 1));
        tell(headers, "1/1h", UNCOUNTED);
        assertThat(headers.only("RateLimit-Policy")).isEqualTo("\"default\";q=3;w=1");
        assertThat(headers.only("RateLimit")).isEqualTo("\"default\";r=2;t=1");
    }

    @Test
    void fields_of_an_application_stay_as_they_are() {
        RecordedHeaders headers = new RecordedHeaders();
        headers.response().addHeader("RateLimit-Policy", "\"a,\\\"b\";q=1;pk=:c2Vh:");
        headers.response().addHeader("RateLimit-Policy", "\"c\";q=2");
        headers.response().addHeader("RateLimit", "\"a,\\\"b\";r=1;pk=:c2Vh:,\"c\";r=x");
        tell(headers, "c=9/1h", left("c=9/1h", 8, 3600));
        assertThat(headers.only("RateLimit-Policy")).isEqualTo("\"a,\\\"b\";q=1;pk=:c2Vh:, \"c\";q=2");
        assertThat(headers.only("RateLimit")).isEqualTo("\"a,\\\"b\";r=1;pk=:c2Vh:, \"c\";r=x");
    }

    // ---- Whatever is decided

    @Test
    void another_parser_reads_back_what_any_decision_says() {
        Property.holds(4_000, random -> {
            RandomDecisions decisions = new RandomDecisions(random);
            QuotaPolicies limits = decisions.limits();
            Decision decision = decisions.of(limits);
            RecordedHeaders headers = new RecordedHeaders();
            new DraftFields(List.of(limits)).write(decision, headers.response());

            Map<String, Map<String, Long>> policies = StructuredField.read(headers.all("RateLimit-Policy"));
            Map<String, Map<String, Long>> quotas = StructuredField.read(headers.all("RateLimit"));

            assertThat(policies).isEqualTo(decision.quotas().isEmpty() ? Map.of() : expectedPolicies(limits));
            assertThat(quotas).isEqualTo(expectedQuotas(decision));
        });
    }

    @Test
    void however_many_filters_tell_no_name_is_told_twice() {
        Property.holds(1_000, random -> {
            RandomDecisions decisions = new RandomDecisions(random);
            RecordedHeaders headers = new RecordedHeaders();
            Set<String> counted = new HashSet<>();
            int filters = 1 + random.nextInt(3);
            for (int i = 0; i < filters; i++) {
                QuotaPolicies limits = decisions.limits();
                Decision decision = decisions.of(limits);
                new DraftFields(List.of(limits)).write(decision, headers.response());
                decision.quotas().forEach(status -> counted.add(status.policy().name()));
            }
            assertThat(StructuredField.read(headers.all("RateLimit-Policy")).keySet())
                    .isEqualTo(counted);
            assertThat(StructuredField.read(headers.all("RateLimit")).keySet()).isEqualTo(counted);
        });
    }

    private static Map<String, Map<String, Long>> expectedPolicies(QuotaPolicies limits) {
        Map<String, Map<String, Long>> expected = new LinkedHashMap<>();
        for (QuotaPolicy policy : limits.policies()) {
            Map<String, Long> parameters = new LinkedHashMap<>();
            parameters.put("q", Math.min(policy.permits(), 999_999_999_999_999L));
            if (policy.window().toMillisPart() == 0) {
                parameters.put("w", policy.window().toSeconds());
            }
            expected.put(policy.name(), parameters);
        }
        return expected;
    }

    /** By the sentences of docs/guide/answers.md. */
    private static Map<String, Map<String, Long>> expectedQuotas(Decision decision) {
        Map<String, Map<String, Long>> expected = new LinkedHashMap<>();
        for (QuotaStatus status : decision.quotas()) {
            Map<String, Long> parameters = new LinkedHashMap<>();
            parameters.put("r", Math.min(status.remaining(), 999_999_999_999_999L));
            List<Long> waits = new ArrayList<>();
            waits.add(status.remaining() == 0 ? status.nextPermitMicros() : status.resetMicros());
            boolean tellsWait = true;
            if (decision instanceof Decision.Denied denied) {
                tellsWait = status.refused();
                waits.add(denied.retryAfterMicros());
            }
            if (tellsWait && !waits.contains(NEVER)) {
                double seconds = waits.stream().mapToLong(wait -> wait).min().orElseThrow() / 1e6;
                parameters.put("t", (long) Math.ceil(seconds));
            }
            expected.put(status.policy().name(), parameters);
        }
        return expected;
    }

    /** Time stands at 0, the beginning of a slice, which is remembered for its own sixtieth longer than the window. */
    private static BoundLimits onStillClock(String limits) {
        return new InMemoryLimitStore(10, 1 << 20, () -> 0L, InstantSource.fixed(Instant.EPOCH))
                .bind(QuotaPolicies.parse("api", limits));
    }
}
