package io.seawall.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** {@code @Resilient} without transactions. */
interface ResilientContract extends Deployed {

    int ALWAYS = 99;

    @Test
    @Proves(Feature.RESILIENT_CDI)
    default void a_cdi_bean_is_retried() {
        Outcome outcome = probe().run("cdi/retried", 2);
        assertThat(outcome.returned()).isEqualTo("attempt 3");
        assertThat(outcome.attempts()).isEqualTo(3);
    }

    @Test
    @Proves(Feature.RESILIENT_CDI)
    default void a_cdi_bean_falls_back() {
        Outcome outcome = probe().run("cdi/with-fallback", ALWAYS);
        assertThat(outcome.returned()).isEqualTo("fallback");
        assertThat(outcome.attempts()).isEqualTo(3);
    }

    @Test
    @Proves(Feature.RESILIENT_CDI)
    default void a_cdi_bean_falls_back_by_what_it_failed_with() {
        assertThat(probe().run("cdi/with-fallback-by-failure", ALWAYS).returned())
                .isEqualTo("fallback of FailureException");
    }

    @Test
    @Proves(Feature.RESILIENT_CDI)
    default void a_cdi_bean_is_retried_for_what_comes_later() {
        Outcome outcome = probe().run("cdi/later", 2);
        assertThat(outcome.returned()).isEqualTo("attempt 3");
        assertThat(outcome.attempts()).isEqualTo(3);
    }

    @Test
    @Proves(Feature.RESILIENT_CDI)
    default void a_cdi_bean_that_fails_is_answered_for_by_its_last_answer() {
        Outcome outcome = probe().run("cdi/stale", 0);
        String answer = "answer to " + outcome.id();
        assertThat(outcome.returned()).isEqualTo(answer + ", " + answer);
    }

    @Test
    @Proves(Feature.RESILIENT_CDI)
    default void a_cdi_bean_is_stopped_at_its_timeout() {
        Outcome outcome = probe().run("cdi/slow", 0);
        assertThat(outcome.thrown()).startsWith("io.seawall.resilience.timeout.TimeLimitExceededException");
        assertThat(outcome.attempts()).isEqualTo(1);
    }

    @Test
    @Proves(Feature.RESILIENT_EJB)
    default void a_session_bean_without_transaction_is_retried() {
        needs(Capability.EJB);
        Outcome outcome = probe().run("ejb/without-transaction", 2);
        assertThat(outcome.returned()).isEqualTo("attempt 3");
        assertThat(outcome.attempts()).isEqualTo(3);
    }

    @Test
    @Proves(Feature.SERVLET)
    default void an_open_circuit_is_503_in_a_servlet() {
        assertThat(probe().status("/fragile", "")).isEqualTo(500);
        assertRefused(probe().get("/fragile", ""));
        assertRefused(probe().get("/fragile/async", ""));
        // Whose length is not that of the refusal, also where a filter between them keeps it to itself.
        assertRefused(probe().get("/fragile/length", ""));
        assertRefused(probe().get("/fragile/cached", ""));
    }

    @Test
    @Proves(Feature.REST)
    default void an_open_circuit_is_503_in_jakarta_rest() {
        needs(Capability.REST);
        assertThat(probe().status("/rest/fragile", "")).isEqualTo(500);
        assertRefused(probe().get("/rest/fragile", ""));
    }

    /** The same from everywhere. */
    private static void assertRefused(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValueAsLong("Retry-After").orElseThrow())
                .isBetween(1L, 5000L);
        assertThat(answer.headers().firstValue("Cache-Control").orElseThrow()).contains("no-store");
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/problem+json");
        assertThat(answer.body())
                .startsWith("{")
                .endsWith("}")
                .contains("http-problem-types#temporary-reduced-capacity")
                .doesNotContain("GuardedBean", "fragile");
    }

    /** The container of the EJB puts an EJBException around the refusal. */
    @Test
    @Proves(Feature.REST_EJB)
    default void an_open_circuit_is_503_in_jakarta_rest_behind_a_session_bean_too() {
        needs(Capability.REST);
        needs(Capability.REST_LETS_GO);
        needs(Capability.EJB);
        assertThat(probe().status("/rest/fragile-ejb", "")).isEqualTo(500);
        assertRefused(probe().get("/rest/fragile-ejb", ""));
    }

    @Test
    @Proves(Feature.SYSTEM_PROPERTY)
    default void a_system_property_overrides_the_annotation() {
        assertThat(probe().run("cdi/set-by-property", ALWAYS).attempts()).isEqualTo(1 + 1);
    }

    @Test
    @Proves(Feature.PROPERTIES_FILE)
    default void a_file_in_the_application_overrides_the_annotation() {
        assertThat(probe().run("cdi/set-by-file", ALWAYS).attempts()).isEqualTo(1 + 3);
    }

    @Test
    @Proves(Feature.MICROPROFILE_CONFIG)
    default void microprofile_config_overrides_the_annotation() {
        needs(Capability.MICROPROFILE_CONFIG);
        assertThat(probe().run("cdi/set-by-microprofile", ALWAYS).attempts()).isEqualTo(1 + 4);
    }
}
