package io.seawall.resilience.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** The storm of {@link TimeoutStormIT}, for as long as a build without it may take. */
class TimeoutStormTest {

    static void storm(Duration duration) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(TimeoutStorm.CALLERS);
        try {
            TimeoutStorm storm = new TimeoutStorm(threads);
            storm.rage(duration);
            assertThat(storm.inTime()).as("in time").isPositive();
            assertThat(storm.late()).as("late").isPositive();
            assertThat(storm.retried()).as("retried").isPositive();
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void every_attempt_is_its_caller_s_and_nobody_hangs_or_is_interrupted_later() throws Exception {
        storm(Duration.ofSeconds(3));
    }
}
