package io.seawall.resilience.timer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What whoever watches must be told, and what not. */
class TimerWheelsTest {

    private static final long LATER = 2_000;

    private final TimerWheels wheels = new TimerWheels(4);

    private static final class Ring extends Alarm {

        @Override
        protected void ring() {}
    }

    @Test
    void the_first_alarm_is_told_and_those_that_are_due_later_are_not() {
        assertThat(wheels.add(new Ring(), LATER)).isTrue();
        assertThat(wheels.promised()).isEqualTo(LATER);
        for (int i = 0; i < 1_000; i++) {
            assertThat(wheels.add(new Ring(), LATER + i)).isFalse();
        }
        assertThat(wheels.add(new Ring(), LATER - 1)).isTrue();
        assertThat(wheels.promised()).isEqualTo(LATER - 1);
    }

    @Test
    void of_calls_that_come_one_after_the_other_only_the_first_tells_anybody() {
        int told = 0;
        for (int now = 0; now < LATER; now++) {
            Alarm alarm = new Ring();
            told += wheels.add(alarm, now + LATER) ? 1 : 0;
            wheels.remove(alarm);
        }
        assertThat(told).isOne();
    }

    @Test
    void whoever_has_come_promises_to_come_when_the_next_is_due() {
        Alarm due = new Ring();
        wheels.add(due, 10);
        wheels.add(new Ring(), 50);

        assertThat(wheels.takeDue(10)).isSameAs(due);

        assertThat(wheels.promised()).isEqualTo(50);
    }

    @Test
    void whoever_has_come_and_finds_nothing_set_promises_nothing() {
        Alarm alarm = new Ring();
        wheels.add(alarm, 10);
        wheels.remove(alarm);

        assertThat(wheels.takeDue(10)).isNull();

        assertThat(wheels.promised()).isEqualTo(TimerWheels.NEVER);
    }

    @Test
    void all_wheels_are_looked_through() {
        for (int i = 0; i < 100; i++) {
            CompletableFuture.runAsync(() -> wheels.add(new Ring(), 10), task -> new Thread(task).start())
                    .join();
        }
        assertThat(wheels.size()).isEqualTo(100);
        int due = 0;
        for (Alarm alarm = wheels.takeDue(10); alarm != null; alarm = alarm.next) {
            due++;
        }
        assertThat(due).isEqualTo(100);
        assertThat(wheels.size()).isZero();
    }
}
