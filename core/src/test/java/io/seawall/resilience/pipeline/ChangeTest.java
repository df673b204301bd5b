package io.seawall.resilience.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.seawall.events.ChaosEvent;
import io.seawall.events.Events;
import io.seawall.resilience.chaos.Chaos;
import io.seawall.resilience.chaos.ChaosPolicy;
import io.seawall.resilience.chaos.InjectedFaultException;
import io.seawall.resilience.circuitbreaker.BreakerPolicy;
import io.seawall.resilience.circuitbreaker.CircuitBreaker;
import io.seawall.test.CapturedLog;
import io.seawall.test.Policies;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChangeTest {

    private static final BreakerPolicy OTHER = Policies.failures(3, Duration.ofSeconds(1), Duration.ofSeconds(1));

    private final Targets targets = new Targets();

    @AfterEach
    void close() {
        targets.close();
    }

    /** Its scope notes the generation in the call, and its fallback answers with it. */
    private Pipeline.Builder<int[]> generation(int number) {
        return targets.<int[]>around("payments", call -> {
                    throw new IOException();
                })
                .attemptScope(attempt -> (call, deadline) -> {
                    call[0] = number;
                    return attempt.execute(call, deadline);
                })
                .fallback((call, failure) -> number);
    }

    private CircuitBreaker breaker() {
        return targets.find("payments").flatMap(Target::breaker).orElseThrow();
    }

    @Test
    void a_pipeline_goes_by_other_settings_once_they_are_applied() throws Exception {
        Pipeline<int[]> pipeline = generation(1).build();
        Change change = targets.change("payments").put(pipeline, generation(2));
        assertThat(pipeline.execute(new int[1])).isEqualTo(1);

        change.apply();

        assertThat(pipeline.execute(new int[1])).isEqualTo(2);
    }

    @Test
    void a_circuit_takes_the_other_rule_and_stays_the_same() {
        Pipeline<int[]> pipeline =
                generation(1).breaker(BreakerPolicy.defaults()).build();
        CircuitBreaker breaker = breaker();
        breaker.forceOpen();

        targets.change("payments").put(pipeline, generation(2).breaker(OTHER)).apply();

        assertThat(breaker()).isSameAs(breaker);
        assertThat(breaker.policy()).isEqualTo(OTHER);
        assertThat(breaker.state()).isEqualTo(CircuitBreaker.State.FORCED_OPEN);
    }

    @Test
    void a_change_that_others_contradict_changes_nothing() throws Exception {
        Pipeline<int[]> pipeline =
                generation(1).breaker(BreakerPolicy.defaults()).build();
        generation(1).breaker(BreakerPolicy.defaults()).build();

        assertThatIllegalArgumentException()
                .isThrownBy(
                        targets.change("payments").put(pipeline, generation(2).breaker(OTHER))::apply)
                .withMessageStartingWith("target 'payments' has one circuit and two rules for it: ");

        assertThat(breaker().policy()).isEqualTo(BreakerPolicy.defaults());
        assertThat(pipeline.execute(new int[1])).isEqualTo(1);
    }

    @Test
    void all_pipelines_of_a_target_can_change_what_they_share_together() {
        Pipeline<int[]> one = generation(1).breaker(BreakerPolicy.defaults()).build();
        Pipeline<int[]> two = generation(1).breaker(BreakerPolicy.defaults()).build();

        targets.change("payments")
                .put(one, generation(2).breaker(OTHER))
                .put(two, generation(2).breaker(OTHER))
                .apply();

        assertThat(breaker().policy()).isEqualTo(OTHER);
    }

    @Test
    void what_nobody_wants_any_more_is_gone() {
        Pipeline<int[]> pipeline = generation(1).breaker(OTHER).build();

        targets.change("payments").put(pipeline, generation(2)).apply();

        assertThat(targets.find("payments").flatMap(Target::breaker)).isEmpty();
    }

    @Test
    void chaos_is_told_of_once_for_all_pipelines_when_it_begins_changes_and_ends() {
        ChaosPolicy some = new ChaosPolicy(Duration.ZERO, 0, 10);
        ChaosPolicy more = new ChaosPolicy(Duration.ZERO, 0, 20);
        try (CapturedLog log = new CapturedLog(Events.class)) {
            Pipeline<int[]> one = generation(1).chaos(some).build();
            Pipeline<int[]> two = generation(1).chaos(some).build();
            targets.change("payments")
                    .put(one, generation(2).chaos(some))
                    .put(two, generation(2).chaos(some))
                    .apply();
            assertThat(ofChaos(log)).singleElement().asString().contains("is told to misbehave", "10% fail");

            targets.change("payments")
                    .put(one, generation(3).chaos(more))
                    .put(two, generation(3))
                    .apply();
            assertThat(ofChaos(log).skip(1)).singleElement().asString().contains("20% fail");

            targets.change("payments").put(one, generation(4)).apply();
            assertThat(ofChaos(log).skip(2)).containsExactly("INFO target 'payments' does not misbehave any more");
        }
    }

    @Test
    void chaos_that_cannot_be_had_is_not_told_of() {
        generation(1).chaos(new ChaosPolicy(Duration.ZERO, 0, 10)).build();
        try (CapturedLog log = new CapturedLog(Events.class)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(generation(1).chaos(new ChaosPolicy(Duration.ZERO, 0, 20))::build)
                    .withMessageContaining("one chaos and two rules");
            assertThat(ofChaos(log)).isEmpty();
        }
    }

    @Test
    void chaos_ends_with_the_application() {
        generation(1).chaos(new ChaosPolicy(Duration.ZERO, 0, 10)).build();
        try (CapturedLog log = new CapturedLog(Events.class)) {
            targets.close();
            targets.close();
            assertThat(ofChaos(log)).containsExactly("INFO target 'payments' does not misbehave any more");
        }
    }

    private static Stream<String> ofChaos(CapturedLog log) {
        return log.lines().stream().filter(line -> line.contains("misbehave"));
    }

    @Test
    void who_listens_hears_of_a_change_what_whoever_makes_it_says() {
        Pipeline<int[]> pipeline = generation(1).build();
        try (CapturedLog log = new CapturedLog(Events.class)) {
            targets.change("payments").put(pipeline, generation(2)).apply();
            targets.change("payments").put(pipeline, generation(3)).apply("the third generation");
            assertThat(log.lines())
                    .containsExactly(
                            "INFO target 'payments' goes by other settings from now on", "INFO the third generation");
        }
    }

    @Test
    void a_change_is_about_one_target() {
        Pipeline<int[]> pipeline = generation(1).build();
        Pipeline<String> mail = targets.<String>around("mail", call -> call).build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> targets.change("payments").put(mail, targets.around("mail", call -> call)))
                .withMessage(
                        "a change of target 'payments' is about pipelines of that target alone: this one is of 'mail',"
                                + " and is to be one of 'mail'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> targets.change("mail").put(pipeline, generation(2)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> targets.change("male"))
                .withMessage("there is no target 'male': there are [mail, payments]");
    }

    /** Payara takes a lock of its map for every call. */
    @Test
    void no_call_waits_for_a_change_that_is_under_way() throws Exception {
        CountDownLatch changing = new CountDownLatch(1);
        CountDownLatch called = new CountDownLatch(1);
        Surroundings system = Surroundings.ofSystem(Thread::new, Runnable::run);
        Targets watched = new Targets(new Surroundings(
                system.nanoTime(),
                system.wallClock(),
                system.random(),
                system.sleeper(),
                system.timer(),
                system.executor(),
                List.of(),
                event -> {
                    if (event instanceof ChaosEvent) {
                        changing.countDown();
                        await(called);
                    }
                }));
        Pipeline<String> pipeline = watched.<String>around("payments", call -> call)
                .breaker(BreakerPolicy.defaults())
                .build();
        ChaosPolicy chaos = new ChaosPolicy(Duration.ZERO, 0, 100);
        ExecutorService other = Executors.newSingleThreadExecutor();
        try (CapturedLog words = new CapturedLog(Chaos.class)) {
            Future<?> change = other.submit(() -> watched.change("payments")
                    .put(
                            pipeline,
                            watched.<String>around("payments", call -> call).chaos(chaos))
                    .apply());
            await(changing);

            assertThat(pipeline.execute("x")).as("by the old settings").isEqualTo("x");

            called.countDown();
            change.get(60, TimeUnit.SECONDS);
            assertThatThrownBy(() -> pipeline.execute("x")).isInstanceOf(InjectedFaultException.class);
            assertThat(words.lines()).isNotEmpty();
        } finally {
            called.countDown();
            other.shutdownNow();
            watched.close();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupt) {
            throw new AssertionError(interrupt);
        }
    }

    /** Two pipelines are changed together, again and again, while 8 threads call them in turns. */
    @Test
    void no_call_meets_a_mixture_of_old_and_new() throws Exception {
        int last = 2_000;
        Pipeline<int[]> one = generation(0).build();
        Pipeline<int[]> two = generation(0).build();
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService callers = Executors.newFixedThreadPool(8);
        List<Future<Integer>> met = new ArrayList<>();
        try {
            for (int caller = 0; caller < 8; caller++) {
                met.add(callers.submit(() -> {
                    int generation = 0;
                    while (!over.get() || generation < last) {
                        for (Pipeline<int[]> pipeline : List.of(one, two)) {
                            int[] noted = new int[1];
                            int answered = (int) Objects.requireNonNull(pipeline.execute(noted));
                            assertThat(noted[0])
                                    .as("scope and fallback of one call")
                                    .isEqualTo(answered);
                            assertThat(answered)
                                    .as("what one pipeline is, the other is too")
                                    .isGreaterThanOrEqualTo(generation);
                            generation = answered;
                        }
                    }
                    return generation;
                }));
            }
            for (int generation = 1; generation <= last; generation++) {
                targets.change("payments")
                        .put(one, generation(generation))
                        .put(two, generation(generation))
                        .apply();
            }
            over.set(true);
            for (Future<Integer> caller : met) {
                assertThat(caller.get(60, TimeUnit.SECONDS)).isEqualTo(last);
            }
        } finally {
            over.set(true);
            callers.shutdownNow();
        }
    }
}
