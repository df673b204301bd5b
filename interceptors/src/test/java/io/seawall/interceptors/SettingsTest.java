package io.seawall.interceptors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.spi.DefinitionException;
import jakarta.enterprise.inject.spi.DeploymentException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where the members of {@code @Resilient} come from, and what happens when one is wrong. */
class SettingsTest {

    private final Map<String, String> set = new HashMap<>();

    private void property(String key, String value) {
        set.put(key, value);
        System.setProperty(key, value);
    }

    @AfterEach
    void clear() {
        set.keySet().forEach(System::clearProperty);
    }

    @ApplicationScoped
    static class Orders {
        int calls;

        @Resilient(target = "orders", retry = @Retry(maxRetries = 1, backoff = "1ms"))
        void send() throws IOException {
            calls++;
            throw new IOException("failure " + calls);
        }

        String later() {
            return "later";
        }

        @Resilient(target = "orders", retry = @Retry(maxRetries = 1, backoff = "1ms"))
        String read() throws IOException {
            calls++;
            throw new IOException("failure " + calls);
        }

        int calls() {
            return calls;
        }
    }

    @Test
    void a_system_property_overrides_the_annotation() {
        property("seawall.orders.retry.maxRetries", "3");
        try (SeContainer container = Containers.start(Orders.class)) {
            Orders orders = container.select(Orders.class).get();
            assertThatThrownBy(orders::send).hasMessage("failure 4");
        }
    }

    @Test
    void exception_classes_are_named_in_full() {
        property("seawall.orders.retry.abortOn", "java.lang.IllegalStateException, java.io.IOException");
        try (SeContainer container = Containers.start(Orders.class)) {
            Orders orders = container.select(Orders.class).get();
            assertThatThrownBy(orders::send).hasMessage("failure 1");
        }
    }

    @Test
    void a_breaker_is_switched_off_from_outside() {
        property("seawall.orders.breaker.failures", "0");
        property("seawall.orders.retry.maxRetries", "0");
        try (SeContainer container = Containers.start(Orders.class)) {
            Orders orders = container.select(Orders.class).get();
            for (int i = 1; i <= 10; i++) {
                assertThatThrownBy(orders::send).hasMessage("failure " + i);
            }
        }
    }

    @ApplicationScoped
    static class Unnamed {
        int calls;

        @Resilient(retry = @Retry(maxRetries = 0))
        void send() {
            calls++;
            throw new IllegalStateException("failure " + calls);
        }
    }

    @Test
    void a_method_without_a_target_is_named_by_class_and_method() {
        property("seawall." + Unnamed.class.getName() + ".send.retry.maxRetries", "2");
        property("seawall." + Unnamed.class.getName() + ".send.retry.backoff", "1ms");
        try (SeContainer container = Containers.start(Unnamed.class)) {
            Unnamed unnamed = container.select(Unnamed.class).get();
            assertThatThrownBy(unnamed::send).hasMessage("failure 3");
        }
    }

    @Test
    void a_wrong_override_is_a_definition_error_that_names_where_it_is_set() {
        property("seawall.orders.timeout", "soon");
        assertThatThrownBy(() -> Containers.start(Orders.class))
                .isInstanceOf(DefinitionException.class)
                .hasMessageContainingAll(
                        "SettingsTest$Orders.",
                        "'timeout'",
                        "system property 'seawall.orders.timeout'",
                        "'soon'",
                        "250ms");
    }

    @Test
    void an_override_that_contradicts_another_member_is_a_definition_error() {
        property("seawall.orders.retry.maxBackoff", "0ms");
        assertThatThrownBy(() -> Containers.start(Orders.class))
                .isInstanceOf(DefinitionException.class)
                .hasMessageContainingAll("'retry'", "maxBackoff", "system property 'seawall.orders.retry.maxBackoff'");
    }

    @Test
    void wrong_numbers_choices_and_classes_are_definition_errors() {
        Map<String, String> wrong = Map.of(
                "retry.maxRetries", "many",
                "retry.jitter", "some",
                "retry.on", "java.io.NoSuchException",
                "retry.abortOn", "java.lang.String",
                "breaker.failures", "-1",
                "breaker.within", "0s",
                "breaker.openFor", "2h",
                "fallback", "nowhere");
        wrong.forEach((member, value) -> {
            String key = "seawall.orders." + member;
            property(key, value);
            assertThatThrownBy(() -> Containers.start(Orders.class))
                    .as(key)
                    .isInstanceOf(DefinitionException.class)
                    .hasMessageContainingAll("SettingsTest$Orders.", member.split("\\.", -1)[0], key);
            System.clearProperty(key);
        });
    }

