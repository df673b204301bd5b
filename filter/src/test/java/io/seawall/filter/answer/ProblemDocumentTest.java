package io.seawall.filter.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.seawall.ratelimit.Decision;
import io.seawall.test.Property;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemDocumentTest {

    private static Refusal refusal(ProblemType problem, String... violated) {
        return new Refusal(problem, OptionalLong.of(5), List.of(violated));
    }

    @ParameterizedTest
    @EnumSource(ProblemType.class)
    void it_has_the_members_of_rfc_9457_and_those_of_its_type(ProblemType problem) {
        JsonObject document = Json.read(ProblemDocument.of(refusal(problem, "burst", "sustained")));
        assertThat(document.keySet()).containsExactly("type", "title", "status", "violated-policies");
        assertThat(document.getString("type")).isEqualTo(problem.uri());
        assertThat(document.getString("title")).isEqualTo(problem.title());
        assertThat(document.getInt("status")).isEqualTo(problem.status());
        assertThat(Json.strings(document, "violated-policies")).containsExactly("burst", "sustained");
    }

    @Test
    void a_refusal_of_no_limit_names_none() {
        JsonObject document = Json.read(ProblemDocument.of(Refusal.unavailable()));
        assertThat(document.keySet()).containsExactly("type", "title", "status");
        assertThat(document.getInt("status")).isEqualTo(503);
    }

    @Test
    void it_says_when_waiting_does_not_help() {
        JsonObject document = Json.read(
                ProblemDocument.of(new Refusal(ProblemType.QUOTA_EXCEEDED, OptionalLong.empty(), List.of("default"))));
        assertThat(document.getString("detail")).contains("Waiting does not help");
    }

    @Test
    void types_are_those_of_the_draft() {
        String types = "https://iana.org/assignments/http-problem-types#";
        assertThat(ProblemType.QUOTA_EXCEEDED.uri()).isEqualTo(types + "quota-exceeded");
        assertThat(ProblemType.ABNORMAL_USAGE_DETECTED.uri()).isEqualTo(types + "abnormal-usage-detected");
        assertThat(ProblemType.TEMPORARY_REDUCED_CAPACITY.uri()).isEqualTo(types + "temporary-reduced-capacity");
    }

    @Test
    void whatever_is_refused_it_is_valid_json() {
        Property.holds(2_000, random -> {
            RandomDecisions decisions = new RandomDecisions(random);
            if (decisions.of(decisions.limits()) instanceof Decision.Denied denied) {
                Refusal refusal = Refusal.of(denied, ProblemType.QUOTA_EXCEEDED);
                JsonObject document = Json.read(ProblemDocument.of(refusal));
                assertThat(Json.strings(document, "violated-policies"))
                        .containsExactlyElementsOf(refusal.violatedPolicies());
                assertThat(document.containsKey("detail")).isEqualTo(denied.retryAfterMicros() == Long.MAX_VALUE);
            }
        });
    }

    /** Not from our own limits, whose names are checked. */
    @Test
    void whatever_a_limit_is_called_it_is_valid_json() {
        Property.holds(2_000, random -> {
            String name = random.ints(random.nextInt(20), 0, 0x200)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            JsonObject document = Json.read(ProblemDocument.of(refusal(ProblemType.QUOTA_EXCEEDED, name)));
            assertThat(Json.strings(document, "violated-policies")).containsExactly(name);
        });
    }

    @Test
    void nobody_is_told_to_come_back_at_once() {
        assertThatThrownBy(() -> new Refusal(ProblemType.QUOTA_EXCEEDED, OptionalLong.of(0), List.of()))
                .hasMessageContainingAll("after 0 seconds", "tell 1 or more");
    }
}
