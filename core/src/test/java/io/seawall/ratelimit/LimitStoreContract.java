package io.seawall.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.seawall.ratelimit.LimitStore.BoundLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every {@link LimitStore} must do; published in the {@code tests} jar of this module. A store passes it in a test
 * class that extends this one and gives it an empty store and power over its time.
 *
 * <p>Time stands still but for {@link #advance}, and is read in microseconds. Where the slices of a window begin is the
 * store's affair; the tests learn it from its first answer.
 */
public abstract class LimitStoreContract {

    private static final Duration MICRO = Duration.ofNanos(1_000);

    /** For subclasses. */
    protected LimitStoreContract() {}

    /**
     * The store under test.
     *
     * @return the same store all through one test, empty at its start; opened and closed by the subclass
     */
    protected abstract LimitStore store();

    /**
     * Lets time pass for the store.
     *
     * @param by how much, in whole microseconds; below zero sets the clock back
     */
    protected abstract void advance(Duration by);

    private BoundLimits limits(String text) {
        return store().bind(QuotaPolicies.parse("contract", text));
    }

    private static Decision.Denied denied(Decision decision) {
        assertThat(decision).isInstanceOf(Decision.Denied.class);
        assertThat(decision.allowed()).isFalse();
        return (Decision.Denied) decision;
    }

    private static void assertAdmitted(Decision decision) {
        assertThat(decision).isInstanceOf(Decision.Allowed.class);
        assertThat(decision.allowed()).isTrue();
    }

    private static List<Long> remaining(Decision decision) {
        return decision.quotas().stream().map(QuotaStatus::remaining).toList();
    }

    // ---- one limit, one client

    /** The first n are admitted, then none. */
    @Test
    public void a_client_gets_exactly_its_permits() {
        BoundLimits limits = limits("10/60s");

        for (int left = 9; left >= 0; left--) {
            Decision decision = limits.tryAcquire("client", 1);
            assertAdmitted(decision);
            assertThat(remaining(decision)).containsExactly((long) left);
        }
        for (int i = 0; i < 3; i++) {
            assertThat(remaining(denied(limits.tryAcquire("client", 1)))).containsExactly(0L);
        }
    }

    /** Limit, remaining, time to the next permit, time to reset; and the time to retry. */
    @Test
    public void every_answer_holds_the_facts() {
        BoundLimits limits = limits("2/60s");

        QuotaStatus first = limits.tryAcquire("client", 1).quotas().get(0);
        assertThat(first.policy().toString()).isEqualTo("default=2/1m sliding-window");
        assertThat(first.remaining()).isEqualTo(1);
        assertThat(first.nextPermitMicros()).isZero();
        assertThat(first.resetMicros()).isBetween(60_000_000L, 61_000_000L - 1);

        advance(Duration.ofSeconds(10));
        QuotaStatus second = limits.tryAcquire("client", 1).quotas().get(0);
        assertThat(second.remaining()).isZero();
        assertThat(second.nextPermitMicros()).isEqualTo(first.resetMicros() - 10_000_000L);
        assertThat(second.resetMicros()).isEqualTo(first.resetMicros());

        advance(Duration.ofSeconds(10));
        Decision.Denied refused = denied(limits.tryAcquire("client", 1));
        assertThat(refused.quotas())
                .containsExactly(new QuotaStatus(
                        first.policy(), 0, first.resetMicros() - 20_000_000L, first.resetMicros() - 10_000_000L));
        assertThat(refused.violated()).containsExactly(first.policy());
        assertThat(refused.retryAfterMicros()).isEqualTo(first.resetMicros() - 20_000_000L);
        assertThat(refused.retryAfter()).isEqualTo(Duration.ofNanos(refused.retryAfterMicros() * 1_000));
    }

    /**
     * The promise in {@code Retry-After} is exact.
     *
     * @param limit the limit
     */
    @ParameterizedTest
    @ValueSource(strings = {"3/1ms", "3/1s", "3/60s", "3/7h", "3/30d"})
    public void a_client_is_admitted_at_its_retry_time_and_not_a_microsecond_earlier(String limit) {
        BoundLimits limits = limits(limit);
        assertAdmitted(limits.tryAcquire("client", 3));

        long wait = denied(limits.tryAcquire("client", 1)).retryAfterMicros();
        advance(Duration.ofNanos((wait - 1) * 1_000));
        assertThat(denied(limits.tryAcquire("client", 1)).retryAfterMicros()).isOne();
        advance(MICRO);

        assertAdmitted(limits.tryAcquire("client", 3));
    }

    /** However often it asks, it does not push its own time away. */
    @Test
    public void a_refusal_charges_nothing() {
        BoundLimits limits = limits("2/60s");
        assertAdmitted(limits.tryAcquire("client", 2));
        long wait = denied(limits.tryAcquire("client", 1)).retryAfterMicros();

        for (int i = 1; i <= 50; i++) {
            advance(Duration.ofSeconds(1));
            Decision.Denied refused = denied(limits.tryAcquire("client", 1));
            assertThat(refused.retryAfterMicros()).isEqualTo(wait - i * 1_000_000L);
            assertThat(refused.quotas().get(0).resetMicros()).isEqualTo(wait - i * 1_000_000L);
        }
        advance(Duration.ofNanos((wait - 50_000_000L) * 1_000));

        assertThat(remaining(limits.tryAcquire("client", 1))).containsExactly(1L);
    }

    /** Many permits at once are all granted or none. */
    @Test
    public void a_cost_is_taken_as_a_whole_or_not_at_all() {
        BoundLimits limits = limits("10/60s");

        assertThat(remaining(limits.tryAcquire("client", 7))).containsExactly(3L);
        Decision.Denied refused = denied(limits.tryAcquire("client", 4));
        assertThat(remaining(refused)).containsExactly(3L);
        assertThat(refused.quotas().get(0).nextPermitMicros()).isZero();
        assertThat(refused.retryAfterMicros()).isEqualTo(refused.quotas().get(0).resetMicros());
        assertThat(remaining(limits.tryAcquire("client", 3))).containsExactly(0L);
    }

    /** A cost that no wait makes possible is a mistake, not a refusal. */
    @Test
    public void a_cost_that_can_never_be_granted_is_an_illegal_argument() {
        BoundLimits limits = limits("a=10/60s; b=5/1h");

        for (long cost : new long[] {6, 11, 0, -1, Long.MAX_VALUE, Long.MIN_VALUE}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> limits.tryAcquire("client", cost))
                    .withMessageContaining("a cost of " + cost + " ");
        }
        assertThat(remaining(limits.tryAcquire("client", 5))).containsExactly(5L, 0L);
    }

    /** Up to 2^53 - 1 every number is exact. */
    @Test
    public void the_largest_limit_is_counted_to_the_last_permit() {
        long max = QuotaPolicy.MAX_PERMITS;
        BoundLimits limits = limits(max + "/366d");

        assertThat(remaining(limits.tryAcquire("whole", max))).containsExactly(0L);
        assertThat(remaining(denied(limits.tryAcquire("whole", max)))).containsExactly(0L);

        assertThat(remaining(limits.tryAcquire("less one", max - 1))).containsExactly(1L);
        assertThat(remaining(denied(limits.tryAcquire("less one", 2)))).containsExactly(1L);
        assertThat(remaining(denied(limits.tryAcquire("less one", max)))).containsExactly(1L);
        assertThat(remaining(limits.tryAcquire("less one", 1))).containsExactly(0L);
    }

    // ---- several limits

    /** All or nothing, whichever limit refuses. */
    @Test
    public void when_one_limit_refuses_no_other_is_charged() {
        BoundLimits limits = limits("first=5/1s; second=3/1h");
        BoundLimits reversed = limits("second=3/1h; first=5/1s");

        assertThat(remaining(limits.tryAcquire("client", 3))).containsExactly(2L, 0L);
        assertThat(remaining(reversed.tryAcquire("client", 3))).containsExactly(0L, 2L);
        for (int i = 0; i < 10; i++) {
            assertThat(remaining(denied(limits.tryAcquire("client", 1)))).containsExactly(2L, 0L);
            assertThat(remaining(denied(reversed.tryAcquire("client", 1)))).containsExactly(0L, 2L);
        }
    }

    /** Only those that refused. */
    @Test
    public void a_refusal_names_exactly_the_limits_that_refused() {
        BoundLimits limits = limits("a=4/1s; b=6/1m; c=9/1h");

        assertAdmitted(limits.tryAcquire("client", 4));
        assertThat(denied(limits.tryAcquire("client", 1)).violated())
                .extracting(QuotaPolicy::name)
                .containsExactly("a");
        assertThat(denied(limits.tryAcquire("client", 3)).violated())
                .extracting(QuotaPolicy::name)
                .containsExactly("a", "b");
        advance(Duration.ofSeconds(2));
        assertAdmitted(limits.tryAcquire("client", 2));
        assertThat(denied(limits.tryAcquire("client", 1)).violated())
                .extracting(QuotaPolicy::name)
                .containsExactly("b");
        assertThat(denied(limits.tryAcquire("client", 4)).violated())
                .extracting(QuotaPolicy::name)
                .containsExactly("a", "b", "c");
    }

    /** When the retry time is over, all limits grant the request. */
    @Test
    public void the_retry_time_is_that_of_the_limit_that_takes_longest() {
        BoundLimits limits = limits("short=2/1s; long=2/1h; wide=100/1d");
        assertAdmitted(limits.tryAcquire("client", 2));

        Decision.Denied refused = denied(limits.tryAcquire("client", 1));

        assertThat(refused.quotas().get(0).nextPermitMicros()).isLessThan(1_100_000L);
        assertThat(refused.retryAfterMicros())
                .isEqualTo(refused.quotas().get(1).nextPermitMicros())
                .isBetween(3_600_000_000L, 3_660_000_000L);
        advance(Duration.ofNanos((refused.retryAfterMicros() - 1) * 1_000));
        assertThat(denied(limits.tryAcquire("client", 1)).violated())
                .extracting(QuotaPolicy::name)
                .containsExactly("long");
        advance(MICRO);
        assertAdmitted(limits.tryAcquire("client", 1));
    }

    // ---- what is apart and what is shared

    /** One client's use is no other's. */
    @Test
    public void clients_are_told_apart() {
        BoundLimits limits = limits("1/60s");
        List<String> clients = hostileTexts();

        for (String client : clients) {
            assertThat(limits.tryAcquire(client, 1).allowed())
                    .as("first request of %s", shown(client))
                    .isTrue();
        }
        for (String client : clients) {
            assertThat(limits.tryAcquire(client, 1).allowed())
                    .as("second request of %s", shown(client))
                    .isFalse();
        }
    }

    private static List<String> hostileTexts() {
        String long1 = "x".repeat(10_000);
        return List.of(
                        "",
                        " ",
                        "  ",
                        "a",
                        "A",
                        "a ",
                        " a",
                        "a:b",
                        "a:",
                        ":b",
                        "a",
                        "a::b",
                        "{a}",
                        "{b}",
                        "{",
                        "}",
                        "{}",
                        "{}a",
                        "{a}b",
                        "{{a}}",
                        "}a{",
                        "a*",
                        "a?",
                        "[a]",
                        "a\\",
                        "\"a\"",
                        "'a'",
                        "%s",
                        "%00",
                        "${a}",
                        "a\r\nSET x 1\r\n",
                        "a\r",
                        "a\n",
                        "a\r\n",
                        "*1\r\n$8\r\nFLUSHALL\r\n",
                        "\0",
                        "\0\0",
                        "a\0",
                        "a\0b",
                        "\ud800",
                        "\ud801",
                        "\udc00",
                        "?",
                        "\ufffd",
                        "a\ud800",
                        "a\ud801",
                        "\ud83d\ude00",
                        "\ude00\ud83d",
                        "\u00e9",
                        "e\u0301",
                        "\u0131",
                        "i",
                        "I",
                        "\u2028",
                        "\u202e",
                        "\u007f",
                        "\u0080",
                        "::ffff:1.2.3.4",
                        "1.2.3.4",
                        long1,
                        long1 + "y",
                        long1 + "z",
                        "AaAa",
                        "AaBB",
                        "BBAa",
                        "BBBB") // the last four have one hash code
                .stream()
                .distinct()
                .toList();
    }

    private static String shown(String client) {
        return client.length() > 40
                ? client.length() + " characters"
                : client.chars().mapToObj(Integer::toHexString).toList().toString();
    }

    /** {@code a:b} of {@code c} is not {@code b:c} of {@code a}, however a store makes its keys. */
    @Test
    public void parts_of_names_and_clients_cannot_be_moved_from_one_to_the_other() {
        for (String name : List.of("a", "a-b", "a_b", "ab")) {
            BoundLimits limits = store().bind(QuotaPolicies.parse(name, "b=1/60s"));
            for (String client : List.of("b:c", "c", "b", "-b", "_b", "b-c", "a", "{a}", "b=1", ":b:c")) {
                assertThat(limits.tryAcquire(client, 1).allowed())
                        .as("client %s of %s", client, name)
                        .isTrue();
            }
        }
    }

    /** One set of limits, however often it is bound. */
    @Test
    public void equal_limits_bound_twice_share_what_clients_have_used() {
        BoundLimits one = limits("2/60s");
        BoundLimits other = limits("default=2/1m sliding-window");

        assertThat(remaining(one.tryAcquire("client", 1))).containsExactly(1L);
        assertThat(remaining(other.tryAcquire("client", 1))).containsExactly(0L);
        denied(one.tryAcquire("client", 1));
        denied(other.tryAcquire("client", 1));
    }

    /** Two sets of limits, also if only their names differ. */
    @Test
    public void limits_of_different_names_are_apart() {
        BoundLimits one = store().bind(QuotaPolicies.parse("one", "1/60s"));
        BoundLimits other = store().bind(QuotaPolicies.parse("other", "1/60s"));

        assertAdmitted(one.tryAcquire("client", 1));
        assertAdmitted(other.tryAcquire("client", 1));
        denied(one.tryAcquire("client", 1));
        denied(other.tryAcquire("client", 1));
    }

    // ---- against the twin

    /**
     * Every fact of every answer of a long random history is that of {@link SlidingWindowState}.
     *
     * @param seed of the history
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    public void a_random_history_is_decided_as_the_algorithm_decides_it(long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        QuotaPolicies policies = randomPolicies(random);
        BoundLimits limits = store().bind(policies);
        List<String> clients = List.of("a", "b", "c");
        List<Twin> twins =
                clients.stream().map(client -> new Twin(policies, client)).toList();
        long largestCost = policies.policies().stream()
                .mapToLong(QuotaPolicy::permits)
                .min()
                .orElseThrow();
        long elapsedMicros = 0;

        for (int step = 0; step < 300; step++) {
            long gap = randomGap(random, policies);
            advance(Duration.ofNanos(gap * 1_000));
            elapsedMicros += gap;
            long cost = random.nextInt(3) > 0 ? 1 : random.nextLong(1, largestCost + 1);
            int client = random.nextInt(clients.size());

            twins.get(client).check(limits.tryAcquire(clients.get(client), cost), elapsedMicros, cost, step);
        }
    }

    private static QuotaPolicies randomPolicies(RandomGenerator random) {
        List<QuotaPolicy> policies = new ArrayList<>();
        int count = random.nextInt(1, 4);
        for (int i = 0; i < count; i++) {
            long permits = random.nextInt(4) == 0
                    ? random.nextLong(QuotaPolicy.MAX_PERMITS / 2, QuotaPolicy.MAX_PERMITS + 1)
                    : random.nextLong(1, 12);
            Duration window = switch (random.nextInt(4)) {
                case 0 -> Duration.ofMillis(random.nextLong(1, 100));
                case 1 -> Duration.ofMillis(random.nextLong(1, 100_000));
                case 2 -> Duration.ofSeconds(60);
                default -> Duration.ofHours(random.nextLong(1, 1_000));
            };
            policies.add(new QuotaPolicy("p" + i, permits, window, Algorithm.SLIDING_WINDOW));
        }
        return new QuotaPolicies("twin", policies);
    }

    private static long randomGap(RandomGenerator random, QuotaPolicies policies) {
        long window = policies.policies()
                .get(random.nextInt(policies.policies().size()))
                .windowMicros();
        return switch (random.nextInt(6)) {
            case 0, 1 -> 0;
            case 2 -> random.nextLong(3);
            case 3 -> random.nextLong(window / 60 + 1);
            case 4 -> random.nextLong(window / 3 + 1);
            default -> random.nextInt(6) == 0 ? window * 3 : window / 60 * random.nextLong(1, 10);
        };
    }

    /** The algorithm itself, for one client. */
    private static final class Twin {

        private final QuotaPolicies policies;
        private final String client;
        private final QuotaState[] states;

        /** For each limit, the time of the store at the start, as far as its slices go; learnt from the first answer. */
        private long @Nullable [] originMicros;

        Twin(QuotaPolicies policies, String client) {
            this.policies = policies;
            this.client = client;
            this.states = policies.policies().stream()
                    .map(policy -> policy.algorithm().newState(policy))
                    .toArray(QuotaState[]::new);
        }

        void check(Decision decision, long elapsedMicros, long cost, int step) {
            long[] origin = originMicros;
            if (origin == null) {
                origin = learnOrigin(decision, elapsedMicros, step);
                originMicros = origin;
            }
            List<QuotaPolicy> violated = new ArrayList<>();
            long retryAfter = 0;
            for (int i = 0; i < states.length; i++) {
                long wait = states[i].retryAfterMicros(origin[i] + elapsedMicros, cost);
                retryAfter = Math.max(retryAfter, wait);
                if (wait > 0) {
                    violated.add(policies.policies().get(i));
                }
            }
            List<QuotaStatus> quotas = new ArrayList<>();
            for (int i = 0; i < states.length; i++) {
                long now = origin[i] + elapsedMicros;
                if (retryAfter == 0) {
                    states[i].charge(now, cost);
                }
                quotas.add(new QuotaStatus(
                        policies.policies().get(i),
                        states[i].remaining(now),
                        states[i].retryAfterMicros(now, 1),
                        states[i].resetAfterMicros(now)));
            }
            assertThat(decision)
                    .as("step %d: client %s asks for %d after %d microseconds", step, client, cost, elapsedMicros)
                    .isEqualTo(
                            retryAfter == 0
                                    ? new Decision.Allowed(quotas)
                                    : new Decision.Denied(quotas, violated, retryAfter));
        }

        /** What was taken at time t of a slice resets after (slice - t - 1) + window. */
        private long[] learnOrigin(Decision first, long elapsedMicros, int step) {
            assertThat(first.allowed())
                    .as("step %d: first of client %s", step, client)
                    .isTrue();
            long[] origin = new long[states.length];
            for (int i = 0; i < states.length; i++) {
                long window = policies.policies().get(i).windowMicros();
                long slice = window / SlidingWindowState.SLICES_PER_WINDOW;
                long intoSlice = slice - 1 + window - first.quotas().get(i).resetMicros();
                assertThat(intoSlice)
                        .as("step %d: time since the slice began", step)
                        .isBetween(0L, slice - 1);
                origin[i] = intoSlice - elapsedMicros;
            }
            return origin;
        }
    }

    // ---- many at once

    /**
     * A decision is atomic.
     *
     * @throws Exception if a thread failed
     */
    @Test
    public void many_threads_at_once_get_exactly_the_permits_of_their_client() throws Exception {
        BoundLimits limits = limits("a=50/1h; b=70/1d");

        List<Decision> decisions = atOnce(8, 25, () -> limits.tryAcquire("client", 1));

        assertThat(decisions).filteredOn(Decision::allowed).hasSize(50);
        // Each admitted one saw a state of its own: no permit was given twice, none was lost.
        assertThat(decisions)
                .filteredOn(Decision::allowed)
                .extracting(decision -> decision.quotas().get(0).remaining())
                .doesNotHaveDuplicates();
        assertThat(remaining(denied(limits.tryAcquire("client", 1)))).containsExactly(0L, 20L);
    }

    /**
     * A decision of several permits is atomic too.
     *
     * @throws Exception if a thread failed
     */
    @Test
    public void many_threads_at_once_never_share_a_permit_of_a_larger_cost() throws Exception {
        BoundLimits limits = limits("50/1h");

        List<Decision> decisions = atOnce(8, 10, () -> limits.tryAcquire("client", 3));

        assertThat(decisions).filteredOn(Decision::allowed).hasSize(16);
        assertThat(remaining(denied(limits.tryAcquire("client", 3)))).containsExactly(2L);
    }

    private static List<Decision> atOnce(int threads, int times, Callable<Decision> call)
            throws InterruptedException, ExecutionException, TimeoutException {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            CyclicBarrier start = new CyclicBarrier(threads);
            List<Future<List<Decision>>> results = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                results.add(executor.submit(() -> {
                    start.await(30, TimeUnit.SECONDS);
                    List<Decision> mine = new ArrayList<>();
                    for (int n = 0; n < times; n++) {
                        mine.add(call.call());
                    }
                    return mine;
                }));
            }
            List<Decision> all = new ArrayList<>();
            for (Future<List<Decision>> result : results) {
                all.addAll(result.get(60, TimeUnit.SECONDS));
            }
            return all;
        } finally {
            executor.shutdownNow();
        }
    }

    // ---- a clock that is set back

    /** As long as its window and a slice, and not until the clock has caught up; asking meanwhile changes nothing. */
    @Test
    public void a_client_does_not_wait_for_a_clock_that_is_set_back_by_an_hour() {
        BoundLimits limits = limits("2/60s");
        limits.tryAcquire("client", 2);
        advance(Duration.ofHours(-1));

        long wait = denied(limits.tryAcquire("client", 1)).retryAfterMicros();
        assertThat(wait).isBetween(60_000_000L - 1, 61_000_000L);
        advance(Duration.ofSeconds(20));
        assertThat(denied(limits.tryAcquire("client", 1)).retryAfterMicros()).isEqualTo(wait - 20_000_000);
        advance(Duration.ofNanos((wait - 20_000_000) * 1_000));
        assertAdmitted(limits.tryAcquire("client", 2));
    }

    /** What is admitted after a small step back is not forgotten before what was admitted ahead of it. */
    @Test
    public void nothing_is_forgotten_early_when_the_clock_is_set_back_a_little() {
        BoundLimits limits = limits("3/60s");
        limits.tryAcquire("client", 1);
        advance(Duration.ofSeconds(-10));
        assertAdmitted(limits.tryAcquire("client", 1));
        assertAdmitted(limits.tryAcquire("client", 1));

        advance(Duration.ofSeconds(60));
        denied(limits.tryAcquire("client", 1));
        advance(Duration.ofSeconds(11));
        assertAdmitted(limits.tryAcquire("client", 3));
    }
}
