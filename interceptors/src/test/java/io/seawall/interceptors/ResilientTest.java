package io.seawall.interceptors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.seawall.resilience.circuitbreaker.CircuitOpenException;
import io.seawall.resilience.timeout.TimeLimitExceededException;
import io.seawall.test.CapturedLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Stereotype;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.spi.InterceptionFactory;
import jakarta.interceptor.InterceptorBinding;
import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What {@code @Resilient} does to the calls of CDI beans, on Weld. */
class ResilientTest {

    @ApplicationScoped
    static class Flaky {
        int calls;
        int failures;
        final List<Thread> threads = new ArrayList<>();

        @Resilient(retry = @Retry(backoff = "1ms"))
        String call() throws IOException {
            calls++;
            threads.add(Thread.currentThread());
            if (calls <= failures) {
                throw new IOException("failure " + calls);
            }
            return "answer " + calls;
        }

        @Resilient(retry = @Retry(backoff = "1ms", abortOn = IllegalArgumentException.class))
        String refuseArgument() {
            calls++;
            throw new IllegalArgumentException("yours");
        }

        @Resilient(retry = @Retry(backoff = "1ms", on = IOException.class))
        String stateIsWrong() {
            calls++;
            throw new IllegalStateException("mine");
        }

        String unguarded() {
            calls++;
            return "answer";
        }

        Flaky failing(int times) {
            failures = times;
            return this;
        }

        int calls() {
            return calls;
        }

        List<Thread> threads() {
            return threads;
        }
    }

    @Test
    void a_failed_call_is_made_again_up_to_twice() throws IOException {
        try (SeContainer container = Containers.start(Flaky.class)) {
            Flaky flaky = container.select(Flaky.class).get().failing(2);
            assertThat(flaky.call()).isEqualTo("answer 3");
        }
    }

    @Test
    void the_last_failure_is_what_the_caller_sees() {
        try (SeContainer container = Containers.start(Flaky.class)) {
            Flaky flaky = container.select(Flaky.class).get().failing(9);
            assertThatThrownBy(flaky::call)
                    .isExactlyInstanceOf(IOException.class)
                    .hasMessage("failure 3");
        }
    }

    @Test
    void every_attempt_runs_on_the_thread_of_the_caller() throws IOException {
        try (SeContainer container = Containers.start(Flaky.class)) {
            Flaky flaky = container.select(Flaky.class).get().failing(2);
            flaky.call();
            assertThat(flaky.threads()).hasSize(3).containsOnly(Thread.currentThread());
        }
    }

    @Test
    void a_failure_named_in_abortOn_is_not_retried() {
        try (SeContainer container = Containers.start(Flaky.class)) {
            Flaky flaky = container.select(Flaky.class).get();
            assertThatThrownBy(flaky::refuseArgument).hasMessage("yours");
            assertThat(flaky.calls()).isEqualTo(1);
        }
    }

    @Test
    void a_failure_not_named_in_on_is_not_retried() {
        try (SeContainer container = Containers.start(Flaky.class)) {
            Flaky flaky = container.select(Flaky.class).get();
            assertThatThrownBy(flaky::stateIsWrong).hasMessage("mine");
            assertThat(flaky.calls()).isEqualTo(1);
        }
    }

    @ApplicationScoped
    static class Payments {
        int calls;

        @Resilient(target = "payments", retry = @Retry(maxRetries = 0))
        void charge() {
            calls++;
            throw new IllegalStateException("payments are down");
        }

        int calls() {
            return calls;
        }
    }

    @ApplicationScoped
    static class Refunds {
        int calls;

        @Resilient(target = "payments", retry = @Retry(maxRetries = 0))
        void refund() {
            calls++;
        }

        int calls() {
            return calls;
        }
    }

    @Test
    void the_circuit_opens_on_the_fifth_failure_and_refuses_without_calling() {
        try (SeContainer container = Containers.start(Payments.class)) {
            Payments payments = container.select(Payments.class).get();
            for (int i = 0; i < 5; i++) {
                assertThatThrownBy(payments::charge).hasMessage("payments are down");
            }
            assertThatThrownBy(payments::charge)
                    .isInstanceOf(CircuitOpenException.class)
                    .hasMessageContaining("'payments'");
            assertThat(payments.calls()).isEqualTo(5);
        }
    }

