package io.seawall.interceptors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.ConversationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.SessionScoped;
import jakarta.enterprise.inject.Stereotype;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.spi.DefinitionException;
import java.io.Serializable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The last good answer in place of a failure, by annotation, on Weld. */
class StaleAnswersTest {

    @ApplicationScoped
    static class Catalogue {

        private int calls;
        private boolean down;

        void down() {
            down = true;
        }

        private String answer(Object question) {
            calls++;
            if (down) {
                throw new IllegalStateException("down");
            }
            return question + "#" + calls;
        }

        @Resilient(target = "catalogue", retry = @Retry(maxRetries = 0), stale = @Stale(maxAge = "1h"))
        String find(@Nullable String name, int page) {
            return answer(name + page);
        }

        @Resilient(target = "catalogue", retry = @Retry(maxRetries = 0), stale = @Stale(maxAge = "1h"))
        String findAnother(String name, int page) {
            return answer(name + page);
        }

        @Resilient(retry = @Retry(maxRetries = 0), stale = @Stale(maxAge = "1h"))
        String all() {
            return answer("all");
        }

        @Resilient(retry = @Retry(maxRetries = 0), stale = @Stale(maxAge = "1h"))
        String changesWhatItIsGiven(String[] names, byte[][] keys) {
            String answer = answer(names[0] + keys[0][0]);
            names[0] = "changed";
            keys[0][0] = 99;
            return answer;
        }

        @Resilient(retry = @Retry(maxRetries = 0), stale = @Stale(maxAge = "1h"), fallback = "nothing")
        String orNothing(String name) {
            return answer(name);
        }

        String nothing(String name) {
            return "nothing";
        }

        @Resilient(retry = @Retry(maxRetries = 0), stale = @Stale(maxAge = "1h"))
        CompletionStage<String> later(String name) {
            return down
                    ? CompletableFuture.failedFuture(new IllegalStateException("down"))
                    : CompletableFuture.completedFuture(answer(name));
        }

        @Resilient(target = "few", retry = @Retry(maxRetries = 0), stale = @Stale(maxAge = "1h", maxEntries = 1))
        String few(String name) {
            return answer(name);
        }
    }

    private SeContainer container = Containers.start(Catalogue.class);
    private Catalogue catalogue = container.select(Catalogue.class).get();

    @AfterEach
    void stop() {
        container.close();
        System.clearProperty("seawall.few.stale.maxAge");
    }

    private void startAgain() {
        container.close();
        container = Containers.start(Catalogue.class);
        catalogue = container.select(Catalogue.class).get();
    }

    @Test
    void a_call_that_fails_is_answered_by_what_the_same_arguments_had_last() {
        catalogue.find("shoes", 1);
        catalogue.find("shoes", 2);
        catalogue.find("shoes", 1);
        catalogue.down();
        assertThat(catalogue.find("shoes", 1)).isEqualTo("shoes1#3");
        assertThat(catalogue.find("shoes", 2)).isEqualTo("shoes2#2");
        assertThatThrownBy(() -> catalogue.find("shoes", 3)).hasMessage("down");
    }

    @Test
    void each_method_has_answers_of_its_own() {
        catalogue.find("shoes", 1);
        catalogue.down();
        assertThatThrownBy(() -> catalogue.findAnother("shoes", 1)).hasMessage("down");
    }

    @Test
    void a_method_without_parameters_has_one_answer() {
        catalogue.all();
        catalogue.down();
        assertThat(catalogue.all()).isEqualTo("all#1");
    }

    @Test
    void arguments_are_known_by_null_too() {
        catalogue.find(null, 1);
        catalogue.down();
        assertThat(catalogue.find(null, 1)).isEqualTo("null1#1");
    }

