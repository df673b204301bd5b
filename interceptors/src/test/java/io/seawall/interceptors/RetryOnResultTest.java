package io.seawall.interceptors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.spi.DefinitionException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls that are made again for what they returned. */
class RetryOnResultTest {

    static class IsEmpty implements Predicate<Optional<?>> {
        @Override
        public boolean test(Optional<?> result) {
            return result.isEmpty();
        }
    }

    static final class IsMissing implements Predicate<@Nullable Object> {
        private IsMissing() {}

        @Override
        public boolean test(@Nullable Object result) {
            return Objects.isNull(result);
        }
    }

    static class IsSmall implements Predicate<Integer> {
        @Override
        public boolean test(Integer result) {
            return result < 3;
        }
    }

    @ApplicationScoped
    static class Queue {
        private final List<String> made = new CopyOnWriteArrayList<>();

        private int attempt() {
            made.add("attempt");
            return made.size();
        }

        int made() {
            return made.size();
        }

        @Resilient(retry = @Retry(backoff = "1ms", onResult = IsEmpty.class))
        Optional<String> poll(int emptyTimes) {
            int attempt = attempt();
            return attempt <= emptyTimes ? Optional.empty() : Optional.of("item " + attempt);
        }

        @Resilient(
                target = "queue",
                retry =
                        @Retry(
                                backoff = "1ms",
                                onResult = {IsMissing.class, IsSmall.class},
                                budget = "none"))
        @Nullable
        Integer size(int missingTimes) {
            int attempt = attempt();
            return attempt <= missingTimes ? null : (Integer) attempt;
        }

        @Resilient(retry = @Retry(backoff = "1ms", onResult = IsSmall.class))
        int primitive() {
            return attempt();
        }

        @Resilient(retry = @Retry(backoff = "1ms", onResult = IsSmall.class))
        CompletionStage<Integer> later() {
            return CompletableFuture.completedFuture(attempt());
        }

        @Resilient(target = "set.outside", retry = @Retry(backoff = "1ms"))
        int setOutside() {
            return attempt();
        }
    }

    private final SeContainer container = Containers.start(Queue.class);
    private final Queue queue = container.select(Queue.class).get();

    @AfterEach
    void stop() {
        container.close();
        System.clearProperty("seawall.set.outside.retry.onResult");
    }

    @Test
    void a_result_that_is_not_good_enough_is_asked_for_again() {
        assertThat(queue.poll(2)).contains("item 3");
    }

    @Test
    void the_last_result_is_returned_as_it_is() {
        assertThat(queue.poll(9)).isEmpty();
        assertThat(queue.made()).isEqualTo(3);
    }

    @Test
    void one_of_several_predicates_is_enough_and_null_is_a_result() {
        assertThat(queue.size(9)).isNull();
        assertThat(queue.made()).isEqualTo(3);
    }

    @Test
    void numbers_and_results_that_come_later_are_tested_as_what_they_are() {
        assertThat(queue.primitive()).isEqualTo(3);
        assertThat(queue.later().toCompletableFuture().join()).isEqualTo(4);
    }

    @Test
    void it_can_be_set_from_outside() {
        System.setProperty("seawall.set.outside.retry.onResult", IsSmall.class.getName());
        try (SeContainer other = Containers.start(Queue.class)) {
            assertThat(other.select(Queue.class).get().setOutside()).isEqualTo(3);
        }
    }

    @Test
    void what_is_no_predicate_is_a_definition_error() {
        System.setProperty("seawall.set.outside.retry.onResult", "java.lang.String");
        assertThatThrownBy(() -> Containers.start(Queue.class))
                .isInstanceOf(DefinitionException.class)
                .hasMessageContainingAll("'retry.onResult'", "java.lang.String", "no java.util.function.Predicate");
    }

    @Dependent
    static class OfAnotherType {
        @Resilient(retry = @Retry(onResult = IsSmall.class))
        String call() {
            return "";
        }
    }

    @Dependent
    static class OfNothing {
        @Resilient(retry = @Retry(onResult = IsMissing.class))
        void call() {}
    }

    abstract static class IsAbstract implements Predicate<Object> {}

    static class NeedsMore implements Predicate<Object> {
        private final String more;

        NeedsMore(String more) {
            this.more = more;
        }

        @Override
        public boolean test(Object result) {
            return result.equals(more);
        }
    }

    static class Broken implements Predicate<Object> {
        Broken() {
            throw new IllegalStateException("no luck");
        }

        @Override
        public boolean test(Object result) {
            return true;
        }
    }

    @Dependent
    static class OfAnAbstractClass {
        @Resilient(retry = @Retry(onResult = IsAbstract.class))
        String call() {
            return "";
        }
    }

    @Dependent
    static class WithoutConstructor {
        @Resilient(retry = @Retry(onResult = NeedsMore.class))
        String call() {
            return "";
        }
    }

    @Dependent
    static class ThatBreaks {
        @Resilient(retry = @Retry(onResult = Broken.class))
        String call() {
            return "";
        }
    }

    @Test
    void a_predicate_that_cannot_be_asked_stops_the_deployment() {
        Map<Class<?>, String> wrong = Map.of(
                OfAnotherType.class, "tests java.lang.Integer, and the method returns java.lang.String",
                OfNothing.class, "returns nothing",
                OfAnAbstractClass.class, "not abstract",
                WithoutConstructor.class, "constructor without parameters",
                ThatBreaks.class, "no luck");
        wrong.forEach((bean, why) -> assertThatThrownBy(() -> Containers.start(bean))
                .as(bean.getSimpleName())
                .isInstanceOf(DefinitionException.class)
                .hasMessageContainingAll(bean.getSimpleName() + ".call", "'retry.onResult'", why));
    }
}
