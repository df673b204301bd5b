package io.seawall.resilience.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.resilience.RejectedException;
import io.seawall.resilience.RetryAfter;
import io.seawall.resilience.circuitbreaker.BreakerPolicy;
import io.seawall.resilience.circuitbreaker.CircuitBreaker;
import io.seawall.resilience.circuitbreaker.FailureRule;
import io.seawall.resilience.circuitbreaker.OpenPeriod;
import io.seawall.resilience.circuitbreaker.Over;
import io.seawall.resilience.circuitbreaker.RateRule;
import io.seawall.resilience.retry.Backoff;
import io.seawall.resilience.retry.BudgetPolicy;
import io.seawall.resilience.retry.Growth;
import io.seawall.resilience.retry.Jitter;
import io.seawall.resilience.retry.RetryPolicy;
import io.seawall.resilience.timer.Alarm;
import io.seawall.resilience.timer.HandTimer;
import io.seawall.test.FakeClock;
import io.seawall.test.Property;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Calls that return their result and calls whose result comes later: the same history makes of both the same attempts at the
 * same instants, the same outcomes, and the same circuit. A bulkhead is not among it, since only an attempt that goes on
 * when it is too late holds its permit for longer.
 */
class TwinTest {

    private static final List<Jitter> JITTERS = List.of(Jitter.values());

    /** What an attempt comes to, and after how many milliseconds. */
    private record Outcome(
            int millis, @Nullable Object result, @Nullable Throwable failure) {

        static Outcome next(RandomGenerator random) {
            int millis = random.nextInt(5) == 0 ? random.nextInt(60) : random.nextInt(3);
            return switch (random.nextInt(12)) {
                case 0, 1, 2, 3 -> new Outcome(millis, "good", null);
                case 4 -> new Outcome(millis, "bad", null);
                case 5 -> new Outcome(millis, null, new IllegalArgumentException("the caller's fault"));
                case 6 -> new Outcome(millis, null, new Busy(random.nextInt(80)));
                case 7 -> new Outcome(millis, null, new Refused());
                case 8 -> new Outcome(millis, null, new StackOverflowError());
                default -> new Outcome(millis, null, new IOException("down"));
            };
        }
    }

    /** A dependency that says when to come again. */
    private static final class Busy extends IOException implements RetryAfter {

        private static final long serialVersionUID = 1L;

        private final int millis;

        Busy(int millis) {
            this.millis = millis;
        }

        @Override
        public Optional<Duration> retryAfter() {
            return Optional.of(Duration.ofMillis(millis));
        }
    }

    /** By another target, further inside. */
    private static final class Refused extends RejectedException {

        private static final long serialVersionUID = 1L;

        Refused() {
            super("another", "refused", false, null, null);
        }

        @Override
        protected String words() {
            return "another refuses";
        }
    }

    /** One of the two. */
    private abstract static class Twin {

        final FakeClock clock = new FakeClock();
        final HandTimer timer = new HandTimer(clock);
        private final long beginNanos = clock.getAsLong();
        private final SplittableRandom chance;
        private final SplittableRandom outcomes;
        private final List<String> diary = new ArrayList<>();
        final Pipeline<String> pipeline;
        private final Targets targets;

        Twin(long settings) {
            SplittableRandom random = new SplittableRandom(settings);
            chance = random.split();
            outcomes = random.split();
            targets = new Targets(new Surroundings(
                    clock,
                    InstantSource.system(),
                    () -> chance,
                    nanos -> timer.advance(Duration.ofNanos(nanos)),
                    timer,
                    Runnable::run,
                    List.of(),
                    event -> note(event.kind().toString())));
            Pipeline.Builder<String> builder = targets.around("payments", call -> attempt());
            set(builder, random);
            pipeline = builder.build();
        }

        private static void set(Pipeline.Builder<String> builder, RandomGenerator random) {
            Duration base = Duration.ofMillis(1 + random.nextInt(20));
            Backoff backoff = new Backoff(
                    base,
                    base.multipliedBy(1 + random.nextInt(6)),
                    random.nextBoolean() ? Growth.EXPONENTIAL : Growth.FIXED,
                    JITTERS.get(random.nextInt(JITTERS.size())));
            builder.retry(new RetryPolicy(random.nextInt(5), backoff, List.of(), List.of(), "bad"::equals));
            if (random.nextBoolean()) {
                builder.budget(new BudgetPolicy(random.nextInt(100), 1 + random.nextInt(3)));
            } else {
                builder.noBudget();
            }
            if (random.nextInt(4) > 0) {
                builder.breaker(breaker(random));
            }
            if (random.nextBoolean()) {
                builder.timeout(Duration.ofMillis(1 + random.nextInt(40)));
            }
            if (random.nextBoolean()) {
                builder.deadline(Duration.ofMillis(1 + random.nextInt(120)));
            }
            if (random.nextInt(3) == 0) {
                builder.fallback(
                        (call, failure) -> "instead of " + failure.getClass().getSimpleName());
            }
        }

