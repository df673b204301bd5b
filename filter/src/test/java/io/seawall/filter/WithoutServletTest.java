package io.seawall.filter;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.MailQueue;
import io.seawall.ratelimit.InMemoryLimitStore;
import io.seawall.ratelimit.LimitStore.BoundLimits;
import io.seawall.ratelimit.QuotaPolicies;
import io.seawall.ratelimit.RateLimiter;
import io.seawall.redis.RedisAddress;
import io.seawall.redis.RedisLimitStore;
import io.seawall.redis.TestRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Code that is no servlet is limited by the same stores, and if it likes by the very limits of a filter. */
class WithoutServletTest {

    private static RateLimiter limiter(TestRedis redis) {
        return new RateLimiter(new RedisLimitStore(RedisAddress.parse(redis.uri()), "seawall", Duration.ofSeconds(10)));
    }

    @Test
    void a_listener_of_messages_holds_all_nodes_together_to_the_limits() {
        List<String> sent = new ArrayList<>();
        try (TestRedis redis = TestRedis.start();
                RateLimiter one = limiter(redis);
                RateLimiter two = limiter(redis)) {
            MailQueue here = new MailQueue(one, sent::add);
            MailQueue there = new MailQueue(two, sent::add);
            assertThat(here.onMessage("ada")).isZero();
            assertThat(there.onMessage("ada")).isZero();
            assertThat(here.onMessage("ada")).isZero();
            assertThat(there.onMessage("ada")).isBetween(Duration.ofMinutes(59), Duration.ofMinutes(62));
            assertThat(there.onMessage("bob")).isZero();
        }
        assertThat(sent).containsExactly("ada", "ada", "ada", "bob");
    }

    @Test
    void it_works_in_the_memory_of_one_node_too() {
        List<String> sent = new ArrayList<>();
        try (RateLimiter limiter = new RateLimiter(new InMemoryLimitStore())) {
            MailQueue queue = new MailQueue(limiter, sent::add);
            for (int i = 0; i < 10; i++) {
                queue.onMessage("ada");
            }
        }
        assertThat(sent).hasSize(3);
    }

    @Test
    void a_batch_takes_from_what_a_client_may_use_over_http() throws Exception {
        try (TestRedis redis = TestRedis.start();
                RateLimiter limiter = limiter(redis);
                TestServer server = new TestServer()
                        .filter("api", Map.of("limits", "10/1h", "redis", redis.uri(), "store-timeout", "10s"))
                        .start()) {
            BoundLimits ofFilter = limiter.bind(QuotaPolicies.parse("api", "10/1h"));
            assertThat(ofFilter.tryAcquire("ip 127.0.0.1", 7)).isTrue();
            assertThat(PolicyFileServer.remaining(server.get("/"))).isEqualTo(Map.of("default", 2L));
            assertThat(ofFilter.tryAcquire("ip 127.0.0.1", 3)).isFalse();
        }
    }
}