    @Test
    void arrays_are_compared_by_what_was_in_them_when_the_call_began() {
        catalogue.changesWhatItIsGiven(new String[] {"a"}, new byte[][] {{1}});
        catalogue.down();
        assertThat(catalogue.changesWhatItIsGiven(new String[] {"a"}, new byte[][] {{1}}))
                .isEqualTo("a1#1");
        assertThatThrownBy(() -> catalogue.changesWhatItIsGiven(new String[] {"changed"}, new byte[][] {{99}}))
                .hasMessage("down");
    }

    @Test
    void it_comes_before_the_fallback_whose_answers_are_not_kept() {
        catalogue.orNothing("shoes");
        catalogue.down();
        assertThat(catalogue.orNothing("shoes")).isEqualTo("shoes#1");
        assertThat(catalogue.orNothing("boots")).isEqualTo("nothing");
        assertThat(catalogue.orNothing("shoes")).isEqualTo("shoes#1");
    }

    @Test
    void a_result_that_comes_later_is_kept_as_what_it_came_to() {
        catalogue.later("shoes").toCompletableFuture().join();
        catalogue.down();
        assertThat(catalogue.later("shoes").toCompletableFuture().join()).isEqualTo("shoes#1");
    }

    @Test
    void no_more_answers_are_kept_than_are_wanted() {
        List<String> names = List.of("a", "b", "c", "d", "e");
        names.forEach(catalogue::few);
        catalogue.down();
        assertThat(names.stream().filter(this::isAnswered)).hasSizeLessThanOrEqualTo(1);
    }

    private boolean isAnswered(String name) {
        try {
            catalogue.few(name);
            return true;
        } catch (IllegalStateException down) {
            return false;
        }
    }

    @Test
    void all_of_it_is_switched_off_from_outside_by_its_age() {
        System.setProperty("seawall.few.stale.maxAge", "");
        startAgain();
        catalogue.few("a");
        catalogue.down();
        assertThatThrownBy(() -> catalogue.few("a")).hasMessage("down");
    }

    @Dependent
    static class Nothing {
        @Resilient(stale = @Stale(maxAge = "1h"))
        void send() {}
    }

    @Dependent
    static class NothingLater {
        @Resilient(stale = @Stale(maxAge = "1h"))
        CompletionStage<Void> send() {
            return CompletableFuture.completedFuture(null);
        }
    }

    @Test
    void a_method_that_returns_nothing_has_no_answers() {
        for (Class<?> bean : List.of(Nothing.class, NothingLater.class)) {
            assertThatThrownBy(() -> Containers.start(bean))
                    .isInstanceOf(DefinitionException.class)
                    .hasMessageContainingAll(bean.getSimpleName() + ".send", "'stale'", "returns nothing", "fallback");
        }
    }

    @Dependent
    @Resilient(retry = @Retry(onResult = Never.class), stale = @Stale(maxAge = "1h"))
    static class SomeOfAClass {
        void send() {}

        String read() {
            return "";
        }
    }

    static class Never implements Predicate<Object> {
        @Override
        public boolean test(Object result) {
            return false;
        }
    }

    @Test
    void of_a_class_it_is_for_the_methods_that_return_something() {
        try (SeContainer other = Containers.start(SomeOfAClass.class)) {
            assertThat(other.isRunning()).isTrue();
        }
    }

    @Dependent
    static class OfAStream {
        @Resilient(stale = @Stale(maxAge = "1h"))
        Stream<String> read() {
            return Stream.of();
        }
    }

    @Dependent
    static class OfAnIterator {
        @Resilient(stale = @Stale(maxAge = "1h"))
        CompletionStage<Iterator<String>> read() {
            return CompletableFuture.completedFuture(null);
        }
    }

    @Test
    void what_can_be_used_once_cannot_be_given_again() {
        for (Class<?> bean : List.of(OfAStream.class, OfAnIterator.class)) {
            assertThatThrownBy(() -> Containers.start(bean))
                    .isInstanceOf(DefinitionException.class)
                    .hasMessageContainingAll(bean.getSimpleName() + ".read", "'stale'", "used once");
        }
    }

