package io.seawall.interceptors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.seawall.interceptors.elsewhere.Distant;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.spi.DefinitionException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Which methods may stand in for another by their place and types: the rules of MicroProfile Fault Tolerance 4.1. */
class FallbackTypesTest {

    interface Shelf<T> {
        default String fromShelf(T key) {
            return "from the shelf: " + key;
        }
    }

    interface Standard<E> extends Shelf<List<E>> {}

    abstract static class Store<K, V extends Comparable<V>> {
        String one(K key) {
            return "one: " + key;
        }

        String deep(List<Set<K>> keys) {
            return "deep: " + keys;
        }

        String wild(List<? extends K> keys) {
            return "wild: " + keys;
        }

        String array(K[] keys) {
            return "array of " + keys.length;
        }

        List<V> values(K key) {
            return List.of();
        }

        abstract String left(K key);
    }

    abstract static class TextStore<V extends Comparable<V>> extends Store<String, V> {}

    @ApplicationScoped
    static class Texts extends TextStore<Integer> implements Standard<String> {

        private String fail() {
            throw new IllegalStateException("down");
        }

        @Resilient(retry = @Retry(maxRetries = 0), fallback = "one")
        String askOne(String key) {
            return fail();
        }

        @Resilient(retry = @Retry(maxRetries = 0), fallback = "deep")
        String askDeep(List<Set<String>> keys) {
            return fail();
        }

        @Resilient(retry = @Retry(maxRetries = 0), fallback = "wild")
        String askWild(List<? extends String> keys) {
            return fail();
        }

        @Resilient(retry = @Retry(maxRetries = 0), fallback = "array")
        String askArray(String... keys) {
            return fail();
        }

        @Resilient(retry = @Retry(maxRetries = 0), fallback = "values")
        Collection<Integer> askValues(String key) {
            throw new IllegalStateException("down");
        }

        @Resilient(retry = @Retry(maxRetries = 0), fallback = "left")
        String askLeft(String key) {
            return fail();
        }

        @Override
        String left(String key) {
            return "left: " + key;
        }

        @Resilient(retry = @Retry(maxRetries = 0), fallback = "fromShelf")
        String askShelf(List<String> key) {
            return fail();
        }

        @Resilient(retry = @Retry(maxRetries = 0), fallback = "ofItsOwn")
        <X extends Number> String askOfItsOwn(Map<String, X> numbers) {
            return fail();
        }

        <Y extends Number> String ofItsOwn(Map<String, Y> numbers) {
            return "of its own: " + numbers.size();
        }

        @Resilient(retry = @Retry(maxRetries = 0), fallback = "any")
        CompletionStage<? extends Number> askAny() {
            throw new IllegalStateException("down");
        }

        CompletableFuture<Integer> any() {
            return CompletableFuture.completedFuture(7);
        }
    }

    @Test
    void type_variables_of_classes_and_interfaces_above_stand_for_what_the_bean_says() {
        try (SeContainer container = Containers.start(Texts.class)) {
            Texts texts = container.select(Texts.class).get();
            assertThat(texts.askOne("k")).isEqualTo("one: k");
            assertThat(texts.askDeep(List.of(Set.of("k")))).isEqualTo("deep: [[k]]");
            assertThat(texts.askWild(List.of("k"))).isEqualTo("wild: [k]");
            assertThat(texts.askArray("k", "l")).isEqualTo("array of 2");
            assertThat(texts.askValues("k")).isEmpty();
            assertThat(texts.askLeft("k")).isEqualTo("left: k");
            assertThat(texts.askShelf(List.of("k"))).isEqualTo("from the shelf: [k]");
            assertThat(texts.askOfItsOwn(Map.of("k", 1))).isEqualTo("of its own: 1");
            assertThat((Object) texts.askAny().toCompletableFuture().join()).isEqualTo(7);
        }
    }

    abstract static class Above {
        @Resilient(retry = @Retry(maxRetries = 0), fallback = "instead")
        String ask(String question) {
            throw new IllegalStateException(question);
        }

        String instead(String question) {
            return "above";
        }
    }

