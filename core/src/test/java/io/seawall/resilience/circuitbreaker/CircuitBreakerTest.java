package io.seawall.resilience.circuitbreaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.seawall.resilience.circuitbreaker.CircuitBreaker.State;
import io.seawall.resilience.circuitbreaker.Target.Outcome;
import io.seawall.test.CapturedLog;
import io.seawall.test.FakeClock;
import io.seawall.test.Policies;
import io.seawall.test.Property;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {

    private static final Duration NANO = Duration.ofNanos(1);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration THIRTY = Duration.ofSeconds(30);

    private final CapturedLog log = new CapturedLog(CircuitBreaker.class);
    private final FakeClock clock = new FakeClock();
    private final SplittableRandom random = new SplittableRandom(1);
    private final CircuitBreaker breaker = breaker(new BreakerPolicy(
            FailureRule.defaults(), null, new OpenPeriod(THIRTY, Duration.ofMinutes(5)), 1, List.of()));
    private final Target target = new Target(breaker);

    private CircuitBreaker breaker(BreakerPolicy policy) {
        return new CircuitBreaker("payments", policy, clock, () -> random, state -> {});
    }

    @AfterEach
    void endCapture() {
        log.close();
    }

    /** Lets the open period pass, to the nanosecond. */
    private void waitUntilTrial() {
        clock.advance(Target.wait(breaker));
    }

    // ---- closed

    @Test
    void it_opens_on_the_fifth_failure() {
        target.fail(4);
        assertThat(breaker.state()).isEqualTo(State.CLOSED);

        target.fail();

        assertThat(breaker.state()).isEqualTo(State.OPEN);
        assertThat(target.calls).isEqualTo(5);
    }

    /** Who sends no calls as long as they would be refused must hear when that is over. */
    @Test
    void when_the_open_period_is_over_it_refuses_no_more_although_nobody_has_called() {
        assertThat(breaker.isRefusing()).isFalse();
        target.fail(5);
        assertThat(breaker.isRefusing()).isTrue();

        waitUntilTrial();

        assertThat(breaker.isRefusing()).isFalse();
        assertThat(breaker.state()).isEqualTo(State.OPEN);
        breaker.forceOpen();
        assertThat(breaker.isRefusing()).isTrue();
        breaker.disable();
        assertThat(breaker.isRefusing()).isFalse();
    }

    @Test
    void a_circuit_that_trusts_no_failure_opens_on_the_first() {
        CircuitBreaker strict = breaker(Policies.failures(1, SECOND, SECOND));

        new Target(strict).fail();

        assertThat(strict.state()).isEqualTo(State.OPEN);
    }

    @Test
    void a_failure_exactly_30_s_old_is_out() {
        target.fail();
        clock.advance(THIRTY.minus(NANO));
        target.fail(3);
        clock.advance(NANO);

        target.fail();

        assertThat(breaker.state()).isEqualTo(State.CLOSED);
    }

    @Test
    void a_failure_not_quite_30_s_old_counts() {
        target.fail();
        clock.advance(THIRTY.minus(NANO));
        target.fail(3);

        target.fail();

        assertThat(breaker.state()).isEqualTo(State.OPEN);
    }

    @Test
    void successes_between_failures_do_not_reset_the_count() {
        for (int i = 0; i < 5; i++) {
            target.fail();
            for (int n = 0; n < 100; n++) {
                target.succeed();
            }
        }

        assertThat(breaker.state()).isEqualTo(State.OPEN);
    }

    @Test
    void failures_spread_thinly_never_open_it() {
        for (int i = 0; i < 1_000; i++) {
            target.fail();
            clock.advance(THIRTY.dividedBy(4));
        }

        assertThat(breaker.state()).isEqualTo(State.CLOSED);
    }

    @Test
    void it_opens_when_a_naive_count_of_the_failures_of_the_window_says_so() {
        Property.holds(500, chance -> {
            int failures = chance.nextInt(1, 8);
            Duration within = Duration.ofMillis(chance.nextLong(1, 50));
            CircuitBreaker circuit = breaker(Policies.failures(failures, within, SECOND));
            Target its = new Target(circuit);
            List<Long> failedAt = new ArrayList<>();
            long now = 0;

            for (int i = 0; i < 200 && circuit.state() == State.CLOSED; i++) {
                long gap = switch (chance.nextInt(4)) {
                    case 0 -> 0;
                    case 1 -> within.toNanos() / failures;
                    case 2 -> within.toNanos();
                    default -> chance.nextLong(within.toNanos());
                };
                clock.advanceNanos(gap);
                now += gap;
                if (chance.nextBoolean()) {
                    assertThat(its.succeed()).isEqualTo(Outcome.SUCCEEDED);
                } else {
                    assertThat(its.fail()).isEqualTo(Outcome.FAILED);
                    failedAt.add(now);
                }
                long from = now - within.toNanos();
                long count = failedAt.stream().filter(at -> at > from).count();
                assertThat(circuit.state())
                        .as("%d failures in %s, step %d, at %d: %s", failures, within, i, now, failedAt)
                        .isEqualTo(count >= failures ? State.OPEN : State.CLOSED);
            }
        });
    }

    // ---- open

    @Test
    void an_open_circuit_refuses_without_a_call_and_says_for_how_long() {
        target.fail(5);
        Duration wait = Target.wait(breaker);
        clock.advance(SECOND);

        assertThatThrownBy(breaker::enter)
                .isInstanceOfSatisfying(CircuitOpenException.class, refused -> {
                    assertThat(refused.retryAfter()).contains(wait.minus(SECOND));
                    assertThat(refused.target()).isEqualTo("payments");
                    assertThat(refused.attempted()).isFalse();
                    assertThat(refused.getStackTrace()).isEmpty();
                })
                .hasMessage("circuit 'payments' is open: next trial call in "
                        + wait.minus(SECOND).toMillis() + " ms");
        assertThat(target.succeed()).isEqualTo(Outcome.REFUSED);
        assertThat(target.calls).isEqualTo(5);
    }

    @Test
    void the_open_period_is_spread_by_a_tenth() {
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            CircuitBreaker circuit = breaker(BreakerPolicy.defaults());
            new Target(circuit).fail(5);
            waits.add(Target.wait(circuit).toMillis());
        }

        assertThat(waits).allSatisfy(wait -> assertThat(wait).isBetween(27_000L, 33_000L));
        assertThat(waits).anySatisfy(wait -> assertThat(wait).isLessThan(27_500L));
        assertThat(waits).anySatisfy(wait -> assertThat(wait).isGreaterThan(32_500L));
    }

    @Test
    void it_refuses_until_the_last_nanosecond_of_the_open_period() {
        target.fail(5);
        clock.advance(Target.wait(breaker).minus(NANO));
        assertThat(target.succeed()).isEqualTo(Outcome.REFUSED);

        clock.advance(NANO);

        assertThat(target.succeed()).isEqualTo(Outcome.SUCCEEDED);
    }

    // ---- half-open

    @Test
    void one_trial_call_goes_through_and_others_are_refused_meanwhile() {
        target.fail(5);
        waitUntilTrial();

        Outcome trial = target.call(argument -> {
            assertThat(breaker.state()).isEqualTo(State.HALF_OPEN);
            clock.advance(SECOND);
            assertThat(target.succeed()).isEqualTo(Outcome.REFUSED);
            assertThat(Target.wait(breaker).toMillis())
                    .as("the rest of the lease")
                    .isBetween(26_000L, 32_000L);
            return "result";
        });

        assertThat(trial).isEqualTo(Outcome.SUCCEEDED);
        assertThat(target.calls).isEqualTo(6);
    }

    @Test
    void a_trial_that_succeeds_closes_it_and_old_failures_are_forgotten() {
        target.fail(5);
        waitUntilTrial();

        target.succeed();

        assertThat(breaker.state()).isEqualTo(State.CLOSED);
        target.fail(4);
        assertThat(breaker.state()).isEqualTo(State.CLOSED);
        target.fail();
        assertThat(breaker.state()).isEqualTo(State.OPEN);
    }

    @Test
    void each_failed_trial_doubles_the_open_period_up_to_the_longest() {
        target.fail(5);
        for (long expected : new long[] {30, 60, 120, 240, 300, 300, 300}) {
            assertThat(Target.wait(breaker).toMillis()).isBetween(expected * 900, expected * 1_100);
            waitUntilTrial();
            assertThat(target.fail()).isEqualTo(Outcome.FAILED);
            assertThat(breaker.state()).isEqualTo(State.OPEN);
        }
    }

    @Test
    void after_it_was_closed_the_open_period_begins_small_again() {
        target.fail(5);
        waitUntilTrial();
        target.fail();
        waitUntilTrial();
        target.succeed();

        target.fail(5);

        assertThat(Target.wait(breaker)).isLessThan(Duration.ofSeconds(34));
    }

    @Test
    void an_open_period_longer_than_the_usual_longest_does_not_grow() {
        CircuitBreaker slow = breaker(Policies.failures(1, SECOND, Duration.ofHours(1)));
        Target its = new Target(slow);

        for (int i = 0; i < 4; i++) {
            its.fail();
            assertThat(Target.wait(slow)).isBetween(Duration.ofMinutes(54), Duration.ofMinutes(66));
            clock.advance(Target.wait(slow));
        }
    }

    @Test
    void a_trial_that_hangs_cannot_wedge_it_the_next_caller_gets_a_trial_after_the_lease() {
        target.fail(5);
        waitUntilTrial();

        target.call(hung -> {
            clock.advance(Target.wait(breaker).minus(NANO));
            assertThat(target.succeed()).isEqualTo(Outcome.REFUSED);
            clock.advance(NANO);
            assertThat(target.fail()).as("the second trial").isEqualTo(Outcome.FAILED);
            // the hung one counts as failed too: this is the third period
            assertThat(Target.wait(breaker).toMillis()).isBetween(108_000L, 132_000L);
            return "late";
        });

        assertThat(breaker.state()).as("after a late success").isEqualTo(State.OPEN);
    }

    @Test
    void trials_that_hang_come_ever_more_seldom() {
        target.fail(5);
        waitUntilTrial();
        List<Long> leases = new ArrayList<>();

        hang(4, leases);

        assertThat(leases).hasSize(4);
        assertThat(leases.get(0)).isBetween(27_000L, 33_000L);
        assertThat(leases.get(1)).isBetween(54_000L, 66_000L);
        assertThat(leases.get(2)).isBetween(108_000L, 132_000L);
        assertThat(leases.get(3)).isBetween(216_000L, 264_000L);
    }

    /** Trials inside one another, each as long as its lease. */
    private void hang(int trials, List<Long> leases) {
        if (trials > 0) {
            target.call(hung -> {
                Duration lease = Target.wait(breaker);
                leases.add(lease.toMillis());
                clock.advance(lease);
                hang(trials - 1, leases);
                return "late";
            });
        }
    }

    @Test
    void a_target_that_is_well_but_slower_than_the_open_period_closes_it_all_the_same() {
        target.fail(5);
        waitUntilTrial();

        target.call(first -> {
            clock.advance(Target.wait(breaker));
            target.call(second -> {
                clock.advance(Duration.ofSeconds(45));
                return "slow";
            });
            return "late";
        });

        assertThat(breaker.state()).isEqualTo(State.CLOSED);
    }

    @Test
    void a_trial_that_says_nothing_is_given_to_the_next_caller_at_once() {
        target.fail(5);
        waitUntilTrial();

        target.call(argument -> {
            throw new InterruptedException();
        });
        assertThat(breaker.state()).isNotEqualTo(State.CLOSED);
        target.call(argument -> {
            throw new Target.Refused(false);
        });

        assertThat(target.fail()).isEqualTo(Outcome.FAILED);
        assertThat(Target.wait(breaker).toMillis())
                .as("one failed trial, not three")
                .isBetween(54_000L, 66_000L);
    }

    // ---- late results

    @Test
    void a_failure_of_a_call_that_began_before_it_opened_changes_nothing() {
        target.call(late -> {
            target.fail(5);
            clock.advance(SECOND);
            throw new IllegalStateException();
        });

        assertThat(Target.wait(breaker)).isBetween(Duration.ofSeconds(26), Duration.ofSeconds(32));
    }

    @Test
    void a_success_of_a_call_that_began_before_it_opened_does_not_close_it() {
        target.call(late -> {
            target.fail(5);
            return "result";
        });

        assertThat(breaker.state()).isEqualTo(State.OPEN);
    }

    @Test
    void failures_of_calls_that_began_before_it_opened_do_not_count_after_it_was_closed_again() {
        Ticket before = breaker.enter();
        target.fail(5);
        waitUntilTrial();
        target.succeed();

        for (int i = 0; i < 10; i++) {
            before.onFailure(0, false);
        }

        assertThat(breaker.state()).isEqualTo(State.CLOSED);
    }

    @Test
    void a_late_call_says_nothing_about_a_trial() {
        Ticket before = breaker.enter();
        target.fail(5);
        waitUntilTrial();
        Ticket trial = breaker.enter();

        before.onFailure(0, false);
        before.onSuccess(0);
        before.onNeutral();

        assertThat(breaker.state()).isEqualTo(State.HALF_OPEN);
        trial.onSuccess(0);
        trial.onFailure(0, false);
        trial.onNeutral();
        assertThat(breaker.state()).isEqualTo(State.CLOSED);
    }

    // ---- many threads

    @Test
    void of_many_threads_at_the_end_of_the_open_period_exactly_one_runs_the_trial() throws Exception {
        int threads = 8;
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            for (int round = 0; round < 200; round++) {
                CircuitBreaker circuit = breaker(Policies.failures(1, SECOND, SECOND));
                new Target(circuit).fail();
                clock.advance(Target.wait(circuit));
                CyclicBarrier start = new CyclicBarrier(threads);
                CountDownLatch refused = new CountDownLatch(threads - 1);
                AtomicInteger trials = new AtomicInteger();
                List<Future<Outcome>> outcomes = new ArrayList<>();
                for (int i = 0; i < threads; i++) {
                    outcomes.add(executor.submit(() -> {
                        start.await(30, TimeUnit.SECONDS);
                        Outcome outcome = new Target(circuit).call(argument -> {
                            trials.incrementAndGet();
                            // holds the trial until all others have been refused
                            assertThat(refused.await(30, TimeUnit.SECONDS)).isTrue();
                            return "result";
                        });
                        refused.countDown();
                        return outcome;
                    }));
                }
                List<Outcome> all = new ArrayList<>();
                for (Future<Outcome> outcome : outcomes) {
                    all.add(outcome.get(30, TimeUnit.SECONDS));
                }

                assertThat(trials).hasValue(1);
                assertThat(all).containsOnlyOnce(Outcome.SUCCEEDED).doesNotContain(Outcome.FAILED);
                assertThat(circuit.state()).isEqualTo(State.CLOSED);
            }
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void of_failures_of_many_threads_every_one_counts_and_they_open_it_once() throws Exception {
        int threads = 4;
        int rounds = 50;
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            for (int round = 0; round < rounds; round++) {
                CircuitBreaker circuit = breaker(Policies.failures(1_000, THIRTY, THIRTY));
                CyclicBarrier start = new CyclicBarrier(threads);
                List<Future<?>> done = new ArrayList<>();
                for (int i = 0; i < threads; i++) {
                    int failures = i == 0 ? 250 : 249; // 997 together
                    done.add(executor.submit(() -> {
                        start.await(30, TimeUnit.SECONDS);
                        for (int n = 0; n < failures; n++) {
                            circuit.enter().onFailure(0, false);
                        }
                        return null;
                    }));
                }
                for (Future<?> thread : done) {
                    thread.get(30, TimeUnit.SECONDS);
                }
                assertThat(circuit.state()).as("after 997 failures").isEqualTo(State.CLOSED);
                circuit.enter().onFailure(0, false);
                circuit.enter().onFailure(0, false);
                assertThat(circuit.state()).as("after 999 failures").isEqualTo(State.CLOSED);
                circuit.enter().onFailure(0, false);
                assertThat(circuit.state()).as("after 1000 failures").isEqualTo(State.OPEN);
            }
        } finally {
            executor.shutdownNow();
        }
        assertThat(log.lines()).hasSize(rounds);
    }

    // ---- the log

    @Test
    void every_change_is_logged_once() {
        target.fail(5);
        long first = Target.wait(breaker).toMillis();
        for (int i = 0; i < 10; i++) {
            target.succeed();
        }
        waitUntilTrial();
        target.fail();
        long second = Target.wait(breaker).toMillis();
        waitUntilTrial();
        target.succeed();

        assertThat(log.lines())
                .containsExactly(
                        "WARNING circuit 'payments' is open after 5 failures within 30s: calls are refused for " + first
                                + " ms",
                        "INFO circuit 'payments' is half-open: one trial call goes through",
                        "WARNING circuit 'payments' is open after a failed trial call: calls are refused for " + second
                                + " ms",
                        "INFO circuit 'payments' is half-open: one trial call goes through",
                        "INFO circuit 'payments' is closed: its target answers again");
    }
}
