package io.seawall.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.test.CapturedLog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class EventsTest {

    private static final Instant NOON = Instant.parse("2026-12-01T12:00:00Z");
    private static final SeawallEvent EXHAUSTED = new RetryBudgetEvent(NOON, "bank", true);
    private static final SeawallEvent BACK = new RetryBudgetEvent(NOON.plusSeconds(1), "bank", false);

    private final Events events = new Events();
    private final List<SeawallEvent> heard = new ArrayList<>();

    @Test
    void an_event_is_logged_remembered_and_heard() {
        events.listen(heard::add);
        try (CapturedLog lines = new CapturedLog(Events.class)) {
            events.tell(EXHAUSTED);
            assertThat(lines.lines()).containsExactly("WARNING " + EXHAUSTED.words());
        }
        assertThat(events.recent().list()).containsExactly(EXHAUSTED);
        assertThat(heard).containsExactly(EXHAUSTED);
    }

    @Test
    void who_has_stopped_listening_hears_nothing() {
        Runnable end = events.listen(heard::add);
        end.run();
        end.run();
        events.tell(EXHAUSTED);
        assertThat(heard).isEmpty();
    }

    @Test
    void a_listener_that_fails_hurts_nobody_and_is_named() {
        events.listen(event -> {
            throw new IllegalStateException("broken");
        });
        events.listen(heard::add);
        try (CapturedLog lines = new CapturedLog(Events.class)) {
            events.tell(EXHAUSTED);
            assertThat(lines.lines()).last().isEqualTo("WARNING who listens to 'bank' has failed");
        }
        assertThat(heard).containsExactly(EXHAUSTED);
    }

    @Test
    void those_that_joined_are_one() {
        Events later = new Events();
        Runnable end = events.listen(heard::add);
        events.tell(EXHAUSTED);

        events.joinTo(later);
        later.tell(BACK);
        assertThat(later.recent().list()).containsExactly(BACK, EXHAUSTED);
        assertThat(events.recent()).isSameAs(later.recent());
        assertThat(heard).containsExactly(EXHAUSTED, BACK);

        events.tell(EXHAUSTED);
        assertThat(heard).containsExactly(EXHAUSTED, BACK, EXHAUSTED);
        assertThat(later.recent().list()).hasSize(3);

        end.run();
        events.tell(BACK);
        assertThat(heard).hasSize(3);
    }

    @Test
    void a_ban_says_who_by_whom_and_for_how_long() {
        assertThat(new BanEvent(NOON, "RateLimitFilter", "login", "ip 192.0.2.1", Duration.ofMinutes(2)).words())
                .isEqualTo("filter 'RateLimitFilter' bans client 'ip 192.0.2.1' of policy 'login' for 2m");
    }

    /** In an attack with a ban a millisecond, a listener that is broken would fill the disk with its stack trace. */
    @Test
    void a_listener_that_always_fails_is_told_of_five_times_a_minute() {
        events.listen(event -> {
            throw new IllegalStateException("broken");
        });
        try (CapturedLog lines = new CapturedLog(Events.class)) {
            for (int i = 0; i < 1000; i++) {
                events.tell(EXHAUSTED);
            }
            assertThat(lines.lines())
                    .filteredOn(line -> line.contains("has failed"))
                    .hasSize(5)
                    .last()
                    .asString()
                    .endsWith("are left out of the log)");
        }
    }

    /** Whose lines nobody can write is told by the thread of a call. */
    @Test
    void a_log_that_fails_hurts_nobody() {
        events.listen(heard::add);
        events.listen(event -> {
            throw new IllegalStateException("broken");
        });
        Handler broken = new Handler() {
            @Override
            public void publish(LogRecord line) {
                throw new AssertionError("the disk is full");
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger(Events.class.getName());
        logger.addHandler(broken);
        try {
            events.tell(EXHAUSTED);
        } finally {
            logger.removeHandler(broken);
        }
        assertThat(heard).containsExactly(EXHAUSTED);
        assertThat(events.recent().list()).containsExactly(EXHAUSTED);
    }

    @Test
    void those_that_joined_one_after_another_are_one_and_who_stops_listening_stops_in_all() {
        Events second = new Events();
        Events third = new Events();
        Runnable end = events.listen(heard::add);
        events.joinTo(second);
        second.joinTo(third);
        end.run();
        third.tell(BACK);
        assertThat(heard).isEmpty();
    }
}
