package io.seawall.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.ratelimit.InMemoryLimitStore;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code max-clients} and {@code max-client-memory}: when there is no room, newcomers share counts. */
class LocalMemoryTest {

    /** Newcomers share counts by the hash of their names, and these two have one. */
    private static final String[] NEWCOMERS = {"Aa", "BB"};

    /** Where nobody listens, so that the node counts alone. */
    private static final String NO_REDIS = "redis://127.0.0.1:1";

    private static TestServer server(String redis, Map<String, String> bounds) throws Exception {
        Map<String, String> initParams = new HashMap<>(
                Map.of("limits", "1/1h", "client", "header:X-Api-Key", "ip-limits", "1000/1h", "redis", redis));
        initParams.putAll(bounds);
        return new TestServer().filter("api", initParams).start();
    }

    private static boolean admits(TestServer server, String client) {
        return server.get("/", "X-Api-Key", client).statusCode() != 429;
    }

    @ParameterizedTest
    @ValueSource(strings = {"", NO_REDIS})
    void newcomers_beyond_the_greatest_number_share_their_counts_and_known_clients_keep_theirs(String redis)
            throws Exception {
        try (TestServer server = server(redis, Map.of("max-clients", "1"))) {
            assertThat(admits(server, "first")).isTrue();
            assertThat(admits(server, NEWCOMERS[0])).isTrue();
            assertThat(admits(server, NEWCOMERS[1])).isFalse();
            assertThat(admits(server, "first")).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", NO_REDIS})
    void up_to_the_greatest_number_clients_are_kept_apart(String redis) throws Exception {
        try (TestServer server = server(redis, Map.of("max-clients", "4"))) {
            assertThat(admits(server, "first")).isTrue();
            assertThat(admits(server, NEWCOMERS[0])).isTrue();
            assertThat(admits(server, NEWCOMERS[1])).isTrue();
        }
    }

    @Test
    void newcomers_beyond_the_memory_share_their_counts() throws Exception {
        // Forty windows of about 600 bytes, so a client takes a 40th of 1 MiB.
        String limits =
                IntStream.range(0, 40).mapToObj(i -> "limit" + i + "=1/1h").collect(Collectors.joining("; "));
        for (String memory : new String[] {"1MiB", "1GiB"}) {
            try (TestServer server = server("", Map.of("max-client-memory", memory, "limits", limits))) {
                for (int i = 0; i < 80; i++) {
                    admits(server, "known" + i);
                }
                assertThat(admits(server, NEWCOMERS[0])).isTrue();
                assertThat(admits(server, NEWCOMERS[1])).isEqualTo(memory.equals("1GiB"));
            }
        }
    }

    @Test
    void the_whole_range_is_read() {
        assertThat(LocalMemory.maxClients("1")).isEqualTo(1);
        assertThat(LocalMemory.maxClients("10000000")).isEqualTo(10_000_000);
        assertThat(LocalMemory.maxBytes("1MiB")).isEqualTo(1L << 20);
        assertThat(LocalMemory.maxBytes("1TiB")).isEqualTo(1L << 40);
    }

    @Test
    void without_a_setting_the_bounds_are_those_of_the_store() {
        assertThat(LocalMemory.maxClients(LocalMemory.DEFAULT_MAX_CLIENTS))
                .isEqualTo(InMemoryLimitStore.DEFAULT_MAX_CLIENTS)
                .isEqualTo(100_000);
        assertThat(LocalMemory.maxBytes(LocalMemory.DEFAULT_MAX_BYTES))
                .isEqualTo(InMemoryLimitStore.DEFAULT_MAX_BYTES)
                .isEqualTo(64L << 20);
        assertThat(LocalMemory.DEFAULT_MAX_BYTES).isEqualTo("64MiB");
    }
}