    @Test
    void beans_of_one_target_share_its_circuit() {
        try (SeContainer container = Containers.start(Payments.class, Refunds.class)) {
            Payments payments = container.select(Payments.class).get();
            Refunds refunds = container.select(Refunds.class).get();
            for (int i = 0; i < 5; i++) {
                assertThatThrownBy(payments::charge).hasMessage("payments are down");
            }
            assertThatThrownBy(refunds::refund).isInstanceOf(CircuitOpenException.class);
            assertThat(refunds.calls()).isZero();
        }
    }

    abstract static class Greeter {
        int calls;

        String greet(String name) {
            calls++;
            throw new IllegalStateException("no greeting for " + name);
        }

        int calls() {
            return calls;
        }
    }

    @ApplicationScoped
    @Resilient(retry = @Retry(maxRetries = 0), breaker = @Breaker(failures = 1))
    static class English extends Greeter {}

    @ApplicationScoped
    @Resilient(retry = @Retry(maxRetries = 0), breaker = @Breaker(failures = 1))
    static class French extends Greeter {}

    @Test
    void without_a_target_two_beans_with_one_inherited_method_have_a_circuit_each() {
        try (SeContainer container = Containers.start(English.class, French.class)) {
            English english = container.select(English.class).get();
            French french = container.select(French.class).get();
            assertThatThrownBy(() -> english.greet("Ann")).hasMessage("no greeting for Ann");
            assertThatThrownBy(() -> english.greet("Ann")).isInstanceOf(CircuitOpenException.class);
            assertThatThrownBy(() -> french.greet("Ann")).hasMessage("no greeting for Ann");
        }
    }

    @Test
    void the_log_tells_at_deployment_what_is_guarded() {
        try (CapturedLog log = new CapturedLog(ResilientExtension.class);
                SeContainer container = Containers.start(Payments.class, Refunds.class)) {
            assertThat(container.isRunning()).isTrue();
            assertThat(log.lines()).containsExactly("INFO @Resilient guards 2 methods of the targets [payments]");
        }
    }

    @ApplicationScoped
    @Resilient(retry = @Retry(maxRetries = 2, backoff = "1ms"))
    static class OnClass {
        int calls;

        void likeTheClass() {
            calls++;
            throw new IllegalStateException("failure");
        }

        @Resilient(retry = @Retry(maxRetries = 0))
        void likeItself() {
            calls++;
            throw new IllegalStateException("failure");
        }

        int calls() {
            return calls;
        }
    }

    @Test
    void on_a_class_it_guards_every_method() {
        try (SeContainer container = Containers.start(OnClass.class)) {
            OnClass bean = container.select(OnClass.class).get();
            assertThatThrownBy(bean::likeTheClass).hasMessage("failure");
            assertThat(bean.calls()).isEqualTo(3);
        }
    }

    @Test
    void on_a_method_it_replaces_what_stands_on_the_class() {
        try (SeContainer container = Containers.start(OnClass.class)) {
            OnClass bean = container.select(OnClass.class).get();
            assertThatThrownBy(bean::likeItself).hasMessage("failure");
            assertThat(bean.calls()).isEqualTo(1);
        }
    }

    @Stereotype
    @Resilient(retry = @Retry(maxRetries = 1, backoff = "1ms"))
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    @interface RemoteClient {}

    @ApplicationScoped
    @RemoteClient
    static class ByStereotype {
        int calls;

        String call() {
            calls++;
            throw new IllegalStateException("failure " + calls);
        }
    }

