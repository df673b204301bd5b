package io.seawall.resilience.circuitbreaker;

import java.time.Duration;

/** Which calls a rate is taken over. */
public sealed interface Over {

    /**
     * Those that ended within a time. Immutable; cannot exist wrong.
     *
     * @param window the time, 1 ms to 1 h in whole milliseconds
     */
    record Time(Duration window) implements Over {

        /**
         * Checks the time.
         *
         * @param window see {@link #window}
         * @throws IllegalArgumentException if it is not 1 ms to 1 h in whole milliseconds
         */
        public Time {
            FailureRule.TIMES.require("within", window);
        }
    }

    /**
     * The last calls, however long ago they ended. Immutable; cannot exist wrong.
     *
     * @param last how many, 1 to {@value #MAX}
     */
    record Calls(int last) implements Over {

        /** The outcomes of this many calls are remembered: 4 bytes each. */
        public static final int MAX = 10_000;

        /**
         * Checks the number.
         *
         * @param last see {@link #last}
         * @throws IllegalArgumentException if it is not 1 to {@value #MAX}
         */
        public Calls {
            if (last < 1 || last > MAX) {
                throw new IllegalArgumentException("lastCalls is " + last + ": use 1 to " + MAX);
            }
        }
    }
}
