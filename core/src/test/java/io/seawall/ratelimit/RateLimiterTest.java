package io.seawall.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.seawall.test.FakeClock;
import java.util.List;
import org.junit.jupiter.api.Test;

class RateLimiterTest {

    private static final QuotaPolicies TWO_A_YEAR = QuotaPolicies.parse("api", "2/366d");

    /** A store that works or is away, as the test says. */
    private static final class FickleStore implements LimitStore {

        final LimitStore memory = new InMemoryLimitStore(10, new FakeClock());
        boolean away;
        int asked;
        int closed;

        @Override
        public BoundLimits bind(QuotaPolicies policies) {
            BoundLimits limits = memory.bind(policies);
            return (client, cost) -> {
                asked++;
                if (away) {
                    throw new StoreUnavailableException("away", null);
                }
                return limits.tryAcquire(client, cost);
            };
        }

        @Override
        public void close() {
            closed++;
        }
    }

    private final FickleStore store = new FickleStore();

    @Test
    void the_store_decides() {
        try (RateLimiter limiter = new RateLimiter(TWO_A_YEAR, store)) {
            assertThat(limiter.tryAcquire("client").allowed()).isTrue();
            assertThat(limiter.tryAcquire("client").quotas().get(0).remaining()).isZero();
            assertThat(limiter.tryAcquire("client").allowed()).isFalse();
            assertThat(limiter.tryAcquire("other", 2).allowed()).isTrue();
            assertThat(limiter.tryAcquire("other", 2).allowed()).isFalse();
            assertThat(store.asked).isEqualTo(5);
        }
    }

    @Test
    void by_default_this_node_decides_alone_while_the_store_is_away() {
        try (RateLimiter limiter = new RateLimiter(TWO_A_YEAR, store)) {
            store.away = true;
            assertThat(limiter.tryAcquire("client").allowed()).isTrue();
            assertThat(limiter.tryAcquire("client").allowed()).isTrue();
            assertThat(limiter.tryAcquire("client").allowed()).isFalse();

            store.away = false;
            assertThat(limiter.tryAcquire("client").allowed()).isTrue();
        }
    }

    @Test
    void with_local_this_node_holds_clients_to_the_same_limits() {
        try (RateLimiter limiter = new RateLimiter(TWO_A_YEAR, store, OnStoreFailure.LOCAL)) {
            store.away = true;
            Decision decision = limiter.tryAcquire("client", 2);

            assertThat(decision.quotas()).singleElement().satisfies(quota -> {
                assertThat(quota.policy()).isEqualTo(TWO_A_YEAR.policies().get(0));
                assertThat(quota.remaining()).isZero();
            });
            assertThat(limiter.tryAcquire("client").allowed()).isFalse();
            assertThat(limiter.tryAcquire("other").allowed()).isTrue();
        }
    }

    @Test
    void with_allow_every_request_is_admitted_uncounted_while_the_store_is_away() {
        try (RateLimiter limiter = new RateLimiter(TWO_A_YEAR, store, OnStoreFailure.ALLOW)) {
            store.away = true;
            for (int i = 0; i < 10; i++) {
                assertThat(limiter.tryAcquire("client")).isEqualTo(new Decision.Allowed(List.of()));
            }
            store.away = false;
            assertThat(limiter.tryAcquire("client", 2).allowed()).isTrue();
        }
    }

    @Test
    void with_deny_the_caller_learns_that_the_store_is_away() {
        try (RateLimiter limiter = new RateLimiter(TWO_A_YEAR, store, OnStoreFailure.DENY)) {
            store.away = true;
            assertThatThrownBy(() -> limiter.tryAcquire("client"))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessage("away");
            store.away = false;
            assertThat(limiter.tryAcquire("client", 2).allowed()).isTrue();
        }
    }

    @Test
    void a_store_is_asked_once_for_each_request_whether_it_answers_or_not() {
        try (RateLimiter limiter = new RateLimiter(TWO_A_YEAR, store)) {
            store.away = true;
            limiter.tryAcquire("client");

            assertThat(store.asked).isOne();
        }
    }

    @Test
    void an_impossible_cost_is_an_illegal_argument_and_no_failure_of_the_store() {
        for (OnStoreFailure choice : OnStoreFailure.values()) {
            try (RateLimiter limiter = new RateLimiter(TWO_A_YEAR, store, choice)) {
                assertThatIllegalArgumentException().isThrownBy(() -> limiter.tryAcquire("client", 3));
                assertThatIllegalArgumentException().isThrownBy(() -> limiter.tryAcquire("client", 0));
            }
        }
    }

    @Test
    void closing_it_closes_the_store() {
        new RateLimiter(TWO_A_YEAR, store).close();

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