    @ApplicationScoped
    static class Below extends Above {
        @Override
        String instead(String question) {
            return "below";
        }
    }

    @Test
    void a_subclass_may_override_the_fallback() {
        try (SeContainer container = Containers.start(Below.class)) {
            assertThat(container.select(Below.class).get().ask("")).isEqualTo("below");
        }
    }

    @ApplicationScoped
    static class Near extends Distant {
        @Resilient(retry = @Retry(maxRetries = 0), fallback = "forSubclasses")
        String ask(String question) {
            throw new IllegalStateException(question);
        }
    }

    @Test
    void a_protected_method_of_another_package_answers() {
        try (SeContainer container = Containers.start(Near.class)) {
            assertThat(container.select(Near.class).get().ask("life")).isEqualTo("for subclasses: life");
        }
    }

    @Dependent
    static class OfAnotherPackage extends Distant {
        @Resilient(fallback = "ofItsPackage")
        String ask(String question) {
            return question;
        }
    }

    abstract static class WithPrivate {
        @SuppressWarnings("UnusedMethod") // that is the point
        private String hidden(String question) {
            return question;
        }
    }

    @Dependent
    static class PrivateAbove extends WithPrivate {
        @Resilient(fallback = "hidden")
        String ask(String question) {
            return question;
        }
    }

    abstract static class WithoutFallback {
        @Resilient(fallback = "onlyBelow")
        String ask(String question) {
            return question;
        }
    }

    @Dependent
    static class FallbackBelow extends WithoutFallback {
        String onlyBelow(String question) {
            return question;
        }
    }

    @Dependent
    static class OtherArguments {
        @Resilient(fallback = "instead")
        String ask(List<? extends Number> numbers) {
            return "";
        }

        String instead(List<? extends Integer> numbers) {
            return "";
        }
    }

    @Dependent
    static class OtherResult {
        @Resilient(fallback = "instead")
        Collection<String> ask() {
            return List.of();
        }

        List<Integer> instead() {
            return List.of();
        }
    }

    @Dependent
    static class BeyondItsBound {
        @Resilient(fallback = "instead")
        Collection<? extends Number> ask() {
            return List.of();
        }

        List<String> instead() {
            return List.of();
        }
    }

    @Dependent
    static class OtherLowerBound {
        @Resilient(fallback = "instead")
        Collection<? super Integer> ask() {
            return List.of();
        }

        List<String> instead() {
            return List.of();
        }
    }

    @Dependent
    static class LessThanAFuture {
        @Resilient(fallback = "instead")
        CompletableFuture<String> ask() {
            return new CompletableFuture<>();
        }

        CompletionStage<String> instead() {
            return ask();
        }
    }

    abstract static class Generic<T> {
        String instead(T question) {
            return "";
        }
    }

    @Dependent
    static class OtherTypeArgument extends Generic<Integer> {
        @Resilient(fallback = "instead")
        String ask(String question) {
            return question;
        }
    }

    @Test
    void what_does_not_fit_is_a_definition_error_that_shows_what_there_is() {
        Map<Class<?>, String> wrong = Map.of(
                OfAnotherPackage.class, ".ofItsPackage(",
                PrivateAbove.class, ".hidden(",
                OtherArguments.class, ".instead(",
                OtherResult.class, ".instead(",
                BeyondItsBound.class, ".instead(",
                OtherLowerBound.class, ".instead(",
                LessThanAFuture.class, ".instead(",
                OtherTypeArgument.class, ".instead(T)");
        wrong.forEach((bean, shown) -> assertThatThrownBy(() -> Containers.start(bean))
                .as(bean.getSimpleName())
                .isInstanceOf(DefinitionException.class)
                .hasMessageContainingAll(bean.getSimpleName() + ".ask", "'fallback'", "; there is ", shown));
    }

    @Test
    void a_method_of_a_subclass_alone_does_not_fit() {
        assertThatThrownBy(() -> Containers.start(FallbackBelow.class))
                .isInstanceOf(DefinitionException.class)
                .hasMessageContainingAll("'fallback'", "in " + WithoutFallback.class.getName() + " or above it");
    }
}
