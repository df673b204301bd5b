package io.seawall.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.seawall.ratelimit.LimitStore.BoundLimits;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RateLimiterTest {

    private static final QuotaPolicies TWO_A_YEAR = QuotaPolicies.parse("api", "2/366d");

    /** A store that works or is away, as the test says. */
    private static final class FickleStore implements LimitStore {

        final InMemoryLimitStore memory = new InMemoryLimitStore();
        boolean away;
        int asked;
        int closed;
        Watcher watcher = (nodes, overrides) -> {};

        private void ask() {
            asked++;
            if (away) {
                throw new StoreUnavailableException("away", null);
            }
        }

        @Override
        public BoundLimits bind(QuotaPolicies policies) {
            BoundLimits limits = memory.bind(policies);
            return new BoundLimits() {
                @Override
                public QuotaPolicies policies() {
                    return policies;
                }

                @Override
                public Decision decide(String client, long cost) {
                    ask();
                    return limits.decide(client, cost);
                }
            };
        }

        private List<Claim> ofMemory(List<Claim> claims) {
            return claims.stream()
                    .map(claim -> new Claim(memory.bind(claim.limits().policies()), claim.client(), claim.cost()))
                    .toList();
        }

        @Override
        public Decision decide(List<Claim> claims) {
            ask();
            return memory.decide(ofMemory(claims));
        }

        @Override
        public void refund(List<Claim> claims, Decision.Allowed decision) {
            ask();
            memory.refund(ofMemory(claims), decision);
        }

        @Override
        public Standing standing(BoundLimits limits, String client) {
            ask();
            return memory.standing(memory.bind(limits.policies()), client);
        }

        @Override
        public void reset(BoundLimits limits, String client) {
            ask();
            memory.reset(memory.bind(limits.policies()), client);
        }

        @Override
        public void watch(Watcher newWatcher) {
            watcher = newWatcher;
        }

        @Override
        public Overrides overrides() {
            return memory.overrides();
        }

        @Override
        public void close() {
            closed++;
        }
    }

    private final FickleStore store = new FickleStore();
    private final RateLimiter limiter = new RateLimiter(store);

    private BoundLimits twoAYear(OnStoreFailure choice) {
        return limiter.bind(TWO_A_YEAR.withOnStoreFailure(choice));
    }

    @AfterEach
    void close() {
        limiter.close();
    }

    @Test
    void the_store_decides() {
        BoundLimits limits = limiter.bind(TWO_A_YEAR);

        assertThat(limits.tryAcquire("client")).isTrue();
        assertThat(limits.decide("client", 1).quotas().get(0).remaining()).isZero();
        assertThat(limits.tryAcquire("client")).isFalse();
        assertThat(limits.tryAcquire("other", 2)).isTrue();
        assertThat(limits.tryAcquire("other", 2)).isFalse();
        assertThat(store.asked).isEqualTo(5);
    }

    @Test
    void by_default_this_node_decides_alone_while_the_store_is_away() {
        BoundLimits limits = limiter.bind(TWO_A_YEAR);
        store.away = true;
        assertThat(limits.tryAcquire("client")).isTrue();
        assertThat(limits.decide("client", 1).withoutStore()).isTrue();
        Decision refused = limits.decide("client", 1);
        assertThat(refused.allowed()).isFalse();
        assertThat(refused.withoutStore()).isTrue();

        store.away = false;
        Decision decision = limits.decide("client", 1);
        assertThat(decision.allowed()).isTrue();
        assertThat(decision.withoutStore()).isFalse();
    }

    @Test
    void with_local_this_node_holds_clients_to_the_same_limits() {
        BoundLimits limits = twoAYear(OnStoreFailure.LOCAL);
        store.away = true;

        assertThat(limits.decide("client", 2).quotas()).singleElement().satisfies(quota -> {
            assertThat(quota.policy()).isEqualTo(TWO_A_YEAR.policies().get(0));
            assertThat(quota.remaining()).isZero();
        });
        assertThat(limits.tryAcquire("client")).isFalse();
        assertThat(limits.tryAcquire("other")).isTrue();
    }

    @Test
    void with_allow_every_request_is_admitted_uncounted_while_the_store_is_away() {
        BoundLimits limits = twoAYear(OnStoreFailure.ALLOW);
        store.away = true;
        for (int i = 0; i < 10; i++) {
            assertThat(limits.decide("client", 1)).isEqualTo(new Decision.Allowed(List.of(), List.of(), 0, true));
        }
        store.away = false;
        assertThat(limits.tryAcquire("client", 2)).isTrue();
    }

    @Test
    void with_deny_the_caller_learns_that_the_store_is_away() {
        BoundLimits limits = twoAYear(OnStoreFailure.DENY);
        store.away = true;
        assertThatThrownBy(() -> limits.tryAcquire("client"))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessage("away");
        assertThatThrownBy(() -> limits.decide("client", 1)).isInstanceOf(StoreUnavailableException.class);
        store.away = false;
        assertThat(limits.tryAcquire("client", 2)).isTrue();
    }

    @Test
    void each_set_of_limits_has_its_own_choice_while_the_store_is_away() {
        BoundLimits local = limiter.bind(QuotaPolicies.parse("local", "local=1/1h"));
        BoundLimits allow =
                limiter.bind(QuotaPolicies.parse("allow", "allow=1/1h").withOnStoreFailure(OnStoreFailure.ALLOW));
        BoundLimits deny =
                limiter.bind(QuotaPolicies.parse("deny", "deny=1/1h").withOnStoreFailure(OnStoreFailure.DENY));
        store.away = true;

        List<Claim> both = List.of(new Claim(local, "client", 1), new Claim(allow, "client", 1));
        Decision decision = limiter.decide(both);
        assertThat(decision.allowed()).isTrue();
        assertThat(decision.quotas())
                .singleElement()
                .satisfies(quota -> assertThat(quota.policy().name()).isEqualTo("local"));
        assertThat(limiter.decide(both).allowed()).isFalse();
        assertThatThrownBy(() -> limiter.decide(List.of(new Claim(allow, "client", 1), new Claim(deny, "client", 1))))
                .isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void a_store_is_asked_once_for_each_request_whether_it_answers_or_not() {
        BoundLimits limits = limiter.bind(TWO_A_YEAR);
        store.away = true;
        limits.tryAcquire("client");
        assertThat(store.asked).isOne();
        limits.decide("client", 1);
        assertThat(store.asked).isEqualTo(2);
    }

    @Test
    void a_cost_below_one_is_an_illegal_argument_and_no_failure_of_the_store() {
        for (OnStoreFailure choice : OnStoreFailure.values()) {
            BoundLimits limits = twoAYear(choice);
            assertThatIllegalArgumentException().isThrownBy(() -> limits.decide("client", 0));
            assertThatIllegalArgumentException().isThrownBy(() -> limits.tryAcquire("client", -1));
        }
    }

    @Test
    void a_set_that_is_claimed_twice_is_refused_since_each_would_be_asked_without_the_other() {
        BoundLimits limits = limiter.bind(TWO_A_YEAR);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> limiter.decide(List.of(new Claim(limits, "a", 1), new Claim(limits, "b", 1))))
                .withMessage("the limits of 'api' are claimed twice in one request: add the costs up");
        BoundLimits again = limiter.bind(TWO_A_YEAR);
        BoundLimits another = limiter.bind(QuotaPolicies.parse("api", "5/365d"));
        for (BoundLimits same : List.of(again, another)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> limiter.decide(List.of(new Claim(limits, "a", 1), new Claim(same, "a", 1))))
                    .withMessageContaining("'api' are claimed twice");
        }
        BoundLimits ofTier = limiter.bind(TWO_A_YEAR.forTier("gold"));
        assertThat(limiter.decide(List.of(new Claim(limits, "a", 1), new Claim(ofTier, "a", 1)))
                        .allowed())
                .isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> limiter.decide(List.of()))
                .withMessage("there is no claim: ask for one at least");
    }

    @Test
    void limits_of_another_limiter_are_refused() {
        try (RateLimiter other = new RateLimiter(new InMemoryLimitStore())) {
            BoundLimits limits = other.bind(TWO_A_YEAR);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> limiter.decide(List.of(new Claim(limits, "a", 1))))
                    .withMessageContaining("are not bound to this limiter");
        }
    }

    @Test
    void what_this_node_has_granted_alone_is_given_back_to_this_node() {
        BoundLimits limits = limiter.bind(TWO_A_YEAR);
        List<Claim> claims = List.of(new Claim(limits, "client", 2));
        store.away = true;
        Decision.Allowed granted = (Decision.Allowed) limiter.decide(claims);
        store.away = false;
        assertThat(limits.tryAcquire("client", 2)).isTrue();

        limiter.refund(claims, granted);

        assertThat(limits.tryAcquire("client")).as("in the store").isFalse();
        store.away = true;
        assertThat(limits.tryAcquire("client", 2)).as("in this node").isTrue();
    }

    @Test
    void what_nobody_has_counted_is_given_back_to_nobody() {
        BoundLimits limits = twoAYear(OnStoreFailure.ALLOW);
        List<Claim> claims = List.of(new Claim(limits, "client", 2));
        store.away = true;
        Decision.Allowed granted = (Decision.Allowed) limiter.decide(claims);

        assertThatCode(() -> limiter.refund(claims, granted)).doesNotThrowAnyException();
    }

    @Test
    void a_client_is_reset_in_the_store_and_in_this_node() {
        BoundLimits limits = limiter.bind(TWO_A_YEAR);
        limits.tryAcquire("client", 2);
        store.away = true;
        limits.tryAcquire("client", 2);
        store.away = false;

        limiter.reset(limits, "client");

        store.away = true;
        assertThat(limits.tryAcquire("client", 2)).isTrue();
        store.away = false;
        assertThat(limits.tryAcquire("client", 2)).isTrue();
    }

    @Test
    void overrides_hold_in_the_store_and_in_this_node() {
        BoundLimits limits = limiter.bind(TWO_A_YEAR);
        limiter.overrides().set(new LimitOverride("api", "default", LimitOverride.Scope.all(), 5));

        assertThat(limits.tryAcquire("client", 5)).isTrue();
        store.away = true;
        assertThat(limits.tryAcquire("another", 5)).isTrue();
        assertThat(limiter.overrides().list()).hasSize(1);
        assertThat(limiter.overrides().remove("api", "default", LimitOverride.Scope.all()))
                .isTrue();
        assertThat(limits.tryAcquire("other", 5)).isFalse();
    }

    @Test
    void a_client_does_not_get_its_permits_anew_each_time_that_the_store_comes_and_goes() {
        BoundLimits limits = limiter.bind(TWO_A_YEAR);
        assertThat(limits.tryAcquire("client", 2)).isTrue();
        for (int i = 0; i < 3; i++) {
            store.away = true;
            assertThat(limits.tryAcquire("client")).isFalse();
            store.away = false;
            assertThat(limits.tryAcquire("client")).isFalse();
        }
        store.away = true;
        assertThat(limits.tryAcquire("another", 2)).isTrue();
    }

    @Test
    void what_the_store_gets_back_this_node_forgets_too() {
        BoundLimits limits = limiter.bind(TWO_A_YEAR);
        List<Claim> claims = List.of(new Claim(limits, "client", 2));
        limiter.refund(claims, (Decision.Allowed) limiter.decide(claims));
        store.away = true;
        assertThat(limits.tryAcquire("client", 2)).isTrue();
    }

    @Test
    void alone_a_node_grants_its_share_of_each_limit_and_one_permit_at_least() {
        BoundLimits many = limiter.bind(QuotaPolicies.parse("many", "10/365d"));
        BoundLimits few = limiter.bind(TWO_A_YEAR);
        limiter.overrides().set(new LimitOverride("many", "default", LimitOverride.Scope.client("large"), 100));
        store.watcher.seen(4, limiter.overrides().list());
        store.away = true;
        assertThat(many.tryAcquire("client", 2)).isTrue();
        assertThat(many.tryAcquire("client")).isFalse();
        assertThat(many.tryAcquire("large", 25)).isTrue();
        assertThat(many.tryAcquire("large")).isFalse();
        assertThat(few.tryAcquire("client")).isTrue();
        assertThat(few.tryAcquire("client")).isFalse();

        store.watcher.seen(2, limiter.overrides().list());
        assertThat(many.tryAcquire("client", 3))
                .as("half of the nodes have gone")
                .isTrue();
    }

    @Test
    void alone_a_node_lets_what_costs_more_than_its_share_take_all_of_it() {
        BoundLimits limits = limiter.bind(QuotaPolicies.parse("many", "10/365d"));
        store.watcher.seen(4, List.of());
        store.away = true;
        assertThat(limits.tryAcquire("client", 5)).isTrue();
        assertThat(limits.decide("client", 5))
                .isInstanceOfSatisfying(
                        Decision.Denied.class,
                        denied -> assertThat(denied.retryAfterMicros()).isNotEqualTo(Decision.Denied.NEVER));
        assertThat(limits.tryAcquire("client", 1)).isFalse();
    }

    @Test
    void alone_a_node_goes_by_the_overrides_that_it_has_last_seen() {
        BoundLimits limits = limiter.bind(TWO_A_YEAR);
        LimitOverride byAnotherNode = new LimitOverride("api", "default", LimitOverride.Scope.client("client"), 0);
        store.watcher.seen(1, List.of(byAnotherNode));
        store.away = true;
        assertThat(limits.tryAcquire("client")).isFalse();

        store.watcher.seen(1, List.of());
        assertThat(limits.tryAcquire("client")).isTrue();
    }

    @Test
    void what_the_store_grants_beyond_the_share_of_a_node_bans_nobody_there() {
        BoundLimits limits =
                limiter.bind(QuotaPolicies.parse("api", "10/365d").withPenalty(Penalty.parse("2/1m ban 10m..10m")));
        store.watcher.seen(5, List.of());
        for (int i = 0; i < 10; i++) {
            assertThat(limits.tryAcquire("client")).isTrue();
        }
        store.away = true;
        assertThat(limits.decide("client", 1))
                .isInstanceOfSatisfying(
                        Decision.Denied.class,
                        denied -> assertThat(denied.banned()).isFalse());
    }

    @Test
    void closing_it_closes_the_store() {
        new RateLimiter(store).close();

        assertThat(store.closed).isOne();
    }

    @Test
    void a_store_failure_has_no_stack_trace_but_its_cause_has() {
        Exception cause = new IllegalStateException("connection reset");

        StoreUnavailableException failure = new StoreUnavailableException("away", cause);

        assertThat(failure.getStackTrace()).isEmpty();
        assertThat(failure).hasCause(cause);
        assertThat(cause.getStackTrace()).isNotEmpty();
    }
}
