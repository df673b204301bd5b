package io.seawall.test;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Checks that something holds for many random cases.
 *
 * <p>Every case has a seed of its own, and a failure names it; {@code -Dseawall.test.seed=<seed>} runs that one case
 * again. Seeds are the same in every run, so a build does not fail by chance; {@code -Dseawall.test.factor=100} tries
 * that many times more cases.
 */
public final class Property {

    private static final String SEED = "seawall.test.seed";
    private static final String FACTOR = "seawall.test.factor";

    /** One case. */
    @FunctionalInterface
    public interface Case {

        /**
         * Throws if the property does not hold.
         *
         * @param random where all chance of this case comes from
         * @throws Exception if the case failed
         */
        void check(RandomGenerator random) throws Exception;
    }

    private Property() {}

    /**
     * Runs the cases.
     *
     * @param cases how many
     * @param property what must hold
     * @throws AssertionError on the first case that fails; the message names its seed
     */
    public static void holds(int cases, Case property) {
        Long replayed = Long.getLong(SEED);
        if (replayed != null) {
            check(replayed, property);
            return;
        }
        long all = (long) cases * Integer.getInteger(FACTOR, 1);
        for (long seed = 1; seed <= all; seed++) {
            check(seed, property);
        }
    }

    private static void check(long seed, Case property) {
        try {
            property.check(new SplittableRandom(seed));
        } catch (Exception | AssertionError failure) {
            throw new AssertionError(
                    "case with seed " + seed + " failed (again with -D" + SEED + "=" + seed + "): "
                            + failure.getMessage(),
                    failure);
        }
    }
}
