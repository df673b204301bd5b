package io.seawall.resilience.retry;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.resilience.RetryAfter;
import jakarta.ejb.EJBException;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.client.ResponseProcessingException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterReaderTest {

    private static final InstantSource NOON = InstantSource.fixed(Instant.parse("1994-11-06T12:00:00Z"));

    private static final OptionalLong NOTHING = OptionalLong.empty();

    private static OptionalLong read(Throwable failure, RetryAfterSource... sources) {
        return new RetryAfterReader(List.of(sources), NOON).nanos(failure);
    }

    private static OptionalLong seconds(long seconds) {
        return OptionalLong.of(seconds * 1_000_000_000);
    }

    private static Response response(String retryAfter) {
        return Response.status(503).header("Retry-After", retryAfter).build();
    }

    /** An exception of an application. */
    private static final class Busy extends Exception implements RetryAfter {

        private static final long serialVersionUID = 1L;

        private final transient Optional<Duration> told;

        Busy(Optional<Duration> told) {
            this.told = told;
        }

        @Override
        public Optional<Duration> retryAfter() {
            return told;
        }
    }

    @Test
    void a_failure_may_say_it_itself() {
        assertThat(read(new Busy(Optional.of(Duration.ofSeconds(3))))).isEqualTo(seconds(3));
        assertThat(read(new Busy(Optional.empty()))).isEqualTo(NOTHING);
        assertThat(read(new IOException())).isEqualTo(NOTHING);
    }

    @Test
    void every_cause_may_say_it_and_the_outermost_is_right() {
        Busy three = new Busy(Optional.of(Duration.ofSeconds(3)));

        assertThat(read(new IllegalStateException(new EJBException(three)))).isEqualTo(seconds(3));
        assertThat(read(new WebApplicationException(three, response("5")))).isEqualTo(seconds(5));
        assertThat(read(new WebApplicationException(three, Response.status(503).build())))
                .isEqualTo(seconds(3));
    }

    @Test
    void the_exceptions_of_jax_rs_hold_a_response_that_says_it() {
        assertThat(read(new ServiceUnavailableException(7L))).isEqualTo(seconds(7));
        assertThat(read(new WebApplicationException(response("5")))).isEqualTo(seconds(5));
        assertThat(read(new ResponseProcessingException(response("5"), "unreadable")))
                .isEqualTo(seconds(5));
        assertThat(read(new WebApplicationException(503))).isEqualTo(NOTHING);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "999999999, 999999999",
        "'Sun, 06 Nov 1994 12:00:30 GMT', 30",
        "'Sun, 06 Nov 1994 11:59:00 GMT', 0", // over
    })
    void seconds_and_dates_are_understood(String text, long seconds) {
        assertThat(read(new WebApplicationException(response(text)))).isEqualTo(seconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "-1",
                "+1",
                "1.5",
                "1s",
                "1000000000",
                "٣", // a digit, but not one of these
                "Mon, 06 Nov 1994 12:00:30 GMT", // was a Sunday
                "Mon, 30 Feb 1994 12:00:30 GMT", // as was the 28th
                "Sun, 06 Nov 1994 12:00:30 UTC",
                "Sunday, 06-Nov-94 08:49:37 GMT",
                "Sun Nov  6 08:49:37 1994"
            })
    void anything_else_is_as_if_not_there(String text) {
        assertThat(read(new WebApplicationException(response(text)))).isEqualTo(NOTHING);
    }

    @Test
    void an_application_may_know_more_exceptions() {
        RetryAfterSource knows =
                failure -> failure instanceof IOException ? Optional.of(Duration.ofSeconds(4)) : Optional.empty();

        assertThat(read(new IOException(), failure -> Optional.empty(), knows)).isEqualTo(seconds(4));
        assertThat(read(new IllegalStateException(new IOException()), knows)).isEqualTo(seconds(4));
        assertThat(read(new IllegalStateException(), knows)).isEqualTo(NOTHING);
    }

    @Test
    void a_source_that_fails_does_not_take_the_place_of_the_failure() {
        RetryAfterSource broken = failure -> {
            throw new IllegalStateException();
        };

        assertThat(read(new IOException(), broken)).isEqualTo(NOTHING);
        assertThat(read(new IOException(), broken, failure -> Optional.of(Duration.ofSeconds(4))))
                .isEqualTo(seconds(4));
    }

    @Test
    void no_length_of_time_overflows() {
        assertThat(read(new Busy(Optional.of(Duration.ofSeconds(Long.MAX_VALUE)))))
                .isEqualTo(OptionalLong.of(Long.MAX_VALUE));
        assertThat(read(new Busy(Optional.of(Duration.ofSeconds(Long.MIN_VALUE)))))
                .isEqualTo(OptionalLong.of(0));
    }

    @Test
    void causes_in_a_ring_come_to_an_end() {
        IOException ring = new IOException();
        ring.initCause(new IllegalStateException(ring));

        assertThat(read(ring)).isEqualTo(NOTHING);
    }
}
