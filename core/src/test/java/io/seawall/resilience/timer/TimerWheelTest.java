package io.seawall.resilience.timer;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.test.Property;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TimerWheelTest {

    /** Ticks are about milliseconds. */
    private static final long WEEK = 7L * 24 * 60 * 60 * 1000;

    private final TimerWheel wheel = new TimerWheel();

    private static final class Ring extends Alarm {

        @Override
        protected void ring() {}
    }

    private static Ring added(TimerWheel wheel, long tick) {
        Ring alarm = new Ring();
        wheel.add(alarm, tick);
        return alarm;
    }

    private static List<Alarm> taken(TimerWheel wheel, long to) {
        List<Alarm> due = new ArrayList<>();
        for (@Nullable Alarm alarm = wheel.takeDue(to, null); alarm != null; alarm = alarm.next) {
            due.add(alarm);
        }
        return due;
    }

    @Test
    void an_alarm_is_due_at_its_tick_and_not_before_however_far_away_it_is() {
        for (long tick : List.of(1L, 2L, 63L, 64L, 65L, 4095L, 4096L, 3_600_000L, WEEK, (1L << 42) - 1)) {
            TimerWheel wheel = new TimerWheel();
            Alarm alarm = added(wheel, tick);

            assertThat(taken(wheel, tick - 1)).as("before %d", tick).isEmpty();
            assertThat(wheel.nextTick()).isEqualTo(tick);
            assertThat(taken(wheel, tick)).containsExactly(alarm);
            assertThat(wheel.size()).isZero();
            assertThat(wheel.nextTick()).isEqualTo(TimerWheel.NEVER);
        }
    }

    @Test
    void what_should_have_rung_already_rings_next() {
        taken(wheel, 1_000);

        Alarm alarm = added(wheel, 7);

        assertThat(wheel.nextTick()).isEqualTo(1_001);
        assertThat(taken(wheel, 1_001)).containsExactly(alarm);
    }

    @Test
    void an_alarm_that_is_removed_leaves_nothing_behind() {
        for (int i = 0; i < 1_000; i++) {
            Alarm alarm = added(wheel, 3_600_000);
            assertThat(wheel.size()).isOne();
            wheel.remove(alarm);
            wheel.remove(alarm);
            assertThat(wheel.size()).isZero();
            assertThat(wheel.nextTick()).isEqualTo(TimerWheel.NEVER);
            assertThat(alarm.next).isNull();
            assertThat(alarm.previous).isNull();
        }
    }

    @Test
    void an_alarm_that_is_about_to_ring_is_not_removed_any_more() {
        Alarm first = added(wheel, 5);
        Alarm second = added(wheel, 5);
        Alarm due = wheel.takeDue(5, null);

        wheel.remove(first);
        wheel.remove(second);

        assertThat(due).isSameAs(first);
        assertThat(first.next).isSameAs(second);
        assertThat(wheel.size()).isZero();
    }

    @Test
    void what_is_due_here_comes_before_what_is_due_elsewhere() {
        Alarm elsewhere = new Ring();
        Alarm here = added(wheel, 1);

        assertThat(wheel.takeDue(1, elsewhere)).isSameAs(here);
        assertThat(here.next).isSameAs(elsewhere);
    }

    /** All alarms in one heap, looked through whenever time passes. */
    @Test
    void it_does_what_a_plain_list_of_alarms_would_do() {
        Property.holds(300, random -> {
            TimerWheel wheel = new TimerWheel();
            List<Ring> set = new ArrayList<>();
            // Anywhere, also just before all digits change at once.
            long now = random.nextBoolean() ? random.nextLong(1L << 40) : (1L << random.nextInt(2, 40)) - 2;
            taken(wheel, now);
            for (int step = 0; step < 200; step++) {
                switch (random.nextInt(4)) {
                    case 0, 1 -> set.add(added(wheel, now + delay(random)));
                    case 2 -> {
                        if (!set.isEmpty()) {
                            wheel.remove(set.remove(random.nextInt(set.size())));
                        }
                    }
                    default -> {
                        long to = now + delay(random);
                        now = to;
                        Set<Alarm> due = new HashSet<>();
                        set.removeIf(alarm -> alarm.tick <= to && due.add(alarm));
                        assertThat(new HashSet<>(taken(wheel, to))).isEqualTo(due);
                    }
                }
                assertThat(wheel.size()).isEqualTo(set.size());
                long next = set.stream().mapToLong(alarm -> alarm.tick).min().orElse(TimerWheel.NEVER);
                assertThat(wheel.nextTick())
                        .as("is ahead, and not later than what rings next")
                        .isGreaterThan(now)
                        .isLessThanOrEqualTo(next);
            }
        });
    }

    /** As often short as long. */
    private static long delay(RandomGenerator random) {
        return random.nextLong(1, 1L << random.nextInt(1, 31));
    }

    @Test
    void it_has_little_to_do_until_an_alarm_rings() {
        added(wheel, WEEK);
        int looks = 0;
        for (long next = wheel.nextTick(); next != TimerWheel.NEVER; next = wheel.nextTick()) {
            taken(wheel, next);
            looks++;
        }
        assertThat(looks).as("one for each level at the most").isBetween(1, 7);
    }
}
