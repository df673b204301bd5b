package io.seawall.interceptors;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.interceptors.GuardedMethods.Guarded;
import io.seawall.interceptors.settings.Overrides;
import io.seawall.resilience.Sleeper;
import io.seawall.resilience.pipeline.Targets;
import io.seawall.resilience.retry.Jitter;
import io.seawall.test.FakeClock;
import io.seawall.test.TestSurroundings;
import jakarta.ejb.Asynchronous;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Lock;
import jakarta.ejb.LockType;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Stateful;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.spi.BeanManager;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What is read of an EJB at deployment. That containers do as they are understood here, real servers show. */
class SessionBeansTest {

    private final List<String> errors = new ArrayList<>();
    private final PipelineTable table = new PipelineTable();

    private static PipelineCompiler compiler() {
        return compiler(nanos -> {});
    }

    private static PipelineCompiler compiler(Sleeper sleeper) {
        return new PipelineCompiler(
                Overrides.ofApplication(),
                new Targets(TestSurroundings.of(new FakeClock(), sleeper)),
                (attempt, call) -> attempt.make(call));
    }

    /** The warnings that a class gets. */
    private List<String> deploy(Class<?> ejb) {
        try (SeContainer container = Containers.start()) {
            BeanManager beanManager = container.getBeanManager();
            PipelineCompiler pipelines = compiler();
            new BeanCompiler(table, pipelines, beanManager)
                    .compile(
                            beanManager.createAnnotatedType(ejb),
                            true,
                            error -> errors.add(String.valueOf(error.getMessage())));
            return pipelines.warnings().take();
        }
    }

    @Stateless
    static class Plain {
        @Resilient
        void retried() {}

        @Resilient(retry = @Retry(maxRetries = 0), fallback = "other")
        void answered() {}

        void other() {}

        @Resilient(retry = @Retry(maxRetries = 0))
        void once() {}

        @Resilient(transaction = TransactionMode.PER_ATTEMPT)
        void apart() {}

        @Resilient(transaction = TransactionMode.SHARED)
        void shared() {}

        @Resilient
        @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
        void without() {}
    }

    @Test
    void methods_that_would_be_retried_inside_the_transaction_of_the_container_are_told_in_one_line_with_what_to_do() {
        assertThat(deploy(Plain.class))
                .singleElement()
                .asString()
                .contains("transaction", Plain.class.getName() + ".retried", Plain.class.getName() + ".answered")
                .contains("PER_ATTEMPT", "SHARED")
                .doesNotContain(".once", ".apart", ".shared", ".without");
    }

    @Stateless
    @TransactionAttribute(TransactionAttributeType.NEVER)
    static class WithLaterResults {
        @Resilient
        CompletionStage<String> retried() {
            return CompletableFuture.completedFuture("");
        }

        @Resilient(retry = @Retry(maxRetries = 0), fallback = "other")
        CompletionStage<String> answered() {
            return other();
        }

        CompletionStage<String> other() {
            return CompletableFuture.completedFuture("");
        }

        @Resilient(timeout = "1s", retry = @Retry(maxRetries = 0))
        CompletionStage<String> once() {
            return CompletableFuture.completedFuture("");
        }

        @Resilient
        @Asynchronous
        Future<String> onAThreadOfTheContainer() {
            return CompletableFuture.completedFuture("");
        }
    }

    @Test
    void a_bean_that_is_somebody_elses_when_the_result_comes_is_not_called_again() {
        assertThat(deploy(WithLaterResults.class)).isEmpty();
        assertThat(errors)
                .hasSize(2)
                .allSatisfy(error -> assertThat(error)
                        .contains(
                                "EJB container gives the bean to the next caller", "CDI bean", "retry.maxRetries to 0"))
                .anySatisfy(error -> assertThat(error).contains("WithLaterResults.retried", "'retry'"))
                .anySatisfy(error -> assertThat(error).contains("WithLaterResults.answered", "'fallback'"));
    }

    @Stateless
    @TransactionAttribute(TransactionAttributeType.NEVER)
    static class WithoutTransactions {
        @Resilient
        void call() {}

        @Resilient
        @TransactionAttribute(TransactionAttributeType.MANDATORY)
        void inside() {}
    }

    static class Parent {
        @Resilient
        void inherited() {}
    }

    @Stateless
    @TransactionAttribute(TransactionAttributeType.NEVER)
    static class Child extends Parent {}

    @Test
    void the_attribute_of_a_method_counts_before_that_of_the_class_which_counts_for_its_own_methods_only() {
        assertThat(deploy(WithoutTransactions.class))
                .singleElement()
                .asString()
                .contains(".inside")
                .doesNotContain(".call");
        assertThat(deploy(Child.class)).singleElement().asString().contains(".inherited");
    }

    @Stateless
    @TransactionManagement(TransactionManagementType.BEAN)
    static class ManagesItsOwn {
        @Resilient
        void call() {}
    }

    @Stateless
    @TransactionManagement(TransactionManagementType.BEAN)
    static class WantsBoth {
        @Resilient(transaction = TransactionMode.PER_ATTEMPT)
        void call() {}
    }

