package io.seawall.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.seawall.ratelimit.Claim;
import io.seawall.ratelimit.Decision;
import io.seawall.ratelimit.LimitOverride;
import io.seawall.ratelimit.LimitStore.BoundLimits;
import io.seawall.ratelimit.QuotaPolicies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

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
        Deadline deadline = deadline();
        List<DecisionCall> calls = requests.stream()
                .map(claims -> new DecisionCall(claims, deadline, Slot.ANY))
                .toList();
        askAll(calls, deadline);
        return calls.stream().map(DecisionCall::decision).toList();
    }

    private static Deadline deadline() {
        return Deadline.in(TimeUnit.SECONDS.toNanos(10));
    }

    private void askAll(List<DecisionCall> calls, Deadline deadline) {
        RedisAddress address = RedisAddress.parse(redis.uri());
        try (RedisConnection connection =
                RedisConnection.open(address.endpoints().get(0), address, deadline, opening -> {})) {
            Lane.askOn(
                    connection,
                    List.of(new DecisionBatch(
                            scripts, "seawall:overrides".getBytes(US_ASCII), new OverridesSeen(), calls)),
                    deadline);
        }
        calls.forEach(Call::requireAnswer);
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

    /** Or a request would be refused for what another has in hand. */
    @Test
    void requests_come_before_what_some_of_them_ask_beside() {
        List<Claim> claims = List.of(new Claim(bind("4/1h"), "client", 1));
        Deadline deadline = deadline();
        DecisionCall several = new DecisionCall(claims, DecisionCall.keys(claims), deadline, Slot.ANY, 5, List.of());
        DecisionCall one = new DecisionCall(claims, deadline, Slot.ANY);
        DecisionCall another = new DecisionCall(claims, deadline, Slot.ANY);

        askAll(List.of(several, one, another), deadline);

        assertThat(List.of(several, one, another))
                .extracting(call -> call.decision().quotas().get(0).remaining())
                .containsExactly(3L, 2L, 1L);
        assertThat(several.spare()).isOne();
        assertThat(one.spare()).isZero();
        assertThat(Objects.requireNonNull(several.grants())
                        .decision(several.firstSpare(), 0)
                        .quotas()
                        .get(0)
                        .remaining())
                .isZero();
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

    @Test
    void a_bucket_is_full_again_when_it_would_be_had_they_come_one_after_another() {
        List<Claim> claims = List.of(new Claim(bind("60/60s token-bucket"), "client", 1));
        assertThat(ask(List.of(claims, claims, claims)))
                .extracting(decision -> decision.quotas().get(0).resetMicros())
                .containsExactly(1_000_000L, 2_000_000L, 3_000_000L);
    }

    @Test
    void one_foreign_key_fails_those_who_ask_for_it_and_nobody_else() {
        BoundLimits api = bind("3/1h");
        ask(List.of(List.of(new Claim(api, "client", 1))));
        String key = redis.client().keys("seawall:api:*").iterator().next();
        redis.command("SET", key, "not ours");
        assertThatThrownBy(
                        () -> ask(List.of(List.of(new Claim(api, "another", 1)), List.of(new Claim(api, "client", 1)))))
                .isInstanceOf(RedisFailure.class)
                .hasMessageContainingAll(key, "not Seawall's");
        assertThat(store.decide(List.of(new Claim(api, "another", 1)))
                        .quotas()
                        .get(0)
                        .remaining())
                .as("the other was decided with it")
                .isEqualTo(1);
    }

    @Test
    void an_override_holds_in_a_batch_for_those_whom_it_is_for_and_nobody_else() {
        BoundLimits api = bind("9/1h");
        BoundLimits login = store.bind(QuotaPolicies.parse("login", "9/1h token-bucket"));
        store.overrides().set(new LimitOverride("api", "default", LimitOverride.Scope.client("ada"), 3));
        store.overrides().set(new LimitOverride("login", "default", LimitOverride.Scope.all(), 5));

        List<Decision> ofTwo = ask(List.of(
                List.of(new Claim(api, "ada", 1)),
                List.of(new Claim(api, "ben", 1)),
                List.of(new Claim(login, "ada", 1)),
                List.of(new Claim(api, "ada", 1), new Claim(login, "ben", 1))));
        List<Decision> ofOne = ask(List.of(List.of(new Claim(api, "ada", 1)), List.of(new Claim(api, "ben", 1))));

        assertThat(ofTwo)
                .extracting(decision -> decision.quotas().stream()
                        .map(quota ->
                                quota.remaining() + " of " + quota.policy().permits())
                        .toList())
                .containsExactly(List.of("2 of 3"), List.of("8 of 9"), List.of("4 of 5"), List.of("1 of 3", "4 of 5"));
        assertThat(ofOne)
                .as("of one limit, for which the short script is asked that does not know overrides")
                .extracting(decision -> decision.quotas().get(0).remaining())
                .containsExactly(0L, 7L);
    }
}
