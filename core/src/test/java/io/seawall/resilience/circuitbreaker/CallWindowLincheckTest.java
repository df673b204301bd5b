package io.seawall.resilience.circuitbreaker;

import io.seawall.resilience.circuitbreaker.CallWindow.Tally;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/** Whatever the order of the steps of those that add, the sums are right when all of them are done. */
class CallWindowLincheckTest {

    private static ModelCheckingOptions threads() {
        return new ModelCheckingOptions()
                .iterations(5)
                .invocationsPerIteration(300)
                .threads(2)
                .actorsPerThread(2)
                .actorsBefore(0)
                .actorsAfter(0);
    }

    /** All threads meet an old slice, and want another in its place. */
    public static class NewSlice {

        private static final long LATER = Duration.ofSeconds(16).toNanos();

        private final SlicedWindow window = new SlicedWindow(Duration.ofSeconds(16), 0);
        private final AtomicInteger added = new AtomicInteger();

        public NewSlice() {
            window.add(0, true, true);
        }

        @Operation
        public void fail() {
            added.incrementAndGet();
            window.add(LATER, true, false);
        }

        @Operation
        public void beSlow() {
            added.incrementAndGet();
            window.add(LATER, false, true);
        }

        @Validate
        public void nothingIsLost() {
            Tally tally = window.tally(LATER);
            if (tally.calls() != added.get() || tally.failed() + tally.slow() != added.get()) {
                throw new IllegalStateException(added + " calls were added: " + tally);
            }
        }
    }

    /** All threads want the same place. */
    public static class OnePlace {

        private final LastCallsWindow window = new LastCallsWindow(1);

        @Operation
        public void fail() {
            window.add(0, true, false);
        }

        @Operation
        public void succeed() {
            window.add(0, false, false);
        }

        @Validate
        public void theSumIsThatOfThePlace() {
            window.add(0, true, true);
            if (!window.tally(0).equals(new Tally(1, 1, 1))) {
                throw new IllegalStateException("after one failure in the one place: " + window.tally(0));
            }
        }
    }

    @Test
    void no_call_is_lost_at_the_edge_of_a_slice() {
        threads().check(NewSlice.class);
    }

    @Test
    void no_outcome_is_counted_after_it_was_replaced() {
        threads().check(OnePlace.class);
    }
}
