package io.seawall.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.RedisClient;

/** The filter. Its limit is 5 requests an hour for each client, in one JVM below {@code /local}, in Redis below {@code /shared}. */
interface FilterContract extends Deployed {

    int LIMIT = 5;

    @Test
    @Proves(Feature.LIMIT_IN_ONE_JVM)
    default void the_filter_counts_without_redis() {
        for (int left = LIMIT - 1; left >= 0; left--) {
            HttpResponse<String> answer = probe().get("/local/ping", "without-redis");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("RateLimit").orElseThrow()).contains("r=" + left);
        }
        HttpResponse<String> refusal = probe().get("/local/ping", "without-redis");
        assertThat(refusal.statusCode()).isEqualTo(429);
        assertThat(refusal.headers().firstValue("Retry-After")).isPresent();
        assertThat(refusal.body()).contains("quota-exceeded");
        assertThat(probe().status("/local/ping", "somebody-else")).isEqualTo(200);
    }

    @Test
    @Proves(Feature.LIMIT_IN_ONE_JVM)
    default void a_client_has_one_count_by_whatever_host_it_asks() {
        AddressedClient client = new AddressedClient("127.0.0.1");
        String path = server().uri(ServerTest.PROBE).getPath() + "/local/ping";
        for (int left = LIMIT - 1; left >= 0; left--) {
            assertThat(client.getOf("host" + left + ".example", server().port(), path, "X-Client: of-many-hosts")
                            .status())
                    .isEqualTo(200);
        }
        assertThat(client.getOf("another.example", server().port(), path, "X-Client: of-many-hosts")
                        .status())
                .isEqualTo(429);
    }

    @Test
    @Proves(Feature.LIMIT_IN_REDIS)
    default void the_filter_counts_in_redis() {
        for (int request = 1; request <= LIMIT; request++) {
            assertThat(probe().status("/shared/ping", "with-redis")).isEqualTo(200);
        }
        assertThat(probe().status("/shared/ping", "with-redis")).isEqualTo(429);
        try (RedisClient redis = redis().client()) {
            Set<String> keys = redis.keys("*");
            assertThat(keys).isNotEmpty().allMatch(key -> key.startsWith("probe"));
            redis.flushAll();
        }
        assertThat(probe().status("/shared/ping", "with-redis")).isEqualTo(200);
    }

    @Test
    @Proves(Feature.LIMIT_IN_REDIS)
    default void a_second_application_shares_the_count_in_redis_and_only_that()
            throws IOException, DeploymentFailedException {
        needs(Capability.HOT_DEPLOYMENT);
        for (int request = 1; request <= LIMIT; request++) {
            assertThat(probe().status("/shared/ping", "of-two")).isEqualTo(200);
            assertThat(probe().status("/local/ping", "of-two")).isEqualTo(200);
        }
        server().deploy("second", second());
        try {
            Probe second = new Probe(server().uri("second"));
            assertThat(second.status("/shared/ping", "of-two")).isEqualTo(429);
            assertThat(second.status("/local/ping", "of-two")).isEqualTo(200);
        } finally {
            server().undeploy("second");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dispatch", "complete"})
    @Proves(Feature.ASYNC)
    default void an_asynchronous_request_is_counted_once(String end) {
        for (int left = LIMIT - 1; left >= 0; left--) {
            HttpResponse<String> answer = probe().get("/local/async/" + end, "async-" + end);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualToNormalizingNewlines("pong\n");
            assertThat(answer.headers().firstValue("RateLimit").orElseThrow()).contains("r=" + left);
        }
        assertThat(probe().status("/local/async/" + end, "async-" + end)).isEqualTo(429);
    }
}
