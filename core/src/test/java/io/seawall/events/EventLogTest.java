package io.seawall.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.test.CapturedLog;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EventLogTest {

    private static final Instant NOON = Instant.parse("2026-12-01T12:00:00Z");

    private final EventLog log = new EventLog();

    private static SeawallEvent opened(String target, Instant at) {
        return new CircuitEvent(
                at, target, CircuitEvent.State.CLOSED, CircuitEvent.State.OPEN, "circuit '" + target + "' is open");
    }

    @Test
    void what_is_wrong_is_a_warning_and_what_is_over_is_not() {
        try (CapturedLog lines = new CapturedLog(Events.class)) {
            log.tell(new RetryBudgetEvent(NOON, "bank", true));
            log.tell(new RetryBudgetEvent(NOON, "bank", false));
            assertThat(lines.lines())
                    .containsExactly(
                            "WARNING the retry budget of 'bank' is used up: calls that fail are not retried",
                            "INFO the retry budget of 'bank' grants again");
        }
    }

    @Test
    void of_events_that_are_alike_five_a_minute_are_logged_and_the_fifth_says_so() {
        try (CapturedLog lines = new CapturedLog(Events.class)) {
            for (int i = 0; i < 60; i++) {
                log.tell(opened("bank", NOON.plusSeconds(i)));
            }
            assertThat(lines.lines())
                    .hasSize(5)
                    .last()
                    .isEqualTo(
                            "WARNING circuit 'bank' is open (more of these until 2026-12-01T12:01:00Z are left out of the"
                                    + " log)");
        }
    }

    @Test
    void the_first_line_afterwards_says_how_many_were_left_out() {
        for (int i = 0; i < 60; i++) {
            log.tell(opened("bank", NOON.plusSeconds(i)));
        }
        try (CapturedLog lines = new CapturedLog(Events.class)) {
            log.tell(opened("bank", NOON.plusSeconds(60)));
            log.tell(opened("bank", NOON.plusSeconds(61)));
            assertThat(lines.lines())
                    .containsExactly(
                            "WARNING circuit 'bank' is open (alike and left out of the log before this: 55)",
                            "WARNING circuit 'bank' is open");
        }
    }

    @Test
    void other_subjects_and_other_kinds_are_logged_meanwhile() {
        for (int i = 0; i < 60; i++) {
            log.tell(opened("bank", NOON));
        }
        try (CapturedLog lines = new CapturedLog(Events.class)) {
            log.tell(opened("mail", NOON));
            log.tell(new RetryBudgetEvent(NOON, "bank", true));
            assertThat(lines.lines()).hasSize(2);
        }
    }

    /** Two threads have read the clock in one order and come here in the other: that begins no new minute. */
    @Test
    void events_that_overtake_each_other_are_no_more_lines() {
        try (CapturedLog lines = new CapturedLog(Events.class)) {
            for (int i = 0; i < 60; i++) {
                log.tell(opened("bank", NOON.minusNanos(i)));
            }
            assertThat(lines.lines()).hasSize(5);
        }
    }

    @Test
    void a_clock_that_goes_back_silences_nobody() {
        for (int i = 0; i < 60; i++) {
            log.tell(opened("bank", NOON));
        }
        try (CapturedLog lines = new CapturedLog(Events.class)) {
            log.tell(opened("bank", NOON.minus(Duration.ofHours(1))));
            assertThat(lines.lines()).hasSize(1);
        }
    }

    @Test
    void what_people_do_is_always_logged() {
        try (CapturedLog lines = new CapturedLog(Events.class)) {
            for (int i = 0; i < 60; i++) {
                log.tell(new ActionEvent(NOON, "bank", "ada", "ada resets circuit 'bank'"));
            }
            assertThat(lines.lines()).hasSize(60).containsOnly("INFO ada resets circuit 'bank'");
        }
    }

    @Test
    void words_are_no_pattern() {
        try (CapturedLog lines = new CapturedLog(Events.class)) {
            log.tell(new SettingsEvent(NOON, "bank", "key {0} of 'bank' isn't what it was"));
            assertThat(lines.lines()).containsExactly("INFO key {0} of 'bank' isn't what it was");
        }
    }

    /** The servers of a cluster have other addresses after each night. */
    @Test
    void ever_new_subjects_neither_fill_the_heap_nor_the_log() {
        try (CapturedLog lines = new CapturedLog(Events.class)) {
            for (int i = 0; i < 10_000; i++) {
                log.tell(opened("server-" + i, NOON.plusNanos(i)));
            }
            assertThat(lines.lines()).hasSizeLessThan(2 * RareLines.MOST_KNOWN);
            assertThat(log.lines().size()).isLessThanOrEqualTo(RareLines.MOST_KNOWN + 10);
            log.tell(opened("another", NOON.plus(Duration.ofHours(1))));
            assertThat(lines.lines()).last().asString().startsWith("WARNING circuit 'another' is open");
            assertThat(log.lines().size()).isEqualTo(1);
        }
    }
}