    @Dependent
    static class WithoutAge {
        @Resilient(stale = @Stale(maxEntries = 5))
        String read() {
            return "";
        }
    }

    @ApplicationScoped
    static class Slow {

        final CountDownLatch answered = new CountDownLatch(1);
        final CompletableFuture<Thread> refreshed = new CompletableFuture<>();
        private int calls;

        CountDownLatch answered() {
            return answered;
        }

        CompletableFuture<Thread> refreshed() {
            return refreshed;
        }

        @Resilient(stale = @Stale(maxAge = "1h", softDeadline = "1ms"))
        Thread call() throws InterruptedException {
            if (++calls > 1) {
                assertThat(answered.await(30, TimeUnit.SECONDS)).isTrue();
                refreshed.complete(Thread.currentThread());
            }
            return Thread.currentThread();
        }
    }

    @Test
    void a_call_that_takes_longer_than_its_soft_deadline_is_answered_while_it_goes_on_elsewhere() throws Exception {
        try (SeContainer cdi = Containers.start(Slow.class)) {
            Slow slow = cdi.select(Slow.class).get();

            assertThat(slow.call()).as("the first, without an answer to give").isSameAs(Thread.currentThread());
            assertThat(slow.call()).as("the answer of the first").isSameAs(Thread.currentThread());
            slow.answered().countDown();

            assertThat(slow.refreshed().get(30, TimeUnit.SECONDS).getName()).isEqualTo("seawall-async");
        }
    }

    @Dependent
    static class WithASoftDeadlineAlone {
        @Resilient(stale = @Stale(softDeadline = "100ms"))
        String read() {
            return "";
        }
    }

    @Dependent
    static class TooOld {
        @Resilient(stale = @Stale(maxAge = "8d"))
        String read() {
            return "";
        }
    }

    @Test
    void what_would_do_nothing_and_what_is_out_of_its_range_stops_the_deployment() {
        assertThatThrownBy(() -> Containers.start(WithoutAge.class))
                .isInstanceOf(DefinitionException.class)
                .hasMessageContainingAll("'stale'", "maxEntries is 5", "maxAge");
        assertThatThrownBy(() -> Containers.start(WithASoftDeadlineAlone.class))
                .isInstanceOf(DefinitionException.class)
                .hasMessageContainingAll("'stale'", "softDeadline is 100ms", "maxAge");
        assertThatThrownBy(() -> Containers.start(TooOld.class))
                .isInstanceOf(DefinitionException.class)
                .hasMessageContainingAll("'stale'", "maxAge", "to 7d");
    }

    @SessionScoped
    static class Cart implements Serializable {
        private static final long serialVersionUID = 1L;

        @Resilient(stale = @Stale(maxAge = "1h"))
        String items() {
            return "";
        }
    }

    @ConversationScoped
    @Resilient(stale = @Stale(maxAge = "1h"))
    static class Checkout implements Serializable {
        private static final long serialVersionUID = 1L;

        String step() {
            return "";
        }
    }

    abstract static class Items {
        @Resilient(stale = @Stale(maxAge = "1h"))
        String items() {
            return "";
        }
    }

    @SessionScoped
    static class WishList extends Items implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    @SessionScoped
    @Stereotype
    @Retention(RetentionPolicy.RUNTIME)
    @interface OfTheSession {}

    @OfTheSession
    static class Orders extends Items implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void what_a_bean_of_one_client_answers_is_not_given_to_others() {
        Map<Class<?>, String> beans = Map.of(
                Cart.class, "@SessionScoped",
                WishList.class, "@SessionScoped",
                Orders.class, "@SessionScoped",
                Checkout.class, "@ConversationScoped");
        beans.forEach((bean, scope) -> assertThatThrownBy(() -> Containers.start(bean))
                .as(bean.getSimpleName())
                .isInstanceOf(DefinitionException.class)
                .hasMessageContainingAll(bean.getName(), "'stale'", scope, "given to others"));
    }
}
