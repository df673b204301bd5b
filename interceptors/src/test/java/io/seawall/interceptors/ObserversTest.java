package io.seawall.interceptors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.seawall.events.CircuitEvent;
import io.seawall.events.Events;
import io.seawall.events.RetryBudgetEvent;
import io.seawall.events.SeawallEvent;
import io.seawall.interceptors.observers.Observers;
import io.seawall.metrics.MetricRegistry;
import io.seawall.metrics.Sample;
import io.seawall.test.CapturedLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How the beans of an application hear of what happens. */
class ObserversTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    /** More than wait in the queue, and one that is under way. */
    private static final int TOO_MANY = 300;

    @ApplicationScoped
    static class Bank {

        @Resilient(target = "bank")
        void deposit() {}
    }

    /** What an observer has seen. */
    record Heard(SeawallEvent event, String thread, boolean hasRequest) {}

    @RequestScoped
    static class Basket {

        private int size;

        int size() {
            return size;
        }
    }

    @ApplicationScoped
    static class Listener {

        final Queue<Heard> circuits = new ConcurrentLinkedQueue<>();
        final Queue<SeawallEvent> all = new ConcurrentLinkedQueue<>();
        final Queue<Heard> later = new ConcurrentLinkedQueue<>();

        @Inject
        Basket basket;

        Queue<Heard> circuits() {
            return circuits;
        }

        Queue<SeawallEvent> all() {
            return all;
        }

        Queue<Heard> later() {
            return later;
        }

        void onCircuit(@Observes CircuitEvent event) {
            circuits.add(new Heard(event, Thread.currentThread().getName(), hasRequest()));
        }

        void onAnything(@Observes SeawallEvent event) {
            all.add(event);
        }

        void onCircuitLater(@ObservesAsync CircuitEvent event) {
            later.add(new Heard(event, Thread.currentThread().getName(), hasRequest()));
        }

        private boolean hasRequest() {
            try {
                return basket.size() == 0;
            } catch (ContextNotActiveException none) {
                return false;
            }
        }
    }

    @ApplicationScoped
    static class Failing {

        void onCircuit(@Observes CircuitEvent event) {
            if (event.to() == CircuitEvent.State.FORCED_OPEN) {
                throw new IllegalStateException("sync");
            }
        }

        void onCircuitLater(@ObservesAsync CircuitEvent event) {
            throw new IllegalStateException("async");
        }
    }

    @ApplicationScoped
    static class Slow {

        final CountDownLatch begun = new CountDownLatch(1);
        final CountDownLatch end = new CountDownLatch(1);
        final Queue<SeawallEvent> told = new ConcurrentLinkedQueue<>();

        void begun() throws InterruptedException {
            assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
        }

        void end() {
            end.countDown();
        }

        int told() {
            return told.size();
        }

        void onBudget(@Observes RetryBudgetEvent event) throws InterruptedException {
            told.add(event);
            begun.countDown();
            end.await();
        }
    }

    @ApplicationScoped
    static class SlowLater {

        final CountDownLatch end = new CountDownLatch(1);
        final Queue<SeawallEvent> told = new ConcurrentLinkedQueue<>();

        void end() {
            end.countDown();
        }

        int told() {
            return told.size();
        }

        void onBudget(@ObservesAsync RetryBudgetEvent event) throws InterruptedException {
            told.add(event);
            end.await();
        }
    }

    private static SeawallTargets targets(SeContainer container) {
        return container.select(SeawallTargets.class).get();
    }

    private static SeawallEvent budget(int second) {
        return new RetryBudgetEvent(Instant.EPOCH.plusSeconds(second), "bank", true);
    }

    private static Observers observers(SeContainer container, MetricRegistry metrics) {
        Observers observers = new Observers(
                task -> new Thread(task, "test-events"), task -> new Thread(task, "test-later").start(), metrics);
        observers.begin(container.getBeanManager());
        return observers;
    }

    private static long dropped(MetricRegistry metrics) {
        return metrics.families().stream()
                .filter(family -> family.meter().name().equals("seawall.events.dropped"))
                .flatMap(family -> family.samples().stream())
                .mapToLong(sample -> ((Sample.Value) sample).value())
                .sum();
    }

    private static List<String> threads(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name::equals)
                .toList();
    }

    @Test
    void observers_hear_in_order_on_a_thread_that_is_not_the_callers_and_in_a_request_of_their_own() {
        try (SeContainer container = Containers.start(Bank.class, Listener.class, Basket.class)) {
            Listener listener = container.select(Listener.class).get();

            targets(container).forceOpen("bank");
            targets(container).reset("bank");

            await().atMost(LONG).until(() -> listener.circuits().size() == 2);
            assertThat(listener.circuits()).allSatisfy(heard -> {
                assertThat(heard.thread()).isEqualTo("seawall-events");
                assertThat(heard.hasRequest()).isTrue();
            });
            assertThat(listener.circuits())
                    .extracting(heard -> ((CircuitEvent) heard.event()).to())
                    .containsExactly(CircuitEvent.State.FORCED_OPEN, CircuitEvent.State.CLOSED);
            await().atMost(LONG).until(() -> listener.all().size() == 2);
        }
        assertThat(threads("seawall-events"))
                .as("after the end of the application")
                .isEmpty();
    }

    @Test
    void asynchronous_observers_hear_on_threads_of_their_own() {
        try (SeContainer container = Containers.start(Bank.class, Listener.class, Basket.class)) {
            Listener listener = container.select(Listener.class).get();

            targets(container).disable("bank");

            await().atMost(LONG).until(() -> listener.later().size() == 1);
            assertThat(listener.later()).singleElement().satisfies(heard -> {
                assertThat(heard.thread()).isEqualTo("seawall-async");
                assertThat(heard.hasRequest()).isTrue();
            });
        }
    }

    @Test
    void an_observer_that_fails_is_logged_and_hears_of_what_comes_next() {
        try (SeContainer container = Containers.start(Bank.class, Failing.class);
                CapturedLog log = new CapturedLog(Observers.class)) {
            targets(container).forceOpen("bank");
            targets(container).reset("bank");

            await().atMost(LONG).until(() -> log.lines().size() == 3);
            assertThat(log.lines())
                    .containsExactlyInAnyOrder(
                            "WARNING an observer of 'circuit-forced-open' of 'bank' has failed",
                            "WARNING an observer of 'circuit-forced-open' of 'bank' has failed",
                            "WARNING an observer of 'circuit-closed' of 'bank' has failed");
        }
    }

    @ApplicationScoped
    static class Mending {

        @Inject
        SeawallTargets targets;

        final Queue<CircuitEvent.State> told = new ConcurrentLinkedQueue<>();

        Queue<CircuitEvent.State> told() {
            return told;
        }

        void onCircuit(@Observes CircuitEvent event) {
            if (event.to() == CircuitEvent.State.FORCED_OPEN) {
                targets.reset(event.target());
            }
            told.add(event.to());
        }
    }

    /** Which it hears of after this one, and not within it. */
    @Test
    void an_observer_may_bring_about_the_next_event() {
        try (SeContainer container = Containers.start(Bank.class, Mending.class)) {
            Mending mending = container.select(Mending.class).get();
            targets(container).forceOpen("bank");
            await().atMost(LONG).until(() -> mending.told().size() == 2);
            assertThat(mending.told()).containsExactly(CircuitEvent.State.FORCED_OPEN, CircuitEvent.State.CLOSED);
        }
    }

    @ApplicationScoped
    static class AlwaysFailing {

        final Queue<SeawallEvent> told = new ConcurrentLinkedQueue<>();

        int told() {
            return told.size();
        }

        void onBudget(@Observes RetryBudgetEvent event) {
            told.add(event);
            throw new AssertionError("the pager is broken");
        }
    }

    @Test
    void an_observer_that_always_fails_is_told_of_everything_and_the_log_of_little() {
        try (SeContainer container = Containers.start(AlwaysFailing.class);
                CapturedLog log = new CapturedLog(Observers.class)) {
            AlwaysFailing failing = container.select(AlwaysFailing.class).get();
            try (Observers observers = observers(container, new MetricRegistry())) {
                for (int i = 0; i < 200; i++) {
                    observers.accept(budget(0));
                }
                await().atMost(LONG).until(() -> failing.told() == 200);
            }
            assertThat(log.lines())
                    .hasSize(5)
                    .last()
                    .asString()
                    .startsWith(
                            "WARNING an observer of 'retry-budget-exhausted' of 'bank' has failed (more of these until ");
        }
    }

    @Test
    void an_observer_that_hangs_holds_nobody_up_and_what_it_misses_is_counted_and_said_once() throws Exception {
        MetricRegistry metrics = new MetricRegistry();
        try (SeContainer container = Containers.start(Slow.class);
                Observers observers = observers(container, metrics);
                CapturedLog log = new CapturedLog(Observers.class)) {
            Slow slow = container.select(Slow.class).get();
            observers.accept(budget(0));
            slow.begun();
            for (int i = 1; i < TOO_MANY; i++) {
                observers.accept(budget(i));
            }
            assertThat(dropped(metrics)).isEqualTo(TOO_MANY - 1 - 256);
            assertThat(log.lines()).singleElement().asString().startsWith("WARNING observers take longer than events");

            slow.end();
            await().atMost(LONG).until(() -> log.lines().contains("INFO observers of events have caught up"));
            assertThat(slow.told()).isEqualTo(257);
        }
    }

    @Test
    void asynchronous_observers_that_hang_take_no_more_than_a_few_threads() {
        MetricRegistry metrics = new MetricRegistry();
        try (SeContainer container = Containers.start(SlowLater.class);
                Observers observers = observers(container, metrics)) {
            SlowLater slow = container.select(SlowLater.class).get();
            for (int i = 0; i < 20; i++) {
                observers.accept(budget(i));
            }
            await().atMost(LONG).until(() -> slow.told() == 16 && dropped(metrics) == 4);
            slow.end();
            await().atMost(LONG).until(() -> {
                observers.accept(budget(0));
                return slow.told() > 16;
            });
        }
    }

    @Test
    void an_observer_that_does_not_end_is_interrupted_at_the_end() throws Exception {
        try (SeContainer container = Containers.start(Slow.class);
                CapturedLog log = new CapturedLog(Observers.class)) {
            try (Observers observers = observers(container, new MetricRegistry())) {
                observers.accept(budget(0));
                container.select(Slow.class).get().begun();
            }
            assertThat(log.lines())
                    .contains("WARNING an observer of events does not end with the application: it is interrupted");
            await().atMost(LONG).until(() -> threads("test-events").isEmpty());
        }
    }

    @Test
    void what_happened_before_the_end_is_told_and_what_happens_after_it_is_not() {
        try (SeContainer container = Containers.start(Listener.class, Basket.class)) {
            Observers observers = observers(container, new MetricRegistry());
            Listener listener = container.select(Listener.class).get();
            for (int i = 0; i < 100; i++) {
                observers.accept(budget(i));
            }
            observers.close();
            assertThat(listener.all()).hasSize(100);

            observers.accept(budget(100));
            observers.begin(container.getBeanManager());
            observers.accept(budget(101));
            assertThat(listener.all()).hasSize(100);
            assertThat(threads("test-events")).isEmpty();
        }
    }

    @Test
    void where_nobody_observes_there_is_no_thread() {
        try (SeContainer container = Containers.start(Bank.class)) {
            targets(container).forceOpen("bank");
            assertThat(threads("seawall-events")).isEmpty();
        }
    }

    @Test
    void after_the_end_of_the_application_what_happens_is_only_logged() {
        SeawallTargets targets;
        try (SeContainer container = Containers.start(Bank.class, Listener.class, Basket.class)) {
            targets = container
                    .getBeanManager()
                    .getExtension(ResilientExtension.class)
                    .live();
        }
        try (CapturedLog log = new CapturedLog(Events.class)) {
            targets.forceOpen("bank");
            assertThat(log.lines())
                    .containsExactly("WARNING circuit 'bank' is opened by hand: calls are refused until it is reset");
        }
        assertThat(threads("seawall-events")).isEmpty();
    }
}
