package io.seawall.filter.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.ratelimit.Decision;
import io.seawall.ratelimit.QuotaPolicies;
import io.seawall.ratelimit.QuotaPolicy;
import io.seawall.ratelimit.QuotaStatus;
import io.seawall.test.Property;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class LegacyFieldsTest {

    private static final long SECOND = 1_000_000;

    private static QuotaStatus status(String limit, long remaining, long seconds) {
        return TestDecisions.left(limit(limit), remaining, remaining == 0 ? seconds * SECOND : 0, seconds * SECOND);
    }

    private static QuotaStatus refused(String limit, long remaining, long seconds) {
        return TestDecisions.refused(limit(limit), remaining, remaining == 0 ? seconds * SECOND : 0, seconds * SECOND);
    }

    private static QuotaPolicy limit(String text) {
        return QuotaPolicies.parse("api", text).policies().get(0);
    }

    private static List<String> told(Decision... decisions) {
        RecordedHeaders headers = new RecordedHeaders();
        for (Decision decision : decisions) {
            new LegacyFields().write(decision, headers.response());
        }
        return headers.isEmpty() ? List.of() : fields(headers);
    }

    private static List<String> fields(RecordedHeaders headers) {
        return List.of(
                headers.only("X-RateLimit-Limit"),
                headers.only("X-RateLimit-Remaining"),
                headers.only("X-RateLimit-Reset"));
    }

    @Test
    void the_limit_with_the_fewest_permits_left_is_told_with_the_seconds_from_now() {
        assertThat(told(TestDecisions.allowed(
                        List.of(status("a=9/1s", 8, 1), status("b=100/1h", 5, 3600), status("c=50/1m", 40, 60)))))
                .containsExactly("100", "5", "3600");
    }

    @Test
    void of_several_with_as_few_left_it_is_the_one_with_the_longest_wait() {
        assertThat(told(TestDecisions.allowed(List.of(status("a=9/1s", 0, 1), status("b=100/1h", 0, 40)))))
                .containsExactly("100", "0", "40");
    }

    @Test
    void a_refusal_tells_of_a_limit_that_refused() {
        assertThat(told(TestDecisions.denied(
                        List.of(status("a=9/1s", 2, 1), refused("b=100/1h", 3, 3600)), 20 * SECOND)))
                .containsExactly("100", "3", "20");
    }

    @Test
    void of_two_equal_limits_the_one_that_refused_is_told() {
        assertThat(told(TestDecisions.denied(
                        List.of(status("x=3/1h", 3, 0), refused("x=3/1h", 0, 3600)), 3600 * SECOND)))
                .containsExactly("3", "0", "3600");
    }

    @Test
    void no_reset_is_told_when_waiting_does_not_help() {
        RecordedHeaders headers = new RecordedHeaders();
        new LegacyFields()
                .write(TestDecisions.denied(List.of(refused("10/60s", 10, 60)), Long.MAX_VALUE), headers.response());
        assertThat(headers.only("X-RateLimit-Remaining")).isEqualTo("10");
        assertThat(headers.all("X-RateLimit-Reset")).isEmpty();
    }

    @Test
    void nothing_is_told_when_nobody_counted() {
        assertThat(told(TestDecisions.allowed(List.of()))).isEmpty();
    }

    @Test
    void of_two_filters_the_limit_that_is_nearer_to_a_refusal_is_told() {
        Decision near = TestDecisions.allowed(List.of(status("9/1s", 2, 1)));
        Decision far = TestDecisions.allowed(List.of(status("100/1h", 50, 3600)));
        Decision asNear = TestDecisions.allowed(List.of(status("100/1h", 2, 3600)));
        assertThat(told(near, far)).containsExactly("9", "2", "1");
        assertThat(told(far, near)).containsExactly("9", "2", "1");
        assertThat(told(near, asNear)).containsExactly("100", "2", "3600");
        assertThat(told(asNear, near)).containsExactly("100", "2", "3600");
    }

    @Test
    void a_refusal_is_told_whatever_a_filter_before_it_has_told() {
        assertThat(told(
                        TestDecisions.allowed(List.of(status("9/1s", 0, 1))),
                        TestDecisions.denied(List.of(refused("b=100/1h", 3, 3600)), 20 * SECOND)))
                .containsExactly("100", "3", "20");
    }

    @Test
    void what_is_no_number_is_overwritten() {
        RecordedHeaders headers = new RecordedHeaders();
        headers.response().setHeader("X-RateLimit-Remaining", "some");
        headers.response().setHeader("X-RateLimit-Reset", "soon");
        new LegacyFields().write(TestDecisions.allowed(List.of(status("9/1s", 8, 1))), headers.response());
        assertThat(fields(headers)).containsExactly("9", "8", "1");
    }

    @Test
    void whatever_is_decided_the_fields_are_whole_numbers_of_one_limit() {
        Property.holds(10_000, random -> {
            RandomDecisions decisions = new RandomDecisions(random);
            Decision decision = decisions.of(decisions.limits());
            RecordedHeaders headers = new RecordedHeaders();
            new LegacyFields().write(decision, headers.response());
            if (decision.quotas().isEmpty()) {
                assertThat(headers.isEmpty()).isTrue();
                return;
            }
            List<QuotaStatus> told = decision.quotas().stream()
                    .filter(status -> decision.allowed() || status.refused())
                    .toList();
            QuotaStatus nearest = told.stream()
                    .min(Comparator.comparingLong(QuotaStatus::remaining)
                            .thenComparing(
                                    status -> WholeSeconds.untilReset(status, decision), Comparator.reverseOrder()))
                    .orElseThrow();
            assertThat(headers.only("X-RateLimit-Remaining")).isEqualTo("" + nearest.remaining());
            long reset = WholeSeconds.untilReset(nearest, decision);
            assertThat(headers.all("X-RateLimit-Reset")).isEqualTo(reset < 0 ? List.of() : List.of("" + reset));
            assertThat(told.stream().map(status -> "" + status.policy().permits()))
                    .contains(headers.only("X-RateLimit-Limit"));
        });
    }
}
