package io.seawall.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.redis.TestRedis;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The contract of settlement, counted in Redis. */
class RedisSettlementTest extends SettlementContract {

    private final TestRedis redis = TestRedis.start();

    @AfterAll
    void stopRedis() {
        redis.close();
    }

    @Override
    Map<String, String> store() {
        return Map.of("redis", redis.uri(), "store-timeout", "10s", "on-store-failure", "deny");
    }

    @Test
    void a_redis_that_dies_before_the_refund_fails_no_request() throws Exception {
        try (TestRedis mortal = TestRedis.start();
                TestServer server = new TestServer()
                        .filter("api", Map.of("redis", mortal.uri(), "store-timeout", "10s", "refund", "5xx"))
                        .servlet("/kill", new TestServlet((request, response) -> {
                            mortal.kill();
                            response.setStatus(500);
                            response.getWriter().print("done");
                        }))
                        .servlet("/throw", new TestServlet((request, response) -> {
                            throw new IllegalStateException("as asked");
                        }))
                        .start()) {
            assertThat(server.get("/kill").body()).isEqualTo("done");
            assertThat(server.get("/throw").statusCode()).isEqualTo(500);
        }
    }
}
