package io.seawall.metrics;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/** However two threads meet that want the same row, their numbers are as if one had counted after the other. */
public class ThreadCountsLincheckTest {

    private final ThreadCounts counts = new ThreadCounts(2, 1);

    /** Counts one. */
    @Operation
    public void first() {
        counts.increment(0);
    }

    /** Counts another. */
    @Operation
    public void second() {
        counts.increment(1);
    }

    /**
     * Reads.
     *
     * @return how many were counted
     */
    @Operation
    public long sum() {
        return counts.sum(0);
    }

    /** The same, one after the other. */
    public static class OneAfterTheOther {

        private long sum;

        /** Counts one. */
        public void first() {
            sum++;
        }

        /** Counts another. */
        public void second() {}

        /**
         * Reads.
         *
         * @return how many were counted
         */
        public long sum() {
            return sum;
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
                .check(ThreadCountsLincheckTest.class);
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
                .check(ThreadCountsLincheckTest.class);
    }
}
