package io.seawall.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.redis.RedisFault;
import io.seawall.redis.SickRedis;
import jakarta.servlet.DispatcherType;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What clients see of a sick Redis: the status that was chosen, and nothing else. All faults there are, are RedisFaultIT's. */
class StoreFaultTest {

    private static final int NOT_FOUND = 404; // no servlet: the request was admitted and found nothing
    private static final int UNAVAILABLE = 503;

    private static void addFilter(TestServer server, SickRedis redis, String choice) {
        server.filter(
                choice,
                "/" + choice,
                Map.of(
                        "limits",
                        "1000000/1h",
                        "redis",
                        redis.uri(),
                        "store-timeout",
                        "250ms",
                        "on-store-failure",
                        choice),
                DispatcherType.REQUEST);
    }

    private static void awaitStatus(TestServer server, String path, int status) {
        Awaitility.await()
                .atMost(30, TimeUnit.SECONDS)
                .until(() -> server.get(path).statusCode() == status);
    }

    private static boolean saysWhereTheClientStands(HttpResponse<String> response) {
        return response.headers().firstValue("RateLimit").isPresent();
    }

    @ParameterizedTest
    @EnumSource(names = {"KILLED_AND_EMPTY", "HANGING", "ANSWERS_CUT_SHORT", "OTHER_PASSWORD", "OUT_OF_MEMORY"})
    void clients_see_what_was_chosen_for_a_redis_that_is_sick_until_it_is_well(RedisFault fault) throws Exception {
        try (SickRedis redis = new SickRedis(fault);
                TestServer server = new TestServer()) {
            addFilter(server, redis, "local");
            addFilter(server, redis, "allow");
            addFilter(server, redis, "deny");
            server.start();
            awaitStatus(server, "/deny", NOT_FOUND);

            redis.fall();
            awaitStatus(server, "/deny", UNAVAILABLE);
            for (int i = 0; i < 20; i++) {
                HttpResponse<String> local = server.get("/local");
                assertThat(local.statusCode()).isEqualTo(NOT_FOUND);
                assertThat(saysWhereTheClientStands(local)).isTrue();
                assertThat(server.get("/allow").statusCode()).isEqualTo(NOT_FOUND);
                assertThat(server.get("/deny").statusCode()).isEqualTo(UNAVAILABLE);
            }
            assertThat(saysWhereTheClientStands(server.get("/allow"))).isFalse();

            redis.recover();
            awaitStatus(server, "/deny", NOT_FOUND);
            Awaitility.await().atMost(30, TimeUnit.SECONDS).until(() -> saysWhereTheClientStands(server.get("/allow")));
        }
    }
}