    @Test
    void an_unknown_member_of_a_known_target_stops_the_deployment() {
        property("seawall.orders.timeuot", "1s");
        assertThatThrownBy(() -> Containers.start(Orders.class))
                .isInstanceOf(DeploymentException.class)
                .hasMessageContainingAll(
                        "system property 'seawall.orders.timeuot'", "timeout, interrupt, deadline, fallback");
    }

    @Test
    void what_names_no_target_of_this_application_is_somebody_elses() {
        property("seawall.other.timeuot", "1s");
        try (SeContainer container = Containers.start(Orders.class)) {
            assertThat(container.isRunning()).isTrue();
        }
    }

    @ApplicationScoped
    static class BadTimeout {
        @Resilient(timeout = "2 seconds")
        void call() {}
    }

    @ApplicationScoped
    static class BadBackoff {
        @Resilient(retry = @Retry(backoff = "0ms"))
        void call() {}
    }

    @ApplicationScoped
    static class BadRetries {
        @Resilient(retry = @Retry(maxRetries = -1))
        void call() {}
    }

    @ApplicationScoped
    static class BadBreaker {
        @Resilient(breaker = @Breaker(within = "30"))
        void call() {}
    }

    @Test
    void a_wrong_member_is_a_definition_error_that_names_class_method_and_member() {
        Map<Class<?>, List<String>> wrong = Map.of(
                BadTimeout.class, List.of("'timeout'", "'2 seconds'"),
                BadBackoff.class, List.of("'retry'", "backoff is 0ms"),
                BadRetries.class, List.of("'retry'", "maxRetries is -1"),
                BadBreaker.class, List.of("'breaker.within'", "'30'"));
        wrong.forEach((bean, parts) -> assertThatThrownBy(() -> Containers.start(bean))
                .as(bean.getSimpleName())
                .isInstanceOf(DefinitionException.class)
                .hasMessageContaining("SettingsTest$" + bean.getSimpleName() + ".call")
                .hasMessageContainingAll(parts.toArray(String[]::new)));
    }

    @ApplicationScoped
    static class OnPrivate {
        @Resilient
        @SuppressWarnings("UnusedMethod")
        private void call() {}
    }

    @ApplicationScoped
    static class OnStatic {
        @Resilient
        static void call() {}
    }

    @Test
    void on_a_method_that_cdi_does_not_intercept_it_is_a_definition_error() {
        for (Class<?> bean : List.of(OnPrivate.class, OnStatic.class)) {
            assertThatThrownBy(() -> Containers.start(bean))
                    .isInstanceOf(DefinitionException.class)
                    .hasMessageContainingAll("SettingsTest$" + bean.getSimpleName() + ".call", "guards nothing");
        }
    }

    @ApplicationScoped
    static class TwoRules {
        @Resilient(target = "bank", breaker = @Breaker(failures = 3))
        void deposit() {}

        @Resilient(target = "bank", breaker = @Breaker(failures = 4))
        void withdraw() {}
    }

    @Test
    void one_target_with_two_breaker_rules_is_a_definition_error_that_names_what_differs_and_both_places() {
        assertThatThrownBy(() -> Containers.start(TwoRules.class))
                .isInstanceOf(DefinitionException.class)
                .hasMessageContainingAll(
                        "SettingsTest$TwoRules.",
                        "member 'breaker.failures': it is ",
                        " here and ",
                        "; all methods of the target 'bank' share one circuit: give them the same, or another target");
    }

    @ApplicationScoped
    static class TwoBudgets {
        @Resilient(target = "bank", retry = @Retry(budget = "10%"))
        void deposit() {}

        @Resilient(target = "bank", retry = @Retry(budget = "20% + 2/s"))
        void withdraw() {}
    }

