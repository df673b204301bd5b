package io.seawall.resilience.timer;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** However those that set alarms, those that call them off and the one who watches meet. */
class TimerWheelsLincheckTest {

    private static final int ALARMS = 16;
    private static final int SET = 1;
    private static final int CALLED_OFF = 2;
    private static final int RUNG = 4;

    /** Threads with two wheels; a tick passes with every look. */
    public static class Wheels {

        private final TimerWheels wheels = new TimerWheels(2);
        private final Numbered[] alarms = new Numbered[ALARMS];
        private final AtomicIntegerArray fates = new AtomicIntegerArray(ALARMS);
        private final AtomicBoolean watched = new AtomicBoolean();
        private int next;
        private long now;

        private static final class Numbered extends Alarm {

            private final int number;

            Numbered(int number) {
                this.number = number;
            }

            @Override
            protected void ring() {}
        }

        /** Nobody else knows the alarm that is set, as in a call. */
        private synchronized int take() {
            int number = next++ % ALARMS;
            alarms[number] = new Numbered(number);
            fates.set(number, SET);
            return number;
        }

        /** A call that has its limit when it is over. */
        @Operation
        public void set() {
            wheels.add(alarms[take()], 1);
        }

        /** A call that ends before. */
        @Operation
        public void setAndUnset() {
            int number = take();
            wheels.add(alarms[number], 2);
            wheels.remove(alarms[number]);
            // Whether it has rung before is not known here; that it does not ring after this is seen at the end.
            fates.accumulateAndGet(number, CALLED_OFF, (before, off) -> before | off);
        }

        /** The thread of the timer, of which there is one. */
        @Operation
        public void look() {
            if (watched.compareAndSet(false, true)) {
                ring(wheels.takeDue(++now));
                watched.set(false);
            }
        }

        private void ring(@Nullable Alarm due) {
            for (Alarm alarm = due; alarm != null; ) {
                Alarm after = alarm.next;
                alarm.next = null;
                int before = fates.getAndAccumulate(((Numbered) alarm).number, RUNG, (fate, rung) -> fate | rung);
                if ((before & RUNG) != 0) {
                    throw new IllegalStateException("rang twice");
                }
                if (alarm.tick > now) {
                    throw new IllegalStateException("rang at " + now + ", early: " + alarm.tick);
                }
                alarm = after;
            }
        }

        @Validate
        public void whatIsSetIsPromisedAndRingsOnce() {
            long earliest = Long.MAX_VALUE;
            for (int number = 0; number < Math.min(next, ALARMS); number++) {
                if (fates.get(number) == SET) {
                    earliest = Math.min(earliest, alarms[number].tick);
                }
            }
            if (wheels.promised() > earliest) {
                throw new IllegalStateException("promised to come at " + wheels.promised() + ", due: " + earliest);
            }
            int[] before = new int[ALARMS];
            for (int number = 0; number < ALARMS; number++) {
                before[number] = fates.get(number);
            }
            now = 1_000;
            ring(wheels.takeDue(now));
            for (int number = 0; number < Math.min(next, ALARMS); number++) {
                int fate = fates.get(number);
                if ((fate & (RUNG | CALLED_OFF)) == 0) {
                    throw new IllegalStateException("never rang");
                }
                if ((before[number] & CALLED_OFF) != 0 && fate != before[number]) {
                    throw new IllegalStateException("rang after it was called off");
                }
            }
            if (wheels.size() != 0) {
                throw new IllegalStateException("left: " + wheels.size());
            }
        }
    }

    @Test
    void every_way_in_which_threads_can_meet_keeps_the_promise() {
        new ModelCheckingOptions()
                .actorsBefore(0)
                .actorsAfter(0)
                .threads(2)
                .actorsPerThread(3)
                .iterations(15)
                .invocationsPerIteration(400)
                .check(Wheels.class);
    }

    @Test
    void threads_that_do_meet_keep_the_promise() {
        new StressOptions()
                .actorsBefore(0)
                .actorsAfter(0)
                .threads(3)
                .actorsPerThread(4)
                .iterations(10)
                .invocationsPerIteration(500)
                .check(Wheels.class);
    }
}
