package io.seawall.resilience.retry;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.test.FakeClock;
import io.seawall.test.Property;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {

    private static final long SECOND = 1_000_000_000L;

    private final FakeClock clock = new FakeClock();

    /** What was told of the budget's state. */
    private final List<Boolean> told = new ArrayList<>();

    private RetryBudget budget(int percent, int perSecond) {
        return new RetryBudget("payments", new BudgetPolicy(percent, perSecond), clock, told::add);
    }

    private static void calls(RetryBudget budget, int calls) {
        for (int i = 0; i < calls; i++) {
            budget.onCall();
        }
    }

    /** How many retries it grants until it refuses one. */
    private static int grants(RetryBudget budget) {
        int grants = 0;
        while (budget.tryRetry()) {
            grants++;
        }
        return grants;
    }

    @Test
    void a_target_without_many_calls_has_ten_seconds_of_its_floor() {
        RetryBudget budget = budget(10, 1);
        budget.onCall();

        assertThat(grants(budget)).isEqualTo(10);
        assertThat(budget.granted()).isEqualTo(10);
        assertThat(budget.refused()).isEqualTo(1);
    }

    @Test
    void calls_earn_their_part_of_a_retry() {
        RetryBudget budget = budget(10, 1);
        calls(budget, 256); // whose last notes the time
        calls(budget, 1_000);

        assertThat(grants(budget)).isEqualTo(10 + 100);
    }

    @Test
    void without_a_floor_only_calls_earn_retries() {
        RetryBudget budget = budget(50, 0);
        assertThat(budget.tryRetry()).isFalse();
        budget.onCall();
        assertThat(budget.tryRetry()).isFalse();

        budget.onCall();

        assertThat(grants(budget)).isEqualTo(1);
    }

    @Test
    void without_a_part_of_the_calls_only_time_earns_retries() {
        RetryBudget budget = budget(0, 2);
        calls(budget, 10_000);

        assertThat(grants(budget)).isEqualTo(20);
    }

    @Test
    void what_was_spent_comes_back_when_its_window_is_over_and_not_before() {
        RetryBudget budget = budget(10, 1);
        assertThat(grants(budget)).isEqualTo(10);

        clock.advance(Duration.ofMillis(10_249)); // the slice of the retries still touches the window
        assertThat(budget.tryRetry()).isFalse();
        clock.advance(Duration.ofMillis(1));

        assertThat(grants(budget)).isEqualTo(10);
    }

    @Test
    void what_was_saved_in_ten_seconds_cannot_be_spent_in_one() {
        RetryBudget budget = budget(10, 1);
        for (int second = 0; second < 10; second++) {
            calls(budget, 1_000);
            clock.advance(Duration.ofSeconds(1));
        }

        // 900 and more are left of the 10 s, but none of the calls is less than 1 s old.
        assertThat(grants(budget)).isEqualTo(10);
    }

    @Test
    void another_policy_holds_at_once_for_what_was_spent_before_too() {
        RetryBudget budget = budget(10, 1);
        assertThat(grants(budget)).isEqualTo(10);

        budget.apply(new BudgetPolicy(10, 3));
        assertThat(grants(budget)).isEqualTo(20);

        budget.apply(new BudgetPolicy(10, 1));
        assertThat(budget.tryRetry()).isFalse();
    }

    @Test
    void it_tells_when_it_begins_to_refuse_and_when_it_has_not_refused_for_ten_seconds() {
        RetryBudget budget = budget(10, 1);
        assertThat(told).isEmpty();

        grants(budget);
        budget.tryRetry();
        assertThat(told).containsExactly(true);

        budget.apply(new BudgetPolicy(10, 100));
        clock.advance(Duration.ofSeconds(10).minusNanos(1));
        assertThat(budget.tryRetry()).isTrue();
        assertThat(told).containsExactly(true);

        clock.advanceNanos(1);
        assertThat(budget.tryRetry()).isTrue();
        assertThat(budget.tryRetry()).isTrue();
        assertThat(told).containsExactly(true, false);

        budget.apply(new BudgetPolicy(0, 1));
        grants(budget);
        budget.tryRetry();
        assertThat(told).containsExactly(true, false, true);
    }

    /** Remembers every call and every retry, and counts them anew each time. */
    private static final class Log {

        final List<Long> calls = new ArrayList<>();
        final List<Long> retries = new ArrayList<>();

        /** Whether one more retry stays within the law, in hundredths; some calls may go unseen. */
        boolean leavesOne(BudgetPolicy policy, long now, long callsNanos, long retriesNanos, long unseenCalls) {
            long counted = Math.max(0, since(calls, now - callsNanos) - unseenCalls);
            return 100 * (since(retries, now - retriesNanos) + 1)
                    <= policy.percent() * counted + 1_000L * policy.perSecond();
        }

        /** How many came later than this. */
        private static long since(List<Long> instants, long nanos) {
            return instants.stream().filter(instant -> instant > nanos).count();
        }
    }

    @Test
    void it_never_grants_what_a_full_log_would_refuse_and_refuses_no_more_than_its_coarseness_explains() {
        int[] answers = new int[2];
        Property.holds(60, random -> {
            BudgetPolicy policy = new BudgetPolicy(random.nextInt(101), random.nextInt(1, 4));
            FakeClock time = new FakeClock();
            long start = time.getAsLong();
            RetryBudget budget = new RetryBudget("payments", policy, time, exhausted -> {});
            Log log = new Log();
            long slice = BudgetWindow.SLICE_NANOS;

            for (int step = 0; step < 150; step++) {
                // Now and then a long silence, or an instant on the very edge of a slice.
                time.advanceNanos(
                        switch (random.nextInt(12)) {
                            case 0 -> random.nextLong(12 * SECOND);
                            case 1, 2 -> slice - (time.getAsLong() - start) % slice;
                            default -> random.nextLong(SECOND / 3);
                        });
                long now = time.getAsLong() - start;
                for (int calls = random.nextInt(3) == 0 ? random.nextInt(600) : random.nextInt(20);
                        calls > 0;
                        calls--) {
                    budget.onCall();
                    log.calls.add(now);
                }
                for (int asked = random.nextInt(12); asked > 0; asked--) {
                    boolean granted = budget.tryRetry();
                    boolean law = true;
                    boolean explained = false;
                    for (long length : new long[] {10 * SECOND, SECOND}) {
                        law &= log.leavesOne(policy, now, length, length, 0);
                        explained |= !log.leavesOne(policy, now, length - slice, length + slice, 256);
                    }
                    assertThat(!granted || law).as("granted against the law").isTrue();
                    assertThat(granted || explained).as("refused without need").isTrue();
                    if (granted) {
                        log.retries.add(now);
                    }
                    answers[granted ? 1 : 0]++;
                }
            }
        });
        assertThat(answers[0]).as("refusals").isGreaterThan(1_000);
        assertThat(answers[1]).as("grants").isGreaterThan(1_000);
    }

    @Test
    void threads_together_get_no_more_than_one_alone_and_not_less_than_is_certain() throws Exception {
        int threads = 8;
        int callsEach = 20_000;
        RetryBudget budget = budget(10, 1);
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            CyclicBarrier start = new CyclicBarrier(threads);
            List<Future<Integer>> granted = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                Callable<Integer> caller = () -> {
                    start.await();
                    int mine = 0;
                    for (int i = 0; i < callsEach; i++) {
                        budget.onCall();
                        mine += budget.tryRetry() ? 1 : 0; // everything fails: ten times more than there is
                    }
                    return mine;
                };
                granted.add(executor.submit(caller));
            }
            int all = 0;
            for (Future<Integer> one : granted) {
                all += one.get();
            }

            // The clock stands still: the first retry that is asked for notes the time, after 8 calls at most.
            int calls = threads * callsEach;
            assertThat(all).isBetween(10 + (calls - 8) / 10, 10 + calls / 10);
            assertThat(budget.granted()).isEqualTo(all);
            assertThat(budget.refused()).isEqualTo(calls - all);
        } finally {
            executor.shutdownNow();
        }
    }
}