    @Test
    void one_target_with_two_budgets_is_a_definition_error() {
        assertThatThrownBy(() -> Containers.start(TwoBudgets.class))
                .isInstanceOf(DefinitionException.class)
                .hasMessageContainingAll("'retry.budget'", "10% + 0/s", "20% + 2/s", "'bank'", "one retry budget");
    }

    @ApplicationScoped
    static class TwoBulkheads {
        @Resilient(target = "bank", bulkhead = @Bulkhead(max = 3, maxWait = "10ms"))
        void deposit() {}

        @Resilient(target = "bank", bulkhead = @Bulkhead(max = 4))
        void withdraw() {}
    }

    @Test
    void one_target_with_two_bulkheads_is_a_definition_error() {
        assertThatThrownBy(() -> Containers.start(TwoBulkheads.class))
                .isInstanceOf(DefinitionException.class)
                .hasMessageContainingAll("'bulkhead.max'", "'bulkhead.maxWait'", "10ms", "none", "one bulkhead");
    }

    @ApplicationScoped
    static class Alike {
        @Resilient(target = "bank", retry = @Retry(maxRetries = 0, budget = "20%"), breaker = @Breaker(within = "60s"))
        void deposit() {}

        @Resilient(target = "bank", breaker = @Breaker(within = "1m"), bulkhead = @Bulkhead(max = 2))
        void withdraw() {}

        @Resilient(target = "bank", retry = @Retry(budget = "none"), breaker = @Breaker(failures = 0))
        void look() {}
    }

    @Test
    void what_comes_to_the_same_or_is_not_wanted_contradicts_nothing() {
        try (SeContainer container = Containers.start(Alike.class)) {
            assertThat(container.isRunning()).isTrue();
        }
    }

    @ApplicationScoped
    static class WaitsForNothing {
        @Resilient(bulkhead = @Bulkhead(maxWait = "1s"))
        void call() {}
    }

    @Test
    void a_wait_for_places_without_number_stops_the_deployment() {
        assertThatThrownBy(() -> Containers.start(WaitsForNothing.class))
                .isInstanceOf(DefinitionException.class)
                .hasMessageContainingAll("WaitsForNothing.call", "'bulkhead'", "maxWait is 1s", "max");
    }

    @ApplicationScoped
    static class OneOfTwo {
        @Resilient(
                target = "one-of-two",
                breaker = @Breaker(failures = 0, slowPercent = 50, slowerThan = "1s"),
                bulkhead = @Bulkhead(max = 5, maxWait = "1s"),
                stale = @Stale(maxAge = "1h"))
        String read() {
            return "";
        }

        @Resilient(target = "one-of-two", breaker = @Breaker(failures = 0))
        String write() {
            return "";
        }
    }

    @ApplicationScoped
    static class NoneOfTwo {
        @Resilient(target = "none-of-two")
        String read() {
            return "";
        }

        @Resilient(target = "none-of-two")
        String write() {
            return "";
        }
    }

    @Test
    void a_setting_from_outside_may_do_nothing_for_some_methods_of_a_target_but_not_for_all() {
        Map<String, String> settings = Map.of(
                "bulkhead.maxWait", "2s",
                "breaker.minCalls", "7",
                "breaker.lastCalls", "9",
                "breaker.slowerThan", "2s",
                "stale.maxEntries", "5",
                "stale.softDeadline", "1s");
        settings.forEach((member, value) -> property("seawall.one-of-two." + member, value));
        try (SeContainer container = Containers.start(OneOfTwo.class)) {
            assertThat(container.isRunning()).isTrue();
        }
        settings.forEach((member, value) -> {
            String key = "seawall.none-of-two." + member;
            property(key, value);
            assertThatThrownBy(() -> Containers.start(NoneOfTwo.class))
                    .as(member)
                    .isInstanceOf(DeploymentException.class)
                    .hasMessageContainingAll("NoneOfTwo.", member.split("\\.", -1)[1] + " is " + value, key);
            System.clearProperty(key);
        });
    }

    @Test
    void what_belongs_to_a_part_that_is_switched_off_from_outside_goes_with_it() {
        property("seawall.one-of-two.bulkhead.max", "0");
        property("seawall.one-of-two.breaker.slowPercent", "0");
        property("seawall.one-of-two.stale.maxAge", "");
        try (SeContainer container = Containers.start(OneOfTwo.class)) {
            assertThat(container.isRunning()).isTrue();
        }
    }
}