    @InterceptorBinding
    @Resilient(retry = @Retry(maxRetries = 3, backoff = "1ms"))
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.TYPE, ElementType.METHOD})
    @interface Stubborn {}

    @ApplicationScoped
    static class ByBinding {
        int calls;

        @Stubborn
        String call() {
            calls++;
            throw new IllegalStateException("failure " + calls);
        }
    }

    @Resilient(retry = @Retry(maxRetries = 1, backoff = "1ms"))
    static class GuardedParent {}

    @ApplicationScoped
    static class ChildOfGuarded extends GuardedParent {
        int calls;

        int call() {
            if (++calls == 1) {
                throw new IllegalStateException("the first call fails");
            }
            return calls;
        }
    }

    @Test
    void on_a_class_it_guards_the_methods_of_its_subclasses_too() {
        try (SeContainer container = Containers.start(ChildOfGuarded.class)) {
            assertThat(container.select(ChildOfGuarded.class).get().call()).isEqualTo(2);
        }
    }

    @Test
    void a_stereotype_or_another_binding_may_carry_it() {
        try (SeContainer container = Containers.start(ByStereotype.class, ByBinding.class)) {
            assertThatThrownBy(() -> container.select(ByStereotype.class).get().call())
                    .hasMessage("failure 2");
            assertThatThrownBy(() -> container.select(ByBinding.class).get().call())
                    .hasMessage("failure 4");
        }
    }

    static class Overridden {
        @Resilient(target = "overridden", timeout = "never", breaker = @Breaker(failures = 1))
        String call() {
            return "base";
        }
    }

    @ApplicationScoped
    static class Overriding extends Overridden {
        @Override
        @Resilient(target = "overridden", breaker = @Breaker(failures = 2))
        String call() {
            return "bean";
        }
    }

    @Test
    void a_method_that_is_overridden_does_not_count() {
        try (SeContainer container = Containers.start(Overriding.class)) {
            assertThat(container.select(Overriding.class).get().call()).isEqualTo("bean");
        }
    }

    static class Hidden {
        int calls;

        public String call() {
            calls++;
            throw new IllegalStateException("failure " + calls);
        }
    }

    /** The compiler gives it a bridge of {@code call}, since its superclass is not public. */
    @ApplicationScoped
    @Resilient(retry = @Retry(maxRetries = 1, backoff = "1ms"))
    public static class Shown extends Hidden {}

    @Test
    void a_public_bean_below_a_class_that_is_not_public_is_guarded() {
        try (SeContainer container = Containers.start(Shown.class)) {
            assertThatThrownBy(() -> container.select(Shown.class).get().call()).hasMessage("failure 2");
        }
    }

    static class MadeByAProducer {
        String call() {
            return "answer";
        }
    }

    @Resilient
    static class AnnotatedElsewhere {}

    @ApplicationScoped
    static class Producer {
        @Produces
        MadeByAProducer make(InterceptionFactory<MadeByAProducer> factory) {
            factory.configure().add(AnnotatedElsewhere.class.getAnnotation(Resilient.class));
            return factory.createInterceptedInstance(new MadeByAProducer());
        }
    }

    @Test
    void a_call_of_what_became_guarded_after_deployment_is_told_where_to_put_the_annotation() {
        try (SeContainer container = Containers.start(Producer.class)) {
            MadeByAProducer made = container.select(MadeByAProducer.class).get();
            assertThatThrownBy(made::call)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContainingAll(
                            MadeByAProducer.class.getName(),
                            "call()",
                            "not annotated at deployment",
                            "on the bean class");
        }
    }

    @ApplicationScoped
    static class Hanging {
        final CountDownLatch never = new CountDownLatch(1);
        final List<Thread> threads = new ArrayList<>();

        @Resilient(target = "hanging", timeout = "20ms", retry = @Retry(maxRetries = 1, backoff = "1ms"))
        void hang() throws InterruptedException {
            threads.add(Thread.currentThread());
            never.await();
        }

        List<Thread> threads() {
            return threads;
        }
    }

    @Test
    void a_hanging_attempt_is_ended_on_its_own_thread_and_retried() {
        try (SeContainer container = Containers.start(Hanging.class)) {
            Hanging hanging = container.select(Hanging.class).get();
            assertThatThrownBy(hanging::hang)
                    .isInstanceOf(TimeLimitExceededException.class)
                    .hasMessageContaining("'hanging'")
                    .hasMessageContaining("20ms");
            assertThat(hanging.threads()).hasSize(2).containsOnly(Thread.currentThread());
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
    }

    @Test
    void the_timers_thread_ends_with_the_application() {
        try (SeContainer container = Containers.start(Hanging.class)) {
            Hanging hanging = container.select(Hanging.class).get();
            assertThatThrownBy(hanging::hang).isInstanceOf(TimeLimitExceededException.class);
            assertThat(timerThreads()).isNotEmpty();
        }
        for (Thread thread : timerThreads()) {
            join(thread);
        }
        assertThat(timerThreads()).isEmpty();
    }

    private static List<Thread> timerThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("seawall-timer"))
                .toList();
    }

    private static void join(Thread thread) {
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
