package io.seawall.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.ratelimit.Claim;
import io.seawall.ratelimit.Decision;
import io.seawall.ratelimit.LimitStore.BoundLimits;
import io.seawall.ratelimit.QuotaPolicies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.HostAndPort;

/** Many decisions in one call of the script. */
class DecisionBatchTest {

    private final Scripts scripts = new Scripts();
    private TestRedis redis;
    private RedisLimitStore store;

    @BeforeEach
    void start() {
        redis = TestRedis.start();
        store = new RedisLimitStore(RedisAddress.parse(redis.uri()), "seawall", Duration.ofSeconds(10));
    }

    @AfterEach
    void stop() {
        store.close();
        redis.close();
    }

    /** Asks all at once, each for the claims of one list. */
    private List<Decision> ask(List<List<Claim>> requests) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        List<DecisionCall> calls = new ArrayList<>();
        requests.forEach(claims -> calls.add(new DecisionCall(claims, deadline)));
        RedisAddress address = RedisAddress.parse(redis.uri());
        try (RedisConnection connection =
                RedisConnection.open(new HostAndPort(address.host(), address.port()), address, 10_000)) {
            Lane.askOn(
                    connection,
                    List.of(new DecisionBatch(
                            scripts, "seawall:overrides".getBytes(java.nio.charset.StandardCharsets.US_ASCII), calls)),
                    deadline);
        }
        calls.forEach(Call::requireAnswer);
        return calls.stream().map(DecisionCall::decision).toList();
    }

    private BoundLimits bind(String limits) {
        return store.bind(QuotaPolicies.parse("api", limits));
    }

    @Test
    void sets_that_were_bound_twice_are_decided_one_after_the_other() {
        List<Decision> decisions = ask(List.of(
                List.of(new Claim(bind("2/1h"), "client", 1)),
                List.of(new Claim(bind("2/1h"), "client", 1)),
                List.of(new Claim(bind("2/1h"), "client", 1))));
        assertThat(decisions).extracting(Decision::allowed).containsExactly(true, true, false);
    }

    @Test
    void of_those_who_ask_the_same_the_first_are_granted_and_told_what_was_left_at_their_turn() {
        List<Claim> claims = List.of(new Claim(bind("a=5/1h; b=9/1h"), "client", 2));
        List<Decision> decisions = ask(List.of(claims, claims, claims));
        assertThat(decisions).extracting(Decision::allowed).containsExactly(true, true, false);
        assertThat(decisions)
                .extracting(decision -> decision.quotas().get(0).remaining())
                .containsExactly(3L, 1L, 1L);
        assertThat(decisions)
                .extracting(decision -> decision.quotas().get(1).remaining())
                .containsExactly(7L, 5L, 5L);
    }

    @Test
    void many_different_ones_are_told_apart() {
        BoundLimits api = bind("3/1h");
        List<List<Claim>> requests = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            requests.add(List.of(new Claim(api, "client " + i % 15, 1)));
        }
        assertThat(ask(requests)).filteredOn(Decision::allowed).hasSize(45);
    }
}
