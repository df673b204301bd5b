package io.seawall.resilience.retry;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/**
 * However calls and retries meet, the budget answers as if one had come after the other. The clock stands still: what time does
 * to it is the naive twin's to say.
 */
public class RetryBudgetLincheckTest {

    private final RetryBudget budget = new RetryBudget("payments", new BudgetPolicy(50, 0), () -> 0, exhausted -> {});

    /** A call begins. */
    @Operation
    public void onCall() {
        budget.onCall();
    }

    /**
     * A retry is asked for.
     *
     * @return whether it is granted
     */
    @Operation
    public boolean tryRetry() {
        return budget.tryRetry();
    }

    /** The same, one after the other: half a retry for every call since the first retry that was asked for. */
    public static class OneAfterTheOther {

        private boolean noted;
        private int calls;
        private int retries;

        /** A call begins. */
        public void onCall() {
            calls += noted ? 1 : 0;
        }

        /**
         * A retry is asked for.
         *
         * @return whether it is granted
         */
        public boolean tryRetry() {
            noted = true;
            boolean grants = 2 * (retries + 1) <= calls;
            retries += grants ? 1 : 0;
            return grants;
        }
    }

    @Test
    void every_way_in_which_threads_can_meet_is_as_if_they_had_not() {
        new ModelCheckingOptions()
                .actorsBefore(0)
                .actorsAfter(0)
                .threads(2)
                .actorsPerThread(4)
                .iterations(12)
                .invocationsPerIteration(200)
                .sequentialSpecification(OneAfterTheOther.class)
                .check(RetryBudgetLincheckTest.class);
    }

    @Test
    void threads_that_do_meet_are_as_if_they_had_not() {
        new StressOptions()
                .actorsBefore(0)
                .actorsAfter(0)
                .threads(2)
                .actorsPerThread(4)
                .iterations(8)
                .invocationsPerIteration(300)
                .sequentialSpecification(OneAfterTheOther.class)
                .check(RetryBudgetLincheckTest.class);
    }
}
