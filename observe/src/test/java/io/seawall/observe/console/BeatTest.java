package io.seawall.observe.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.test.CapturedLog;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BeatTest {

    @Test
    void it_goes_on_whatever_is_thrown_and_tells_of_it_once() throws Exception {
        CountDownLatch times = new CountDownLatch(3);
        try (CapturedLog log = new CapturedLog(Beat.class)) {
            try (Beat beat = new Beat("beat of a test", 1, () -> {
                times.countDown();
                throw new NoClassDefFoundError("gone");
            })) {
                beat.start();
                assertThat(times.await(30, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(log.lines())
                    .containsExactly("WARNING the console misses a part of its history; this is told once");
        }
    }
}
