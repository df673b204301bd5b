package io.seawall.filter.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.seawall.filter.route.CostFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApplicationClassTest {

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    @AfterEach
    void restore() {
        Thread.currentThread().setContextClassLoader(before);
    }

    /** As it should be. */
    public static final class Fit implements Supplier<String> {

        /** For the test. */
        public Fit() {}

        @Override
        public String get() {
            return "fit";
        }
    }

    static final class Hidden implements Supplier<String> {

        public Hidden() {}

        @Override
        public String get() {
            return "hidden";
        }
    }

    /** Lacks a constructor that anybody may call. */
    public static final class Private implements Supplier<String> {

        private Private() {}

        @Override
        public String get() {
            return "private";
        }
    }

    /** Lacks a constructor without arguments. */
    public static final class Needy implements Supplier<String> {

        private final String need;

        /** For nobody. */
        public Needy(String need) {
            this.need = need;
        }

        @Override
        public String get() {
            return need;
        }
    }

    /** Lacks a method. */
    public abstract static class Abstract implements Supplier<String> {

        /** For heirs. */
        protected Abstract() {}
    }

    /** Is no class. */
    public interface Contract extends Supplier<String> {}

    /** Needs an instance of what it is in. */
    public final class Inner implements Supplier<String> {

        /** For the test. */
        public Inner() {}

        @Override
        public String get() {
            return ApplicationClassTest.this.toString();
        }
    }

    /** Does not come to be. */
    public static final class Failing implements Supplier<String> {

        /** For the test. */
        public Failing() {
            throw new IllegalStateException("no licence");
        }

        @Override
        public String get() {
            return "";
        }
    }

    /** Cannot be initialised. */
    public static final class Unlucky implements Supplier<String> {

        private static final int NUMBER = Integer.parseInt("x");

        /** For the test. */
        public Unlucky() {}

        @Override
        public String get() {
            return "" + NUMBER;
        }
    }

    private static Supplier<?> newInstance(Class<?> type) {
        return ApplicationClass.newInstance(type.getName(), Supplier.class);
    }

    @Test
    void a_class_is_made_anew_each_time() {
        Supplier<?> one = newInstance(Fit.class);
        assertThat(one.get()).isEqualTo("fit");
        assertThat(newInstance(Fit.class)).isNotSameAs(one);
    }

    @Test
    void the_class_loader_of_the_application_comes_first() {
        StringBuilder asked = new StringBuilder();
        Thread.currentThread().setContextClassLoader(new ClassLoader(before) {
            @Override
            public Class<?> loadClass(String name) throws ClassNotFoundException {
                asked.append(name);
                return super.loadClass(name);
            }
        });
        newInstance(Fit.class);
        assertThat(asked).contains(Fit.class.getName());
    }

    @Test
    void our_own_class_loader_is_asked_where_the_thread_has_none_or_one_that_does_not_know() {
        for (ClassLoader loader : new @Nullable ClassLoader[] {null, ClassLoader.getPlatformClassLoader()}) {
            Thread.currentThread().setContextClassLoader(loader);
            assertThat(newInstance(Fit.class).get()).isEqualTo("fit");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"com.acme.NoSuch", "", "com.acme.", "a/b", "[I", "x y", "\0"})
    void a_class_that_is_not_there_is_refused_with_the_fix(String name) {
        assertThatThrownBy(() -> ApplicationClass.newInstance(name, Supplier.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + name + "'");
    }

    @Test
    void a_class_of_another_kind_is_refused() {
        assertThatThrownBy(() -> ApplicationClass.newInstance(Fit.class.getName(), CostFunction.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("does not implement io.seawall.filter.route.CostFunction", "implement it");
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                Hidden.class,
                Private.class,
                Needy.class,
                Abstract.class,
                Contract.class,
                Inner.class,
                Supplier.class
            })
    void a_class_that_cannot_be_made_is_refused_with_the_rule(Class<?> type) {
        assertThatThrownBy(() -> newInstance(type))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "'" + type.getName() + "' cannot be made",
                        "public",
                        "not abstract",
                        "static",
                        "constructor without arguments");
    }

    @Test
    void what_a_class_throws_is_told() {
        assertThatThrownBy(() -> newInstance(Failing.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(Failing.class.getName(), "IllegalStateException: no licence")
                .hasCauseInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> newInstance(Unlucky.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(Unlucky.class.getName(), "ExceptionInInitializerError");
    }
}