        private static BreakerPolicy breaker(RandomGenerator random) {
            Duration within = Duration.ofMillis(100 + random.nextInt(2_000));
            Over over = random.nextBoolean() ? new Over.Time(within) : new Over.Calls(1 + random.nextInt(10));
            RateRule rates = random.nextBoolean()
                    ? null
                    : new RateRule(1 + random.nextInt(100), 50, Duration.ofMillis(20), 1 + random.nextInt(10), over);
            Duration open = Duration.ofMillis(10 + random.nextInt(300));
            return new BreakerPolicy(
                    new FailureRule(1 + random.nextInt(8), within),
                    rates,
                    new OpenPeriod(open, open.multipliedBy(4)),
                    1 + random.nextInt(3),
                    List.of());
        }

        /** An attempt of the kind. */
        abstract @Nullable Object attempt() throws Exception;

        /** A call of the kind, to its end. */
        abstract void call();

        Outcome begin() {
            note("attempt");
            return Outcome.next(outcomes);
        }

        void note(String what) {
            diary.add((clock.getAsLong() - beginNanos) + " ns: " + what);
        }

        void noteEnd(@Nullable Object result, @Nullable Throwable failure) {
            String end = failure == null ? String.valueOf(result) : failure + Arrays.toString(failure.getSuppressed());
            note(end + ", circuit "
                    + targets.find("payments").flatMap(Target::breaker).map(CircuitBreaker::state));
        }

        static Alarm alarm(Runnable ringing) {
            return new Alarm() {
                @Override
                protected void ring() {
                    ringing.run();
                }
            };
        }

        List<String> live(long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            for (int step = 0; step < 40; step++) {
                switch (random.nextInt(40)) {
                    case 0 -> breaker().ifPresent(CircuitBreaker::forceOpen);
                    case 1 -> breaker().ifPresent(CircuitBreaker::disable);
                    case 2, 3 -> breaker().ifPresent(CircuitBreaker::reset);
                    case 4, 5, 6, 7, 8, 9, 10 -> timer.advance(Duration.ofMillis(random.nextInt(400)));
                    default -> call();
                }
            }
            return diary;
        }

        private Optional<CircuitBreaker> breaker() {
            return targets.find("payments").flatMap(Target::breaker);
        }
    }

    private static final class Returning extends Twin {

        Returning(long settings) {
            super(settings);
        }

        /** Time passes on the thread that is interrupted when there is too much of it. */
        @Override
        @Nullable
        Object attempt() throws Exception {
            Outcome outcome = begin();
            AtomicBoolean over = new AtomicBoolean(outcome.millis() == 0);
            Alarm end = alarm(() -> over.set(true));
            if (!over.get()) {
                timer.set(end, Duration.ofMillis(outcome.millis()).toNanos());
            }
            while (!over.get()) {
                timer.advanceToNext();
                if (Thread.interrupted()) {
                    timer.unset(end);
                    throw new InterruptedException();
                }
            }
            if (outcome.failure() instanceof Error error) {
                throw error;
            }
            if (outcome.failure() instanceof Exception exception) {
                throw exception;
            }
            return outcome.result();
        }

        @Override
        void call() {
            try {
                noteEnd(pipeline.execute("x"), null);
            } catch (Throwable failure) {
                noteEnd(null, failure);
            }
        }
    }

    private static final class Later extends Twin {

        Later(long settings) {
            super(settings);
        }

        @Override
        CompletionStage<@Nullable Object> attempt() {
            Outcome outcome = begin();
            CompletableFuture<@Nullable Object> stage = new CompletableFuture<>();
            if (outcome.millis() == 0) {
                end(stage, outcome);
                return stage;
            }
            timer.set(
                    alarm(() -> end(stage, outcome)),
                    Duration.ofMillis(outcome.millis()).toNanos());
            return stage;
        }

        private static void end(CompletableFuture<@Nullable Object> stage, Outcome outcome) {
            if (outcome.failure() == null) {
                stage.complete(outcome.result());
            } else {
                stage.completeExceptionally(outcome.failure());
            }
        }

        /** Not a step further than the end of the call: the clock would be later than that of the twin. */
        @Override
        void call() {
            CompletionStage<@Nullable Object> stage = pipeline.start("x");
            AtomicBoolean ended = new AtomicBoolean();
            stage.handle((result, failure) -> {
                noteEnd(result, failure);
                ended.set(true);
                return null;
            });
            while (!ended.get()) {
                timer.advanceToNext();
            }
        }
    }

    @Test
    void the_same_history_makes_of_both_kinds_of_call_the_same() {
        Property.holds(500, random -> {
            long settings = random.nextLong();
            long history = random.nextLong();

            List<String> returning = new Returning(settings).live(history);
            List<String> later = new Later(settings).live(history);

            for (int i = 0; i < Math.min(returning.size(), later.size()); i++) {
                assertThat(later.get(i)).as("after %s", returning.subList(0, i)).isEqualTo(returning.get(i));
            }
            assertThat(later).hasSameSizeAs(returning);
        });
    }
}
