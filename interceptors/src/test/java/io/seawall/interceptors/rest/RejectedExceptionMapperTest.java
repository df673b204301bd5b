package io.seawall.interceptors.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.http.ReducedCapacity;
import io.seawall.resilience.RejectedException;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RejectedExceptionMapperTest {

    private final RejectedExceptionMapper mapper = new RejectedExceptionMapper();

    @Test
    void a_refused_call_is_answered_with_503_and_a_problem_that_no_cache_keeps() {
        try (Response response = mapper.toResponse(new Refused(null))) {
            assertThat(response.getStatus()).isEqualTo(503);
            assertThat(response.getHeaderString("Content-Type")).isEqualTo("application/problem+json");
            assertThat(response.getHeaderString("Cache-Control")).isEqualTo("no-store");
            assertThat(body(response)).isEqualTo(new ReducedCapacity(1).body());
        }
    }

    @Test
    void it_says_when_to_come_back_even_where_nobody_knows() {
        try (Response response = mapper.toResponse(new Refused(null))) {
            assertThat(response.getHeaderString("Retry-After")).isEqualTo("1");
        }
    }

    @Test
    void when_to_come_back_is_in_whole_seconds_and_never_too_early() {
        try (Response response = mapper.toResponse(new Refused(Duration.ofMillis(29_001)))) {
            assertThat(response.getHeaderString("Retry-After")).isEqualTo("30");
        }
    }

    @Test
    void what_was_called_is_not_told_to_the_client() {
        try (Response response = mapper.toResponse(new Refused(Duration.ofSeconds(30)))) {
            assertThat(body(response)).doesNotContain("payments", "ledger");
            assertThat(response.getStringHeaders().values())
                    .allSatisfy(values -> assertThat(List.copyOf(values))
                            .noneMatch(value -> value.contains("payments") || value.contains("ledger")));
        }
    }

    @Test
    void servers_find_it_by_its_annotation_and_may_put_a_proxy_before_it() throws Exception {
        assertThat(RejectedExceptionMapper.class).isPublic().isNotFinal().hasAnnotation(Provider.class);
        assertThat(RejectedExceptionMapper.class.getConstructor().canAccess(null))
                .isTrue();
    }

    @Test
    void a_mapper_of_the_application_without_a_priority_comes_first() {
        assertThat(RejectedExceptionMapper.class.getAnnotation(Priority.class).value())
                .isGreaterThan(Priorities.USER);
    }

    private static String body(Response response) {
        assertThat(response.getEntity()).isInstanceOf(byte[].class);
        return new String((byte[]) response.getEntity(), StandardCharsets.UTF_8);
    }

    private static final class Refused extends RejectedException {

        private static final long serialVersionUID = 1L;

        Refused(@Nullable Duration retryAfter) {
            super("payments", "circuit-open", false, retryAfter, new IllegalStateException("ledger"));
        }

        @Override
        protected String words() {
            return "circuit 'payments' is open";
        }
    }
}
