package io.seawall.test;

import io.seawall.resilience.Sleeper;
import io.seawall.resilience.pipeline.Surroundings;
import io.seawall.resilience.timer.HandTimer;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;

/** Surroundings in which no time passes by itself. */
public final class TestSurroundings {

    private TestSurroundings() {}

    /**
     * Time that stands still until somebody moves it, and the same chance in every run.
     *
     * @param clock the time
     * @param sleeper told how long somebody wants to wait
     * @return the surroundings
     */
    public static Surroundings of(FakeClock clock, Sleeper sleeper) {
        SplittableRandom random = new SplittableRandom(1);
        return new Surroundings(
                clock,
                InstantSource.system(),
                () -> random,
                sleeper,
                new HandTimer(clock),
                Runnable::run,
                List.of(),
                event -> {});
    }
}
