package io.seawall.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.test.CapturedLog;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class AvailabilityTest {

    private static final RedisAddress ADDRESS = RedisAddress.parse("redis://localhost");

    @Test
    void a_probe_that_dies_is_not_the_last_one() {
        AtomicInteger probes = new AtomicInteger();
        try (CapturedLog log = new CapturedLog(RedisLimitStore.class);
                Availability availability = new Availability(ADDRESS, () -> {
                    if (probes.incrementAndGet() == 1) {
                        throw new OutOfMemoryError("planned");
                    }
                })) {
            availability.goDown(new IllegalStateException("planned"));
            Awaitility.await().until(availability::isUp);
            assertThat(probes).hasValue(2);
            assertThat(log.lines()).hasSize(2);
        }
    }
}
