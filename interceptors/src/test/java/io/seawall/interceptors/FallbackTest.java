package io.seawall.interceptors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.spi.DefinitionException;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which methods may stand in for another, and how they do. */
class FallbackTest {

    interface Defaults {
        default String standardAnswer(String question) {
            return "standard answer to " + question;
        }
    }

    abstract static class Base {
        String inheritedAnswer(String question) {
            return "inherited answer to " + question;
        }
    }

    @ApplicationScoped
    static class Oracle extends Base implements Defaults {
        private final String voice = "oracle";

        @Resilient(retry = @Retry(maxRetries = 0), fallback = "guess")
        CharSequence ask(String question) throws IOException {
            throw new IOException("no answer to " + question);
        }

        @SuppressWarnings("UnusedMethod") // found by its name
        private String guess(String question) {
            return "a guess of the " + voice + " at " + question;
        }

        @Resilient(retry = @Retry(maxRetries = 0), fallback = "inheritedAnswer")
        String askBase(String question) {
            throw new IllegalStateException(question);
        }

        @Resilient(retry = @Retry(maxRetries = 0), fallback = "standardAnswer")
        String askInterface(String question) {
            throw new IllegalStateException(question);
        }

        @Resilient(retry = @Retry(maxRetries = 0), fallback = "failToo")
        String askInVain(String question) {
            throw new IllegalStateException(question);
        }

        String failToo(String question) throws IOException {
            throw new IOException("not even a guess at " + question);
        }

        @Resilient(retry = @Retry(maxRetries = 0), fallback = "guess")
        String die(String question) {
            throw new StackOverflowError(question);
        }
    }

    @Test
    void a_private_method_of_the_bean_answers_on_the_same_bean_with_the_same_arguments() throws IOException {
        try (SeContainer container = Containers.start(Oracle.class)) {
            Oracle oracle = container.select(Oracle.class).get();
            assertThat(oracle.ask("life").toString()).isEqualTo("a guess of the oracle at life");
        }
    }

    @Test
    void an_inherited_method_answers() {
        try (SeContainer container = Containers.start(Oracle.class)) {
            assertThat(container.select(Oracle.class).get().askBase("life")).isEqualTo("inherited answer to life");
        }
    }

    @Test
    void a_default_method_of_an_interface_answers() {
        try (SeContainer container = Containers.start(Oracle.class)) {
            assertThat(container.select(Oracle.class).get().askInterface("life"))
                    .isEqualTo("standard answer to life");
        }
    }

    @Test
    void what_the_fallback_throws_is_what_the_caller_sees() {
        try (SeContainer container = Containers.start(Oracle.class)) {
            Oracle oracle = container.select(Oracle.class).get();
            assertThatThrownBy(() -> oracle.askInVain("life"))
                    .isExactlyInstanceOf(IOException.class)
                    .hasMessage("not even a guess at life");
        }
    }

    @Test
    void an_error_is_beyond_a_fallback() {
        try (SeContainer container = Containers.start(Oracle.class)) {
            Oracle oracle = container.select(Oracle.class).get();
            assertThatThrownBy(() -> oracle.die("life")).isExactlyInstanceOf(StackOverflowError.class);
        }
    }

    abstract static class Template<K> {
        @Resilient(retry = @Retry(maxRetries = 0), fallback = "none")
        String fetch(K key) {
            throw new IllegalStateException("no " + key);
        }

        abstract String none(K key);
    }

    @ApplicationScoped
    static class Filled extends Template<String> {
        @Override
        String none(String key) {
            return "none of " + key;
        }
    }

    @Test
    void a_fallback_may_be_abstract_where_the_method_stands() {
        try (SeContainer container = Containers.start(Filled.class)) {
            assertThat(container.select(Filled.class).get().fetch("it")).isEqualTo("none of it");
        }
    }

    @ApplicationScoped
    static class NoSuchFallback {
        @Resilient(fallback = "gues")
        String ask(String question) {
            return question;
        }
    }

    @Test
    void a_missing_fallback_is_a_definition_error() {
        assertThatThrownBy(() -> Containers.start(NoSuchFallback.class))
                .isInstanceOf(DefinitionException.class)
                .hasMessageContainingAll(
                        "FallbackTest$NoSuchFallback.ask",
                        "'fallback'",
                        "no method java.lang.String gues(java.lang.String)");
    }

    @ApplicationScoped
    static class OtherParameters {
        @Resilient(fallback = "guess")
        String ask(String question) {
            return question;
        }

        String guess(int question) {
            return "guess " + question;
        }
    }

    @ApplicationScoped
    static class OtherReturnType {
        @Resilient(fallback = "guess")
        String ask(String question) {
            return question;
        }

        List<String> guess(String question) {
            return List.of(question);
        }
    }

    @ApplicationScoped
    static class StaticFallback {
        @Resilient(fallback = "guess")
        String ask(String question) {
            return question;
        }

        static String guess(String question) {
            return question;
        }
    }

    @ApplicationScoped
    static class Itself {
        @Resilient(fallback = "ask")
        String ask(String question) {
            return question;
        }
    }

    @Test
    void a_fallback_of_another_signature_is_a_definition_error_that_shows_what_there_is() {
        for (Class<?> bean : List.of(OtherParameters.class, OtherReturnType.class, StaticFallback.class)) {
            assertThatThrownBy(() -> Containers.start(bean))
                    .as(bean.getSimpleName())
                    .isInstanceOf(DefinitionException.class)
                    .hasMessageContainingAll(
                            "FallbackTest$" + bean.getSimpleName() + ".ask",
                            "'fallback'",
                            "no method java.lang.String guess(java.lang.String)",
                            "; there is ",
                            ".guess(");
        }
    }

    @Test
    void a_method_cannot_be_its_own_fallback() {
        assertThatThrownBy(() -> Containers.start(Itself.class))
                .isInstanceOf(DefinitionException.class)
                .hasMessageContainingAll("FallbackTest$Itself.ask", "'fallback'", "another method");
    }

    @ApplicationScoped
    @Resilient(fallback = "guess")
    static class OnClass {
        String ask(String question) {
            return question;
        }

        String guess(String question) {
            return question;
        }
    }

    @Test
    void a_fallback_for_a_whole_class_is_a_definition_error() {
        assertThatThrownBy(() -> Containers.start(OnClass.class))
                .isInstanceOf(DefinitionException.class)
                .hasMessageContainingAll("FallbackTest$OnClass.ask", "'fallback'", "put @Resilient on the method");
    }
}
