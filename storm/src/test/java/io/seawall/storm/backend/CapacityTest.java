package io.seawall.storm.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CapacityTest {

    @Test
    void is_connections_by_time_of_a_query() {
        assertThat(new Capacity(6, Duration.ofMillis(40), 300).perSecond()).isEqualTo(150);
    }

    @Test
    void is_half_as_much_again_as_is_asked_for_and_the_last_in_the_queue_waits_two_seconds() {
        assertThat(Capacity.forLoad(100)).isEqualTo(new Capacity(6, Duration.ofMillis(40), 300));
        assertThat(Capacity.forLoad(10)).isEqualTo(new Capacity(1, Duration.ofMillis(40), 50));
    }

    @Test
    void that_there_is_none_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Capacity(0, Duration.ofMillis(40), 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Capacity(1, Duration.ZERO, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Capacity(1, Duration.ofMillis(40), 0));
    }
}
