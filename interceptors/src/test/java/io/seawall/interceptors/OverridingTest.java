package io.seawall.interceptors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.seawall.test.CapturedLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Specializes;
import jakarta.enterprise.inject.se.SeContainer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Methods of a bean that override others: as in CDI, the annotation of the one that is called counts, and no other. */
class OverridingTest {

    private final CapturedLog log = new CapturedLog(ResilientExtension.class);

    @AfterEach
    void endCapture() {
        log.close();
    }

    private List<String> warnings() {
        return log.lines().stream().filter(line -> line.startsWith("WARNING")).toList();
    }

    /** A bean that counts its attempts, all of which fail. */
    abstract static class Failing {
        int attempts;

        int attempts() {
            return attempts;
        }

        void fail() {
            attempts++;
            throw new IllegalStateException("attempt " + attempts);
        }
    }

    static class Base<X> extends Failing {
        @Resilient(timeout = "never")
        void call(X x) {
            fail();
        }

        @Resilient(timeout = "never")
        <Y extends X> void callWith(Map<String, Y[]> some, Y[] more) {
            fail();
        }
    }

    @ApplicationScoped
    static class OfStrings extends Base<String> {
        @Override
        @Resilient(retry = @Retry(maxRetries = 1, backoff = "1ms"))
        void call(String s) {
            fail();
        }

        @Override
        @Resilient(retry = @Retry(maxRetries = 1, backoff = "1ms"))
        <Z extends String> void callWith(Map<String, Z[]> some, Z[] more) {
            fail();
        }
    }

    static class OfLists<E> extends Base<List<E>> {}

    @ApplicationScoped
    static class OfListsOfStrings extends OfLists<String> {
        @Override
        @Resilient(retry = @Retry(maxRetries = 1, backoff = "1ms"))
        void call(List<String> strings) {
            fail();
        }

        @Override
        @Resilient(retry = @Retry(maxRetries = 1, backoff = "1ms"))
        <Z extends List<String>> void callWith(Map<String, Z[]> some, Z[] more) {
            fail();
        }
    }

    @Test
    void a_generic_method_is_overridden_by_one_with_the_types_of_the_subclass() {
        try (SeContainer container = Containers.start(OfStrings.class, OfListsOfStrings.class)) {
            OfStrings ofStrings = container.select(OfStrings.class).get();
            assertThatThrownBy(() -> ofStrings.call("")).hasMessage("attempt 2");
            assertThatThrownBy(() -> ofStrings.callWith(Map.of(), new String[0]))
                    .hasMessage("attempt 4");
            OfListsOfStrings ofLists = container.select(OfListsOfStrings.class).get();
            assertThatThrownBy(() -> ofLists.call(List.of())).hasMessage("attempt 2");
        }
        assertThat(warnings()).isEmpty();
    }

    @Test
    void who_calls_it_as_a_method_of_the_class_above_calls_the_same() {
        try (SeContainer container = Containers.start(OfStrings.class)) {
            Base<String> bean = container.select(OfStrings.class).get();
            assertThatThrownBy(() -> bean.call("")).hasMessage("attempt 2");
        }
    }

    @ApplicationScoped
    static class Overloading extends Overloaded<Integer> {
        void call(String s) {
            fail();
        }
    }

    static class Overloaded<X> extends Failing {
        @Resilient(retry = @Retry(maxRetries = 2, backoff = "1ms"))
        void call(X x) {
            fail();
        }
    }

    @Test
    void a_namesake_for_other_types_overrides_nothing() {
        try (SeContainer container = Containers.start(Overloading.class)) {
            Overloading bean = container.select(Overloading.class).get();
            assertThatThrownBy(() -> bean.call(1)).hasMessage("attempt 3");
            assertThatThrownBy(() -> bean.call("")).hasMessage("attempt 4");
        }
        assertThat(warnings()).isEmpty();
    }

    static class Hidden extends Failing {
        @Resilient(retry = @Retry(maxRetries = 2, backoff = "1ms"))
        public void call(Object any) {
            fail();
        }
    }

    /** The compiler gives it a bridge of {@code call(Object)}, since the class above is not public. */
    @ApplicationScoped
    public static class Shown extends Hidden {}

    @Test
    void a_bridge_to_a_class_that_is_not_public_overrides_nothing() {
        try (SeContainer container = Containers.start(Shown.class)) {
            Shown bean = container.select(Shown.class).get();
            assertThatThrownBy(() -> bean.call(1)).hasMessage("attempt 3");
        }
        assertThat(warnings()).isEmpty();
    }

