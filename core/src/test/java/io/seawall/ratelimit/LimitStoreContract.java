package io.seawall.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.seawall.ratelimit.LimitOverride.Scope;
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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
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

    private static final List<Algorithm> ALGORITHMS = List.of(Algorithm.values());

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

    private static Decision.Allowed allowed(Decision decision) {
        assertThat(decision).isInstanceOf(Decision.Allowed.class);
        return (Decision.Allowed) decision;
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
            Decision decision = limits.decide("client", 1);
            assertAdmitted(decision);
            assertThat(remaining(decision)).containsExactly((long) left);
        }
        for (int i = 0; i < 3; i++) {
            assertThat(remaining(denied(limits.decide("client", 1)))).containsExactly(0L);
        }
    }

    /** Limit, remaining, time to the next permit, time to reset; and the time to retry. */
    @Test
    public void every_answer_holds_the_facts() {
        BoundLimits limits = limits("2/60s");

        QuotaStatus first = limits.decide("client", 1).quotas().get(0);
        assertThat(first.policy().toString()).isEqualTo("default=2/1m sliding-window");
        assertThat(first.remaining()).isEqualTo(1);
        assertThat(first.nextPermitMicros()).isZero();
        assertThat(first.resetMicros()).isBetween(60_000_000L, 61_000_000L - 1);

        advance(Duration.ofSeconds(10));
        QuotaStatus second = limits.decide("client", 1).quotas().get(0);
        assertThat(second.remaining()).isZero();
        assertThat(second.nextPermitMicros()).isEqualTo(first.resetMicros() - 10_000_000L);
        assertThat(second.resetMicros()).isEqualTo(first.resetMicros());

        advance(Duration.ofSeconds(10));
        Decision.Denied refused = denied(limits.decide("client", 1));
        assertThat(refused.quotas())
                .containsExactly(new QuotaStatus(
                        first.policy(), true, 0, first.resetMicros() - 20_000_000L, first.resetMicros() - 10_000_000L));
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
        assertAdmitted(limits.decide("client", 3));

        long wait = denied(limits.decide("client", 1)).retryAfterMicros();
        advance(Duration.ofNanos((wait - 1) * 1_000));
        assertThat(denied(limits.decide("client", 1)).retryAfterMicros()).isOne();
        advance(MICRO);

        assertAdmitted(limits.decide("client", 3));
    }

    /** However often it asks, it does not push its own time away. */
    @Test
    public void a_refusal_charges_nothing() {
        BoundLimits limits = limits("2/60s");
        assertAdmitted(limits.decide("client", 2));
        long wait = denied(limits.decide("client", 1)).retryAfterMicros();

        for (int i = 1; i <= 50; i++) {
            advance(Duration.ofSeconds(1));
            Decision.Denied refused = denied(limits.decide("client", 1));
            assertThat(refused.retryAfterMicros()).isEqualTo(wait - i * 1_000_000L);
            assertThat(refused.quotas().get(0).resetMicros()).isEqualTo(wait - i * 1_000_000L);
        }
        advance(Duration.ofNanos((wait - 50_000_000L) * 1_000));

        assertThat(remaining(limits.decide("client", 1))).containsExactly(1L);
    }

    /** Many permits at once are all granted or none. */
    @Test
    public void a_cost_is_taken_as_a_whole_or_not_at_all() {
        BoundLimits limits = limits("10/60s");

        assertThat(remaining(limits.decide("client", 7))).containsExactly(3L);
        Decision.Denied refused = denied(limits.decide("client", 4));
        assertThat(remaining(refused)).containsExactly(3L);
        assertThat(refused.quotas().get(0).nextPermitMicros()).isZero();
        assertThat(refused.retryAfterMicros()).isEqualTo(refused.quotas().get(0).resetMicros());
        assertThat(remaining(limits.decide("client", 3))).containsExactly(0L);
    }

    /** There is no time to come back at. */
    @Test
    public void a_cost_that_can_never_be_granted_is_refused_for_ever() {
        BoundLimits limits = limits("a=10/60s; b=5/1h");

        for (long cost : new long[] {6, 11, QuotaPolicy.MAX_PERMITS}) {
            Decision.Denied refused = denied(limits.decide("client", cost));
            assertThat(refused.retryAfterMicros()).isEqualTo(Decision.Denied.NEVER);
            assertThat(refused.violated())
                    .extracting(QuotaPolicy::name)
                    .containsExactlyElementsOf(cost > 10 ? List.of("a", "b") : List.of("b"));
            assertThat(remaining(refused)).containsExactly(10L, 5L);
        }
        assertThat(remaining(limits.decide("client", 5))).containsExactly(5L, 0L);
    }

    /** Less than one permit is a mistake, not a refusal. */
    @Test
    public void a_cost_below_one_is_an_illegal_argument() {
        BoundLimits limits = limits("10/60s");

        for (long cost : new long[] {0, -1, Long.MIN_VALUE}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> limits.decide("client", cost))
                    .withMessageContaining("a cost of " + cost + " ");
        }
        assertThat(remaining(limits.decide("client", 1))).containsExactly(9L);
    }

    /** Up to 2^53 - 1 every number is exact. */
    @Test
    public void the_largest_limit_is_counted_to_the_last_permit() {
        long max = QuotaPolicy.MAX_PERMITS;
        BoundLimits limits = limits(max + "/366d");

        assertThat(remaining(limits.decide("whole", max))).containsExactly(0L);
        assertThat(remaining(denied(limits.decide("whole", max)))).containsExactly(0L);

        assertThat(remaining(limits.decide("less one", max - 1))).containsExactly(1L);
        assertThat(remaining(denied(limits.decide("less one", 2)))).containsExactly(1L);
        assertThat(remaining(denied(limits.decide("less one", max)))).containsExactly(1L);
        assertThat(remaining(limits.decide("less one", 1))).containsExactly(0L);
    }

    // ---- several limits

    /** All or nothing, whichever limit refuses. */
    @Test
    public void when_one_limit_refuses_no_other_is_charged() {
        BoundLimits limits = limits("first=5/1s; second=3/1h");
        BoundLimits reversed = limits("second=3/1h; first=5/1s");

        assertThat(remaining(limits.decide("client", 3))).containsExactly(2L, 0L);
        assertThat(remaining(reversed.decide("client", 3))).containsExactly(0L, 2L);
        for (int i = 0; i < 10; i++) {
            assertThat(remaining(denied(limits.decide("client", 1)))).containsExactly(2L, 0L);
            assertThat(remaining(denied(reversed.decide("client", 1)))).containsExactly(0L, 2L);
        }
    }

    /** Only those that refused. */
    @Test
    public void a_refusal_names_exactly_the_limits_that_refused() {
        BoundLimits limits = limits("a=4/1s; b=6/1m; c=9/1h");

        assertAdmitted(limits.decide("client", 4));
        assertThat(denied(limits.decide("client", 1)).violated())
                .extracting(QuotaPolicy::name)
                .containsExactly("a");
        assertThat(denied(limits.decide("client", 3)).violated())
                .extracting(QuotaPolicy::name)
                .containsExactly("a", "b");
        advance(Duration.ofSeconds(2));
        assertAdmitted(limits.decide("client", 2));
        assertThat(denied(limits.decide("client", 1)).violated())
                .extracting(QuotaPolicy::name)
                .containsExactly("b");
        assertThat(denied(limits.decide("client", 4)).violated())
                .extracting(QuotaPolicy::name)
                .containsExactly("a", "b", "c");
    }

    /** When the retry time is over, all limits grant the request. */
    @Test
    public void the_retry_time_is_that_of_the_limit_that_takes_longest() {
        BoundLimits limits = limits("short=2/1s; long=2/1h; wide=100/1d");
        assertAdmitted(limits.decide("client", 2));

        Decision.Denied refused = denied(limits.decide("client", 1));

        assertThat(refused.quotas().get(0).nextPermitMicros()).isLessThan(1_100_000L);
        assertThat(refused.retryAfterMicros())
                .isEqualTo(refused.quotas().get(1).nextPermitMicros())
                .isBetween(3_600_000_000L, 3_660_000_000L);
        advance(Duration.ofNanos((refused.retryAfterMicros() - 1) * 1_000));
        assertThat(denied(limits.decide("client", 1)).violated())
                .extracting(QuotaPolicy::name)
                .containsExactly("long");
        advance(MICRO);
        assertAdmitted(limits.decide("client", 1));
    }

    // ---- what is apart and what is shared

    /** One client's use is no other's. */
    @Test
    public void clients_are_told_apart() {
        BoundLimits limits = limits("1/60s");
        List<String> clients = hostileTexts();

        for (String client : clients) {
            assertThat(limits.decide(client, 1).allowed())
                    .as("first request of %s", shown(client))
                    .isTrue();
        }
        for (String client : clients) {
            assertThat(limits.decide(client, 1).allowed())
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
                assertThat(limits.decide(client, 1).allowed())
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

        assertThat(remaining(one.decide("client", 1))).containsExactly(1L);
        assertThat(remaining(other.decide("client", 1))).containsExactly(0L);
        denied(one.decide("client", 1));
        denied(other.decide("client", 1));
    }

    /** Two sets of limits, also if only their names differ. */
    @Test
    public void limits_of_different_names_are_apart() {
        BoundLimits one = store().bind(QuotaPolicies.parse("one", "1/60s"));
        BoundLimits other = store().bind(QuotaPolicies.parse("other", "1/60s"));

        assertAdmitted(one.decide("client", 1));
        assertAdmitted(other.decide("client", 1));
        denied(one.decide("client", 1));
        denied(other.decide("client", 1));
    }

    // ---- against the twin

    /**
     * Every fact of every answer of a long random history is that of the algorithms.
     *
     * @param seed of the history
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    public void a_random_history_is_decided_as_the_algorithms_decide_it(long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        QuotaPolicies policies = randomPolicies(random);
        BoundLimits limits = store().bind(policies);
        List<String> clients = List.of("a", "b", "c");
        List<Twin> twins =
                clients.stream().map(client -> new Twin(policies, client)).toList();
        long largestCost =
                policies.policies().stream().mapToLong(QuotaPolicy::burst).min().orElseThrow();
        long now = limits.decide("the one who tells the time", 1).atMicros();

        for (int step = 0; step < 300; step++) {
            long gap = randomGap(random, policies);
            advance(Duration.ofNanos(gap * 1_000));
            now += gap;
            long cost = random.nextInt(3) > 0 ? 1 : random.nextLong(1, largestCost + 1);
            int client = random.nextInt(clients.size());

            twins.get(client).check(limits.decide(clients.get(client), cost), now, cost, step);
        }
    }

    private static QuotaPolicies randomPolicies(RandomGenerator random) {
        List<QuotaPolicy> policies = new ArrayList<>();
        int count = random.nextInt(1, 4);
        for (int i = 0; i < count; i++) {
            Algorithm algorithm = ALGORITHMS.get(random.nextInt(ALGORITHMS.size()));
            boolean bucket = algorithm == Algorithm.TOKEN_BUCKET;
            long permits = random.nextInt(4) == 0 && !bucket
                    ? random.nextLong(QuotaPolicy.MAX_PERMITS / 2, QuotaPolicy.MAX_PERMITS + 1)
                    : random.nextLong(1, 12);
            Duration window = switch (random.nextInt(4)) {
                case 0 -> Duration.ofMillis(random.nextLong(1, 100));
                case 1 -> Duration.ofMillis(random.nextLong(1, 100_000));
                case 2 -> Duration.ofSeconds(60);
                default -> Duration.ofHours(random.nextLong(1, 1_000));
            };
            long burst = bucket ? random.nextLong(1, 30) : permits;
            policies.add(new QuotaPolicy("p" + i, permits, window, algorithm, burst, false));
        }
        return new QuotaPolicies("twin", policies);
    }

    private static long randomGap(RandomGenerator random, QuotaPolicies policies) {
        QuotaPolicy policy =
                policies.policies().get(random.nextInt(policies.policies().size()));
        long window = policy.windowMicros();
        return switch (random.nextInt(7)) {
            case 0, 1 -> 0;
            case 2 -> random.nextLong(3);
            case 3 -> random.nextLong(window / 60 + 1);
            case 4 -> random.nextLong(window / 3 + 1);
            case 5 -> random.nextLong(window / policy.permits() + 2);
            default -> random.nextInt(6) == 0 ? window * 3 : window / 60 * random.nextLong(1, 10);
        };
    }

    /** The algorithms themselves, for one client. */
    private static final class Twin {

        private final QuotaPolicies policies;
        private final String client;
        private final List<Used> used;

        Twin(QuotaPolicies policies, String client) {
            this.policies = policies;
            this.client = client;
            this.used = policies.policies().stream()
                    .map(policy -> new Used(policy.algorithm().quota(policy)))
                    .toList();
        }

        void check(Decision decision, long now, long cost, int step) {
            long retryAfter = 0;
            List<Boolean> refused = new ArrayList<>();
            for (Used ofLimit : used) {
                long wait = ofLimit.retryAfterMicros(now, cost);
                retryAfter = Math.max(retryAfter, wait);
                refused.add(wait > 0);
            }
            List<QuotaStatus> quotas = new ArrayList<>();
            for (int i = 0; i < used.size(); i++) {
                if (retryAfter == 0) {
                    used.get(i).charge(now, cost);
                }
                quotas.add(new QuotaStatus(
                        policies.policies().get(i),
                        refused.get(i),
                        used.get(i).remaining(now),
                        used.get(i).retryAfterMicros(now, 1),
                        used.get(i).resetAfterMicros(now)));
            }
            assertThat(decision)
                    .as("step %d: client %s asks for %d", step, client, cost)
                    .isEqualTo(
                            retryAfter == 0
                                    ? new Decision.Allowed(quotas, List.of(), now, false)
                                    : new Decision.Denied(quotas, retryAfter, false, now, false));
        }
    }

    // ---- several claims in one request

    /** The client's limits refuse, and those of everybody are as they were; and the other way round. */
    @Test
    public void when_one_claim_is_refused_no_other_is_charged() {
        BoundLimits mine = store().bind(QuotaPolicies.parse("mine", "mine=2/60s"));
        BoundLimits ours = store().bind(QuotaPolicies.parse("ours", "ours=3/60s"));

        assertThat(remaining(store().decide(List.of(new Claim(mine, "a", 2), new Claim(ours, "all", 1)))))
                .containsExactly(0L, 2L);
        for (int i = 0; i < 3; i++) {
            Decision.Denied refused =
                    denied(store().decide(List.of(new Claim(mine, "a", 1), new Claim(ours, "all", 1))));
            assertThat(remaining(refused)).containsExactly(0L, 2L);
            assertThat(refused.violated()).extracting(QuotaPolicy::name).containsExactly("mine");
        }
        assertThat(remaining(store().decide(List.of(new Claim(ours, "all", 2), new Claim(mine, "b", 1)))))
                .containsExactly(0L, 1L);
        Decision.Denied refused = denied(store().decide(List.of(new Claim(mine, "b", 1), new Claim(ours, "all", 1))));
        assertThat(remaining(refused)).containsExactly(1L, 0L);
        assertThat(refused.violated()).extracting(QuotaPolicy::name).containsExactly("ours");
    }

    /** Each claim has a cost of its own. */
    @Test
    public void each_claim_has_its_own_cost() {
        BoundLimits requests = store().bind(QuotaPolicies.parse("requests", "10/60s"));
        BoundLimits bytes = store().bind(QuotaPolicies.parse("bytes", "1000/60s"));

        assertThat(remaining(store().decide(List.of(new Claim(requests, "a", 1), new Claim(bytes, "a", 700)))))
                .containsExactly(9L, 300L);
    }

    /**
     * A decision over several claims is atomic, in whatever order they come.
     *
     * @throws Exception if a thread failed
     */
    @Test
    public void many_threads_with_several_claims_get_exactly_the_permits_of_the_scarcest() throws Exception {
        BoundLimits mine = store().bind(QuotaPolicies.parse("mine", "1000/1h"));
        BoundLimits ours = store().bind(QuotaPolicies.parse("ours", "60/1h"));
        AtomicInteger turn = new AtomicInteger();

        List<Decision> decisions = atOnce(8, 25, () -> {
            int n = turn.getAndIncrement();
            Claim first = new Claim(mine, "client " + n % 3, 1);
            Claim second = new Claim(ours, "all", 1);
            return store().decide(n % 2 == 0 ? List.of(first, second) : List.of(second, first));
        });

        assertThat(decisions).filteredOn(Decision::allowed).hasSize(60);
        long left = 0;
        for (int client = 0; client < 3; client++) {
            left += remaining(mine.decide("client " + client, 1)).get(0) + 1;
        }
        assertThat(left).isEqualTo(3 * 1000 - 60);
    }

    // ---- limits in shadow

    /** It is counted beside the enforced one, and what it would have refused is told. */
    @Test
    public void a_limit_in_shadow_changes_no_decision_and_tells_what_it_would_have_refused() {
        BoundLimits limits = limits("enforced=3/60s; candidate=1/60s shadow");

        Decision.Allowed first = allowed(limits.decide("client", 1));
        assertThat(first.quotas()).extracting(quota -> quota.policy().name()).containsExactly("enforced");
        assertThat(first.shadowRefusals()).isEmpty();
        for (int i = 0; i < 2; i++) {
            assertThat(allowed(limits.decide("client", 1)).shadowRefusals())
                    .extracting(QuotaPolicy::name)
                    .containsExactly("candidate");
        }
        assertThat(denied(limits.decide("client", 1)).violated())
                .extracting(QuotaPolicy::name)
                .containsExactly("enforced");
    }

    /** As if it was not there. */
    @Test
    public void with_and_without_a_limit_in_shadow_every_enforced_decision_is_the_same() {
        RandomGenerator random = new SplittableRandom(7);
        QuotaPolicies plain = QuotaPolicies.parse("plain", "a=5/1s; b=20/10s token-bucket");
        QuotaPolicies shadowed = QuotaPolicies.parse(
                "shadowed", "x=1/1h shadow; a=5/1s; y=2/1s fixed-window shadow; b=20/10s token-bucket");
        BoundLimits without = store().bind(plain);
        BoundLimits with = store().bind(shadowed);

        for (int i = 0; i < 200; i++) {
            advance(Duration.ofMillis(random.nextInt(400)));
            long cost = random.nextLong(1, 4);
            Decision expected = without.decide("client", cost);
            Decision actual = with.decide("client", cost);
            assertThat(actual.allowed()).isEqualTo(expected.allowed());
            assertThat(actual.quotas()).isEqualTo(expected.quotas());
            if (actual instanceof Decision.Denied refused) {
                assertThat(refused.retryAfterMicros())
                        .isEqualTo(denied(expected).retryAfterMicros());
                assertThat(refused.violated()).isEqualTo(denied(expected).violated());
            }
        }
    }

    /** A request that is refused anyway would not have reached it. */
    @Test
    public void a_limit_in_shadow_is_not_charged_by_what_others_refuse_nor_by_what_it_would_refuse() {
        BoundLimits limits = limits("enforced=2/10s; candidate=3/60s shadow");
        limits.decide("client", 2);
        denied(limits.decide("client", 1));
        advance(Duration.ofSeconds(11));

        assertThat(allowed(limits.decide("client", 1)).shadowRefusals()).isEmpty();
        assertThat(allowed(limits.decide("client", 1)).shadowRefusals()).hasSize(1);
        advance(Duration.ofSeconds(50)); // the first two of the candidate's three are free again
        assertThat(allowed(limits.decide("client", 2)).shadowRefusals()).isEmpty();
    }

    // ---- overrides

    private LimitOverride override(LimitOverride.Scope scope, long permits) {
        return new LimitOverride("contract", "default", scope, permits);
    }

    /** Set, told, heeded, removed. */
    @Test
    public void an_override_holds_with_the_next_decision_until_it_is_removed() {
        BoundLimits limits = limits("2/60s");
        LimitOverride more = override(LimitOverride.Scope.client("client"), 5);
        assertThat(remaining(limits.decide("client", 2))).containsExactly(0L);

        store().overrides().set(more);
        Decision decision = limits.decide("client", 1);
        assertThat(remaining(decision)).containsExactly(2L);
        assertThat(decision.quotas().get(0).policy().permits()).isEqualTo(5);
        assertThat(remaining(limits.decide("other", 1))).containsExactly(1L);
        assertThat(store().overrides().list()).containsExactly(more);

        assertThat(store().overrides().remove("contract", "default", more.scope()))
                .isTrue();
        assertThat(store().overrides().remove("contract", "default", more.scope()))
                .isFalse();
        assertThat(remaining(denied(limits.decide("client", 1)))).containsExactly(0L);
        assertThat(store().overrides().list()).isEmpty();
    }

    /** Exact before tier before all before what is configured. */
    @Test
    public void the_override_for_the_client_goes_before_that_for_its_tier_and_that_before_the_one_for_all() {
        QuotaPolicies configured = QuotaPolicies.parse("contract", "2/60s");
        BoundLimits plain = store().bind(configured);
        BoundLimits gold = store().bind(configured.forTier("gold"));
        store().overrides().set(override(LimitOverride.Scope.all(), 10));
        store().overrides().set(override(LimitOverride.Scope.tier("gold"), 20));
        store().overrides().set(override(LimitOverride.Scope.client("client"), 30));

        assertThat(remaining(plain.decide("somebody", 1))).containsExactly(9L);
        assertThat(remaining(gold.decide("somebody", 1))).containsExactly(19L);
        assertThat(remaining(gold.decide("client", 1))).containsExactly(29L);
        assertThat(remaining(plain.decide("client", 1))).containsExactly(29L);
        store().overrides().remove("contract", "default", LimitOverride.Scope.client("client"));
        assertThat(remaining(gold.decide("client", 1))).containsExactly(18L);
    }

    /** No permits at all, and no time to come back at. */
    @Test
    public void an_override_to_nothing_keeps_a_client_out() {
        for (String limit : List.of("5/60s", "5/60s token-bucket burst=3", "5/60s fixed-window")) {
            BoundLimits limits = limits(limit);
            store().overrides().set(override(LimitOverride.Scope.client("client"), 0));

            Decision.Denied refused = denied(limits.decide("client", 1));
            assertThat(refused.retryAfterMicros()).isEqualTo(Decision.Denied.NEVER);
            assertThat(refused.quotas().get(0).remaining()).isZero();
            assertThat(refused.quotas().get(0).nextPermitMicros()).isEqualTo(Decision.Denied.NEVER);
            assertAdmitted(limits.decide("other", 1));
            store().overrides().remove("contract", "default", LimitOverride.Scope.client("client"));
            assertAdmitted(limits.decide("client", 1));
        }
    }

    /** Half as many permits, half the burst. */
    @Test
    public void an_override_changes_the_burst_of_a_bucket_in_proportion() {
        BoundLimits limits = limits("100/60s token-bucket burst=30");
        store().overrides().set(override(LimitOverride.Scope.all(), 50));

        Decision decision = limits.decide("client", 1);

        assertThat(decision.quotas().get(0).policy().burst()).isEqualTo(15);
        assertThat(remaining(decision)).containsExactly(14L);
        denied(limits.decide("client", 15));
        advance(Duration.ofMillis(1_200));
        assertThat(remaining(limits.decide("client", 1))).containsExactly(14L);
    }

    /** Another limit of the set, another set of the same limits: not meant. */
    @Test
    public void an_override_is_for_its_limit_of_its_set_only() {
        BoundLimits limits = store().bind(QuotaPolicies.parse("contract", "default=2/60s; wide=7/1h"));
        BoundLimits others = store().bind(QuotaPolicies.parse("others", "default=2/60s"));
        store().overrides().set(override(LimitOverride.Scope.all(), 5));

        assertThat(remaining(limits.decide("client", 1))).containsExactly(4L, 6L);
        assertThat(remaining(others.decide("client", 1))).containsExactly(1L);
    }

    /** A new start. */
    @Test
    public void a_client_that_is_reset_has_used_nothing() {
        QuotaPolicies policies = QuotaPolicies.parse("contract", "a=2/60s; b=3/1h token-bucket")
                .withPenalty(Penalty.parse("1/1m ban 1h..1h"));
        BoundLimits limits = store().bind(policies);
        limits.decide("client", 2);
        limits.decide("other", 2);
        denied(limits.decide("client", 2));
        assertThat(denied(limits.decide("client", 1)).banned()).isTrue();

        store().reset(limits, "client");
        store().reset(limits, "nobody");

        assertThat(remaining(limits.decide("client", 1))).containsExactly(1L, 2L);
        assertThat(denied(limits.decide("other", 1)).violated())
                .extracting(QuotaPolicy::name)
                .containsExactly("a");
    }

    // ---- penalties

    private BoundLimits withPenalty(String penalty) {
        return store().bind(QuotaPolicies.parse("contract", "1/1s fixed-window").withPenalty(Penalty.parse(penalty)));
    }

    /** The refusal that is one too many is answered with the ban. */
    @Test
    public void a_client_that_goes_on_after_its_refusals_is_banned() {
        BoundLimits limits = withPenalty("3/1m ban 10s..40s");
        assertAdmitted(limits.decide("client", 1));
        denied(limits.decide("client", 1));
        denied(limits.decide("client", 1));

        assertThat(denied(limits.decide("client", 1)).retryAfterMicros()).isEqualTo(10_000_000L);
        advance(Duration.ofSeconds(4));
        Decision.Denied banned = denied(limits.decide("client", 1));
        assertThat(banned.banned()).isTrue();
        assertThat(banned.retryAfterMicros()).isEqualTo(6_000_000L);
        assertThat(banned.violated()).extracting(QuotaPolicy::name).containsExactly("default");
        assertAdmitted(limits.decide("other", 1));
        advance(Duration.ofSeconds(6).minus(MICRO));
        assertThat(denied(limits.decide("client", 1)).banned()).isTrue();
        advance(MICRO);
        assertAdmitted(limits.decide("client", 1));
    }

    /** Whatever is left of the limits: of those that ban, and from the refusal on with which the ban begins. */
    @Test
    public void a_banned_client_has_no_permit_until_the_ban_is_over() {
        BoundLimits limits = store().bind(QuotaPolicies.parse("contract", "small=3/1s fixed-window; large=9/1h")
                .withPenalty(Penalty.parse("1/1m ban 10s..40s")));
        BoundLimits others = store().bind(QuotaPolicies.parse("others", "other=5/1h"));
        assertThat(remaining(limits.decide("client", 1))).containsExactly(2L, 8L);

        Decision.Denied last = denied(limits.decide("client", 3));
        assertThat(last.banned()).isFalse();
        assertThat(last.violated()).extracting(QuotaPolicy::name).containsExactly("small");
        assertThat(remaining(last)).containsExactly(0L, 0L);
        assertThat(last.quotas()).extracting(QuotaStatus::nextPermitMicros).containsOnly(10_000_000L);
        assertThat(last.quotas().get(0).resetMicros()).isEqualTo(10_000_000L);
        assertThat(last.quotas().get(1).resetMicros()).isGreaterThan(3_600_000_000L);

        advance(Duration.ofSeconds(4));
        Decision.Denied banned =
                denied(store().decide(List.of(new Claim(limits, "client", 1), new Claim(others, "client", 9))));
        assertThat(banned.banned()).isTrue();
        assertThat(banned.quotas()).extracting(QuotaStatus::refused).containsExactly(true, true, false);
        assertThat(remaining(banned)).containsExactly(0L, 0L, 5L);
        assertThat(banned.quotas())
                .extracting(QuotaStatus::nextPermitMicros)
                .containsExactly(6_000_000L, 6_000_000L, 0L);

        advance(Duration.ofSeconds(6));
        assertThat(remaining(limits.decide("client", 1))).containsExactly(2L, 7L);
    }

    /** They are two, and only one of them refuses. */
    @Test
    public void of_two_equal_limits_of_different_sets_the_one_that_refuses_is_told() {
        BoundLimits mine = store().bind(QuotaPolicies.parse("mine", "x=3/1h"));
        BoundLimits ours = store().bind(QuotaPolicies.parse("ours", "x=3/1h"));
        ours.decide("all", 3);

        Decision.Denied refused = denied(store().decide(List.of(new Claim(mine, "a", 1), new Claim(ours, "all", 1))));
        assertThat(refused.quotas()).extracting(QuotaStatus::refused).containsExactly(false, true);
        assertThat(remaining(refused)).containsExactly(3L, 0L);
    }

    /** Twice as long each time, to the longest; anew for one who has stayed away as long as that. */
    @Test
    public void bans_grow_until_the_client_stays_away() {
        BoundLimits limits = withPenalty("1/1m ban 10s..40s");

        for (long seconds : new long[] {10, 20, 40, 40}) {
            assertAdmitted(limits.decide("client", 1));
            assertThat(denied(limits.decide("client", 1)).retryAfterMicros()).isEqualTo(seconds * 1_000_000);
            advance(Duration.ofSeconds(seconds));
        }
        advance(Duration.ofSeconds(40));
        assertAdmitted(limits.decide("client", 1));
        assertThat(denied(limits.decide("client", 1)).retryAfterMicros()).isEqualTo(10_000_000L);
    }

    /** Refusals that are far apart are no hammering. */
    @Test
    public void refusals_that_are_far_apart_lead_to_no_ban() {
        BoundLimits limits = withPenalty("2/10s ban 1h..1h");
        for (int i = 0; i < 5; i++) {
            assertAdmitted(limits.decide("client", 1));
            Decision.Denied refused = denied(limits.decide("client", 1));
            assertThat(refused.banned()).isFalse();
            assertThat(refused.retryAfterMicros()).isLessThanOrEqualTo(1_000_000L);
            advance(Duration.ofSeconds(10));
        }
    }

    /** It is the client that is punished, not everybody who shares a limit with it. */
    @Test
    public void only_the_claim_that_refused_counts_towards_a_ban() {
        BoundLimits mine = withPenalty("1/1m ban 10s..40s");
        BoundLimits ours =
                store().bind(QuotaPolicies.parse("ours", "ours=1/1h").withPenalty(Penalty.parse("1/1m ban 1d..1d")));

        assertAdmitted(store().decide(List.of(new Claim(mine, "a", 1), new Claim(ours, "all", 1))));
        store().reset(ours, "all");
        assertThat(denied(store().decide(List.of(new Claim(mine, "a", 1), new Claim(ours, "all", 1))))
                        .retryAfterMicros())
                .isEqualTo(10_000_000L);
        assertAdmitted(ours.decide("all", 1));
    }

    // ---- what is given back

    /** As if it had not been taken. */
    @Test
    public void what_is_given_back_can_be_taken_again() {
        for (Algorithm algorithm : Algorithm.values()) {
            BoundLimits limits = limits("2/1h " + algorithm.text());
            Decision.Allowed granted = allowed(limits.decide("client", 2));
            denied(limits.decide("client", 1));

            store().refund(List.of(new Claim(limits, "client", 2)), granted);

            assertThat(remaining(limits.decide("client", 1)))
                    .as(algorithm.text())
                    .containsExactly(1L);
        }
    }

    /** Time has done it already. */
    @Test
    public void what_time_has_freed_is_not_given_back_once_more() {
        for (Algorithm algorithm : Algorithm.values()) {
            BoundLimits limits = limits("3/10s " + algorithm.text());
            Decision.Allowed granted = allowed(limits.decide("client", 3));
            advance(Duration.ofSeconds(21));
            limits.decide("client", 3);

            store().refund(List.of(new Claim(limits, "client", 3)), granted);

            denied(limits.decide("client", 1));
        }
    }

    /** Only the claims that are named. */
    @Test
    public void some_claims_are_given_back_and_others_stay() {
        BoundLimits mine = store().bind(QuotaPolicies.parse("mine", "5/1h"));
        BoundLimits ours = store().bind(QuotaPolicies.parse("ours", "5/1h"));
        Claim ofMine = new Claim(mine, "a", 3);
        Decision.Allowed granted = allowed(store().decide(List.of(ofMine, new Claim(ours, "all", 2))));

        store().refund(List.of(ofMine), granted);

        assertThat(remaining(mine.decide("a", 1))).containsExactly(4L);
        assertThat(remaining(ours.decide("all", 1))).containsExactly(2L);
    }

    /** Also if its permits were changed since. */
    @Test
    public void to_a_limit_in_shadow_that_would_have_refused_nothing_is_given_back() {
        BoundLimits limits = limits("a=9/1h; b=2/1h shadow");
        allowed(limits.decide("client", 2));
        Decision.Allowed second = allowed(limits.decide("client", 1));
        store().overrides().set(new LimitOverride("contract", "b", Scope.all(), 3));

        store().refund(List.of(new Claim(limits, "client", 1)), second);

        assertThat(allowed(limits.decide("client", 1)).shadowRefusals()).isEmpty();
        assertThat(allowed(limits.decide("client", 1)).shadowRefusals()).hasSize(1);
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

        List<Decision> decisions = atOnce(8, 25, () -> limits.decide("client", 1));

        assertThat(decisions).filteredOn(Decision::allowed).hasSize(50);
        // Each admitted one saw a state of its own: no permit was given twice, none was lost.
        assertThat(decisions)
                .filteredOn(Decision::allowed)
                .extracting(decision -> decision.quotas().get(0).remaining())
                .doesNotHaveDuplicates();
        assertThat(remaining(denied(limits.decide("client", 1)))).containsExactly(0L, 20L);
    }

    /**
     * A decision of several permits is atomic too.
     *
     * @throws Exception if a thread failed
     */
    @Test
    public void many_threads_at_once_never_share_a_permit_of_a_larger_cost() throws Exception {
        BoundLimits limits = limits("50/1h");

        List<Decision> decisions = atOnce(8, 10, () -> limits.decide("client", 3));

        assertThat(decisions).filteredOn(Decision::allowed).hasSize(16);
        assertThat(remaining(denied(limits.decide("client", 3)))).containsExactly(2L);
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
        limits.decide("client", 2);
        advance(Duration.ofHours(-1));

        long wait = denied(limits.decide("client", 1)).retryAfterMicros();
        assertThat(wait).isBetween(60_000_000L - 1, 61_000_000L);
        advance(Duration.ofSeconds(20));
        assertThat(denied(limits.decide("client", 1)).retryAfterMicros()).isEqualTo(wait - 20_000_000);
        advance(Duration.ofNanos((wait - 20_000_000) * 1_000));
        assertAdmitted(limits.decide("client", 2));
    }

    /** What is admitted after a small step back is not forgotten before what was admitted ahead of it. */
    @Test
    public void nothing_is_forgotten_early_when_the_clock_is_set_back_a_little() {
        BoundLimits limits = limits("3/60s");
        limits.decide("client", 1);
        advance(Duration.ofSeconds(-10));
        assertAdmitted(limits.decide("client", 1));
        assertAdmitted(limits.decide("client", 1));

        advance(Duration.ofSeconds(60));
        denied(limits.decide("client", 1));
        advance(Duration.ofSeconds(11));
        assertAdmitted(limits.decide("client", 3));
    }

    // ---- where a client stands

    private static List<Long> left(Standing standing) {
        return standing.limits().stream().map(Standing.OfLimit::remaining).toList();
    }

    /** However often it is asked, and also of one that nobody has seen. */
    @Test
    public void to_tell_where_a_client_stands_charges_nothing() {
        for (Algorithm algorithm : ALGORITHMS) {
            BoundLimits limits =
                    store().bind(QuotaPolicies.parse("of-" + algorithm.text(), "5/60s " + algorithm.text()));
            assertThat(left(store().standing(limits, "client"))).containsExactly(5L);
            limits.decide("client", 2);
            for (int i = 0; i < 10; i++) {
                assertThat(left(store().standing(limits, "client"))).containsExactly(3L);
            }
            assertThat(left(store().standing(limits, "stranger"))).containsExactly(5L);
            assertThat(remaining(limits.decide("client", 1))).containsExactly(2L);
        }
    }

    @Test
    public void where_a_client_stands_is_told_of_all_limits_and_of_those_in_shadow() {
        BoundLimits limits = limits("a=5/60s; b=2/1h fixed-window shadow; c=9/1m token-bucket burst=20");
        limits.decide("client", 1);
        limits.decide("client", 1);
        limits.decide("client", 1);

        Standing standing = store().standing(limits, "client");
        assertThat(left(standing)).containsExactly(2L, 0L, 17L);
        assertThat(standing.limits().stream().map(each -> each.policy().name())).containsExactly("a", "b", "c");
        assertThat(standing.bannedForMicros()).isZero();
    }

    @Test
    public void what_time_has_freed_is_told() {
        BoundLimits limits = limits("5/60s");
        limits.decide("client", 5);
        assertThat(left(store().standing(limits, "client"))).containsExactly(0L);
        advance(Duration.ofSeconds(62));
        assertThat(left(store().standing(limits, "client"))).containsExactly(5L);
    }

    @Test
    public void where_a_client_stands_is_told_by_the_override_in_force() {
        BoundLimits limits = limits("5/60s");
        limits.decide("client", 2);
        store().overrides().set(new LimitOverride("contract", "default", Scope.client("client"), 100));

        Standing.OfLimit standing = store().standing(limits, "client").limits().get(0);
        assertThat(standing.policy().permits()).isEqualTo(100);
        assertThat(standing.remaining()).isEqualTo(98);
        assertThat(left(store().standing(limits, "other"))).containsExactly(5L);
        store().overrides().set(new LimitOverride("contract", "default", Scope.client("newcomer"), 0));
        assertThat(left(store().standing(limits, "newcomer"))).containsExactly(0L);
    }

    /** And to ask is no refusal, which would be a step to the next one. */
    @Test
    public void a_ban_is_told_and_comes_of_no_question() {
        BoundLimits limits = withPenalty("2/10s ban 1h..1h");
        limits.decide("client", 1);
        denied(limits.decide("client", 1));
        for (int i = 0; i < 5; i++) {
            assertThat(store().standing(limits, "client").bannedForMicros()).isZero();
        }
        denied(limits.decide("client", 1));
        assertThat(store().standing(limits, "client").bannedForMicros()).isEqualTo(3_600_000_000L);
        assertThat(store().standing(limits, "other").bannedForMicros()).isZero();
    }
}