    @Test
    void a_bean_that_manages_its_transactions_is_left_alone_and_cannot_have_one_for_each_attempt() {
        assertThat(deploy(ManagesItsOwn.class)).isEmpty();
        assertThat(deploy(WantsBoth.class)).isEmpty();
        assertThat(errors)
                .singleElement()
                .asString()
                .contains(WantsBoth.class.getName() + ".call", "'transaction'", "PER_ATTEMPT", "manages its own");
    }

    @Singleton
    @TransactionAttribute(TransactionAttributeType.NEVER)
    static class Locked {
        @Resilient
        void call() {}

        @Resilient(retry = @Retry(maxRetries = 0))
        void once() {}

        @Resilient(retry = @Retry(backoff = "1ms"))
        void quick() {}

        @Lock(LockType.READ)
        @Resilient
        void reading() {}
    }

    /** Three retries, each of which would wait 1 s. */
    @Singleton
    @TransactionAttribute(TransactionAttributeType.NEVER)
    static class Patient {
        @Resilient(retry = @Retry(maxRetries = 3, backoff = "1s", maxBackoff = "1s", jitter = Jitter.NONE))
        void call() {}
    }

    @Test
    void the_waits_under_the_write_lock_of_a_singleton_are_no_longer_than_the_warning_says() throws Exception {
        assertThat(waits(Patient.class, new SessionBeanTraits(false, false, true)))
                .hasSize(3)
                .satisfies(waits -> assertThat(
                                waits.stream().mapToLong(nanos -> nanos).sum())
                        .isBetween(99_000_000L, 100_000_000L));
        assertThat(waits(Patient.class, new SessionBeanTraits(false, false, false)))
                .containsExactly(1_000_000_000L, 1_000_000_000L, 1_000_000_000L);
    }

    /** How long a call of the only guarded method waits between its attempts, which all fail but the last. */
    private static List<Long> waits(Class<?> ejb, SessionBeanTraits traits) throws Exception {
        List<Long> waits = new ArrayList<>();
        try (SeContainer container = Containers.start()) {
            BeanManager beanManager = container.getBeanManager();
            PipelineCompiler pipelines = compiler(waits::add);
            Guarded guarded = GuardedMethods.of(
                            beanManager.createAnnotatedType(ejb), true, beanManager, pipelines.warnings(), error -> {
                                throw error;
                            })
                    .get(0);
            pipelines
                    .guard(ejb, guarded, traits)
                    .run(new Call(new IOException(), new IOException(), new IOException()));
        }
        return waits;
    }

    @Singleton
    @TransactionAttribute(TransactionAttributeType.NEVER)
    @ConcurrencyManagement(ConcurrencyManagementType.BEAN)
    static class Unlocked {
        @Resilient
        void call() {}
    }

    @Test
    void back_off_that_would_keep_the_write_lock_of_a_singleton_is_cut_and_told() {
        assertThat(deploy(Locked.class))
                .singleElement()
                .asString()
                .contains(Locked.class.getName() + ".call", "write lock", "100ms")
                .doesNotContain(".once", ".quick", ".reading");
        assertThat(deploy(Unlocked.class)).isEmpty();
    }

    @Stateless
    @TransactionAttribute(TransactionAttributeType.NEVER)
    static class Scheduled {
        @Schedule
        @Resilient
        @SuppressWarnings("UnusedMethod")
        private void nightly() {}
    }

    @Test
    void a_timeout_method_may_be_private() {
        assertThat(deploy(Scheduled.class)).isEmpty();
        assertThat(errors).isEmpty();
        assertThat(table.size()).isEqualTo(1);
    }

    @Stateless
    static class WithSoftDeadlines {
        @Resilient(
                retry = @Retry(maxRetries = 0),
                transaction = TransactionMode.SHARED,
                stale = @Stale(maxAge = "1h", softDeadline = "1s"))
        String now() {
            return "";
        }

        @Resilient(
                retry = @Retry(maxRetries = 0),
                transaction = TransactionMode.SHARED,
                stale = @Stale(maxAge = "1h", softDeadline = "1s"))
        CompletionStage<String> later() {
            return CompletableFuture.completedFuture("");
        }

        @Resilient(retry = @Retry(maxRetries = 0), transaction = TransactionMode.SHARED, stale = @Stale(maxAge = "1h"))
        String without() {
            return "";
        }
    }

    @Test
    void a_soft_deadline_that_nobody_can_keep_is_told() {
        assertThat(deploy(WithSoftDeadlines.class))
                .singleElement()
                .asString()
                .contains("softDeadline", "WithSoftDeadlines.now", "CompletionStage")
                .doesNotContain(".later", ".without");
        assertThat(errors).isEmpty();
    }

    @Stateful
    static class OfOneClient {
        @Resilient(retry = @Retry(maxRetries = 0), stale = @Stale(maxAge = "1h"))
        String call() {
            return "";
        }
    }

    @Test
    void what_a_stateful_bean_answers_is_not_given_to_others() {
        deploy(OfOneClient.class);
        assertThat(errors).singleElement().asString().contains("OfOneClient.call", "'stale'", "@Stateful");
    }
}