    private static boolean overrides(Class<?> below, Class<?> above, Class<?>... parameters) throws Exception {
        return Overriding.overrides(
                below.getDeclaredMethod("call", parameters), above.getDeclaredMethod("call", Object.class), below);
    }

    @Test
    void the_types_that_the_subclass_has_decide_and_not_the_bridge() throws Exception {
        assertThat(overrides(OfStrings.class, Base.class, String.class)).isTrue();
        assertThat(overrides(OfStrings.class, Base.class, Object.class)).isFalse();
        assertThat(overrides(OfListsOfStrings.class, Base.class, List.class)).isTrue();
        assertThat(overrides(Shown.class, Hidden.class, Object.class)).isFalse();
        assertThat(overrides(Overloading.class, Overloaded.class, String.class)).isFalse();
    }

    static class Guarded<X> extends Failing {
        @Resilient(retry = @Retry(maxRetries = 2, backoff = "1ms"))
        void call(X x) {
            fail();
        }
    }

    static class Between extends Guarded<String> {
        @Override
        void call(String s) {
            fail();
        }
    }

    @ApplicationScoped
    static class WithoutAnnotation extends Between {}

    @ApplicationScoped
    static class WithAnnotationAgain extends Between {
        @Override
        @Resilient(retry = @Retry(maxRetries = 1, backoff = "1ms"))
        void call(String s) {
            fail();
        }
    }

    @Test
    void an_override_without_annotation_is_not_guarded_and_told() {
        try (SeContainer container = Containers.start(WithoutAnnotation.class)) {
            WithoutAnnotation bean = container.select(WithoutAnnotation.class).get();
            assertThatThrownBy(() -> bean.call("")).hasMessage("attempt 1");
        }
        assertThat(warnings())
                .singleElement()
                .asString()
                .contains(
                        "overridden",
                        WithoutAnnotation.class.getName() + ".call",
                        "repeat it on the method of the bean");
    }

    @Test
    void an_override_that_is_overridden_in_its_turn_does_not_count() {
        try (SeContainer container = Containers.start(WithAnnotationAgain.class)) {
            WithAnnotationAgain bean =
                    container.select(WithAnnotationAgain.class).get();
            assertThatThrownBy(() -> bean.call("")).hasMessage("attempt 2");
        }
        assertThat(warnings()).isEmpty();
    }

    @ApplicationScoped
    static class Original extends Failing {
        @Resilient(retry = @Retry(maxRetries = 1, backoff = "1ms"))
        void call() {
            fail();
        }
    }

    @Specializes
    static class Special extends Original {
        @Override
        void call() {
            fail();
        }
    }

    @Test
    void a_bean_that_specializes_a_guarded_one_is_told_of_the_method_and_not_that_it_is_no_bean() {
        try (SeContainer container = Containers.start(Original.class, Special.class)) {
            Original bean = container.select(Original.class).get();
            assertThatThrownBy(bean::call).hasMessage("attempt 1");
        }
        assertThat(warnings())
                .singleElement()
                .asString()
                .contains("overridden", Special.class.getName() + ".call")
                .doesNotContain("no bean");
    }

    @Resilient
    static class GuardedAsAWhole extends Failing {
        @Resilient(retry = @Retry(maxRetries = 2, backoff = "1ms"))
        void call() {
            fail();
        }
    }

    @ApplicationScoped
    static class InheritsTheAnnotationOfTheClass extends GuardedAsAWhole {
        @Override
        void call() {
            fail();
        }
    }

    @Test
    void what_stands_on_the_class_above_counts_for_an_override_too() {
        try (SeContainer container = Containers.start(InheritsTheAnnotationOfTheClass.class)) {
            InheritsTheAnnotationOfTheClass bean =
                    container.select(InheritsTheAnnotationOfTheClass.class).get();
            assertThatThrownBy(bean::call).hasMessage("attempt 3");
        }
        assertThat(warnings()).isEmpty();
    }

    @ApplicationScoped
    static class NothingGuarded extends Guarded<String> {
        @Override
        void call(String s) {
            fail();
        }
    }

    @Test
    void a_bean_without_any_guarded_method_is_a_bean_all_the_same() {
        assertThat(Unguarded.complaints(Set.of(NothingGuarded.class, Guarded.class), Set.of(NothingGuarded.class)))
                .isEmpty();
    }
}
