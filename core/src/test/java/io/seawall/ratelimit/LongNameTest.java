package io.seawall.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/** A client may be called anything, by a token of many kilobytes too: what is kept of it is short. */
class LongNameTest {

    @Test
    void a_client_with_a_long_name_takes_no_more_room_than_others() {
        InMemoryLimitStore store = new InMemoryLimitStore(10_000, 1 << 20, System::nanoTime, InstantSource.system());
        ClientTable table = (ClientTable) store.bind(QuotaPolicies.parse("table", "1/1h"));
        String token = "x".repeat(8_000);
        for (int i = 0; i < 2_000; i++) {
            table.tryAcquire(token + i, 1);
        }
        // Whole names would take 16 kB each, and leave room for 60.
        assertThat(table.size()).isGreaterThan(500);
        assertThat(table.tryAcquire(token + 0, 1)).isFalse();
        assertThat(table.find(token + 0))
                .isNotNull()
                .extracting(client -> client.name)
                .asString()
                .hasSize(64 + 22);
    }
}
