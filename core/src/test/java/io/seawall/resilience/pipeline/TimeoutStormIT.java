package io.seawall.resilience.pipeline;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** 64 callers, a limit of 3 ms, 20 seconds: in such a storm callers of other libraries hang for ever. */
class TimeoutStormIT {

    private static final Duration DURATION = Duration.ofSeconds(Long.getLong("seawall.storm.seconds", 20));

    @Test
    void every_attempt_is_its_caller_s_and_nobody_hangs_or_is_interrupted_later() throws Exception {
        TimeoutStormTest.storm(DURATION);
    }
}
