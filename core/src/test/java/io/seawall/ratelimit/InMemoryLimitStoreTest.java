package io.seawall.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.seawall.test.FakeClock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InMemoryLimitStoreTest extends LimitStoreContract {

    private final FakeClock clock = new FakeClock();
    private final InMemoryLimitStore store = new InMemoryLimitStore(1_000, clock);

    @Override
    protected LimitStore store() {
        return store;
    }

    @Override
    protected void advance(Duration by) {
        clock.advance(by);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void a_store_for_nobody_is_refused() {
        for (int maxClients : new int[] {0, -1}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new InMemoryLimitStore(maxClients, clock))
                    .withMessage("maxClients is " + maxClients + ": use 1 or more");
        }
    }

    @Test
    void it_works_on_the_system_clock_out_of_the_box() {
        try (InMemoryLimitStore outOfTheBox = new InMemoryLimitStore()) {
            LimitStore.BoundLimits limits = outOfTheBox.bind(QuotaPolicies.parse("x", "1/366d"));

            assertThat(limits.tryAcquire("client", 1).allowed()).isTrue();
            assertThat(limits.tryAcquire("client", 1).allowed()).isFalse();
        }
    }
}
