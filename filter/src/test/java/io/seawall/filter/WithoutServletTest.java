package io.seawall.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.ratelimit.Decision;
import io.seawall.ratelimit.InMemoryLimitStore;
import io.seawall.ratelimit.LimitStore.BoundLimits;
import io.seawall.ratelimit.QuotaPolicies;
import io.seawall.ratelimit.RateLimiter;
import io.seawall.redis.RedisAddress;
import io.seawall.redis.RedisLimitStore;
import io.seawall.redis.TestRedis;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Code that is no servlet is limited by the same stores, and if it likes by the very limits of a filter. */
class WithoutServletTest {

    private static RateLimiter limiter(TestRedis redis) {
        return new RateLimiter(new RedisLimitStore(RedisAddress.parse(redis.uri()), "seawall", Duration.ofSeconds(10)));
    }

    private static BoundLimits mails(RateLimiter limiter) {
        return limiter.bind(QuotaPolicies.parse("mail", "hourly=3/1h; daily=10/1d fixed-window"));
    }

    @Test
    void all_nodes_together_are_held_to_the_limits() {
        try (TestRedis redis = TestRedis.start();
                RateLimiter one = limiter(redis);
                RateLimiter two = limiter(redis)) {
            BoundLimits here = mails(one);
            BoundLimits there = mails(two);
            assertThat(here.tryAcquire("ada")).isTrue();
            assertThat(there.tryAcquire("ada")).isTrue();
            assertThat(here.tryAcquire("ada")).isTrue();
            assertThat(there.decide("ada", 1))
                    .isInstanceOfSatisfying(
                            Decision.Denied.class,
                            denied -> assertThat(denied.retryAfter())
                                    .isBetween(Duration.ofMinutes(59), Duration.ofMinutes(62)));
            assertThat(there.tryAcquire("bob")).isTrue();
        }
    }

    @Test
    void it_works_in_the_memory_of_one_node_too() {
        try (RateLimiter limiter = new RateLimiter(new InMemoryLimitStore())) {
            BoundLimits mails = mails(limiter);
            assertThat(Stream.generate(() -> mails.tryAcquire("ada")).limit(5))
                    .containsExactly(true, true, true, false, false);
        }
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
