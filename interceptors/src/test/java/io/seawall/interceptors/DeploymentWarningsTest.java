package io.seawall.interceptors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.seawall.test.CapturedLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Vetoed;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.spi.DefinitionException;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is said at deployment of {@code @Resilient} where it does less than it seems to, or nothing. */
class DeploymentWarningsTest {

    private final CapturedLog log = new CapturedLog(ResilientExtension.class);

    @AfterEach
    void endCapture() {
        log.close();
    }

    private List<String> warningsOf(Class<?>... beans) {
        try (SeContainer container = Containers.start(beans)) {
            assertThat(container.isRunning()).isTrue();
        }
        return log.lines().stream().filter(line -> line.startsWith("WARNING")).toList();
    }

    private void assertMisplaced(Class<?> bean, String method, String why) {
        assertThatThrownBy(() -> Containers.start(bean))
                .isInstanceOf(DefinitionException.class)
                .hasMessageContainingAll(bean.getName() + "." + method, "guards nothing", why);
    }

    @ApplicationScoped
    static class Private {
        @Resilient
        @SuppressWarnings("UnusedMethod")
        private void call() {}
    }

    @ApplicationScoped
    static class Static {
        @Resilient
        static void call() {}
    }

    @ApplicationScoped
    static class Final {
        @Resilient
        final void call() {}
    }

    @ApplicationScoped
    @Resilient
    static class FinalByClass {
        void other() {}

        final void call() {}
    }

    @jakarta.enterprise.context.Dependent
    static final class FinalClass {
        @Resilient
        void call() {}
    }

    @Test
    void on_a_private_static_or_final_method_it_is_a_definition_error() {
        assertMisplaced(Private.class, "call", "private and static");
        assertMisplaced(Static.class, "call", "private and static");
        assertMisplaced(Final.class, "call", "'final'");
        assertMisplaced(FinalByClass.class, "call", "'final'");
        assertMisplaced(FinalClass.class, "call", "'final'");
    }

    @ApplicationScoped
    static class CallsItself {
        @Resilient
        String call() {
            return "";
        }

        String all() {
            return call() + call();
        }
    }

    @ApplicationScoped
    static class CallsItselfInALambda {
        @Resilient
        String call() {
            return "";
        }

        Supplier<String> all() {
            return this::call;
        }
    }

    abstract static class Base {
        String all() {
            return call();
        }

        abstract String call();
    }

    @ApplicationScoped
    static class IsCalledFromAbove extends Base {
        @Override
        @Resilient
        String call() {
            return "";
        }
    }

    @ApplicationScoped
    static class Order {
        @Inject
        Instance<OrderLines> lines;

        @Resilient
        String call() {
            return "";
        }

        String all() {
            return call();
        }
    }

    @ApplicationScoped
    static class OrderLines {}

    abstract static class GenericBase<T> {
        T all() {
            return call();
        }

        abstract T call();
    }

    @ApplicationScoped
    static class IsCalledThroughABridge extends GenericBase<String> {
        @Override
        @Resilient
        String call() {
            return "";
        }
    }

    interface Handler<T> {
        void handle(T t);
    }

    @ApplicationScoped
    static class CallsWhatABridgeStandsFor implements Handler<String> {
        @Override
        @Resilient
        public void handle(String s) {}

        void all() {
            handle("a");
        }
    }

    @ApplicationScoped
    static class IsCalledFromAnAnonymousClass {
        @Resilient
        String call() {
            return "";
        }

        Supplier<String> all() {
            return new Supplier<>() {
                @Override
                public String get() {
                    return call();
                }
            };
        }
    }

    @ApplicationScoped
    static class IsCalledFromAnInnerClassOfAnInnerClass {
        @Resilient
        String call() {
            return "";
        }

        class Inner {
            class Innermost {
                String all() {
                    return call();
                }
            }
        }
    }

    @ApplicationScoped
    static class CallsItselfAmongAllKindsOfInstructions {
        private final long[][] numbers = new long[2][3];
        private volatile double number = 1e100;

        @Resilient
        String call() {
            return "";
        }

        String all(int number, String word, Object any) {
            for (long i = 0x100000000L; i < number + numbers[1][2]; i += 1000) {
                this.number = 2.5f * i;
            }
            switch (number) {
                case 1, 2, 3 -> number += 1000;
                case 5 -> number++;
                default -> number--;
            }
            String other = switch (word) {
                case "a", "bc" -> word + "d" + number;
                case "efg" -> word.strip();
                default -> "";
            };
            Runnable runnable = () -> this.number = word.length();
            runnable.run();
            return any instanceof CharSequence text && text.length() > 1 ? call() : other;
        }
    }

    @Test
    void a_method_that_its_own_class_calls_is_told() {
        for (Class<?> bean : List.of(
                CallsItselfAmongAllKindsOfInstructions.class,
                CallsItself.class,
                CallsItselfInALambda.class,
                IsCalledFromAbove.class,
                IsCalledThroughABridge.class,
                IsCalledFromAnAnonymousClass.class,
                IsCalledFromAnInnerClassOfAnInnerClass.class,
                Order.class)) {
            assertThat(warningsOf(bean))
                    .as(bean.getSimpleName())
                    .last()
                    .asString()
                    .contains("called by their own class", bean.getName() + ".call");
        }
        assertThat(warningsOf(CallsWhatABridgeStandsFor.class))
                .last()
                .asString()
                .contains("called by their own class", CallsWhatABridgeStandsFor.class.getName() + ".handle");
    }

    @ApplicationScoped
    static class CallsItselfThroughTheContainer {
        @Inject
        Instance<CallsItselfThroughTheContainer> self;

        @Resilient
        String call() {
            return "";
        }

        String all() {
            return self.get().call();
        }
    }

    interface Answering<T> {
        T call();
    }

    @ApplicationScoped
    static class HasABridge implements Answering<String> {
        @Override
        @Resilient
        public String call() {
            return "";
        }
    }

    static class Parent {
        String call() {
            return "";
        }
    }

    @ApplicationScoped
    static class CallsTheOneAbove extends Parent {
        @Override
        @Resilient
        String call() {
            return super.call();
        }
    }

    @ApplicationScoped
    @Resilient
    static class GuardedAsAWhole {
        String call() {
            return "";
        }

        String all() {
            return call();
        }
    }

    @ApplicationScoped
    static class HasANamesake {
        @Resilient
        String call() {
            return "";
        }

        String call(String argument) {
            return argument;
        }

        String all() {
            return call("");
        }
    }

    @ApplicationScoped
    static class IsCalledThroughTheContainerByWhatIsInside {
        @Resilient
        String call() {
            return "";
        }

        Supplier<String> all(IsCalledThroughTheContainerByWhatIsInside another) {
            return new Supplier<>() {
                @Override
                public String get() {
                    return another.call() + nothing();
                }
            };
        }

        String nothing() {
            return "";
        }

        static class Neighbour {
            @Inject
            IsCalledThroughTheContainerByWhatIsInside another;

            String all() {
                return another.call();
            }
        }
    }

    @Test
    void a_method_that_only_others_call_is_not_told() {
        assertThat(warningsOf(
                        IsCalledThroughTheContainerByWhatIsInside.class,
                        CallsItselfThroughTheContainer.class,
                        HasABridge.class,
                        CallsTheOneAbove.class,
                        GuardedAsAWhole.class,
                        HasANamesake.class))
                .isEmpty();
    }

    @ApplicationScoped
    static class RetriedTwice {
        @Resilient
        @org.eclipse.microprofile.faulttolerance.Retry
        void call() {}

        @Resilient(retry = @Retry(maxRetries = 0))
        @org.eclipse.microprofile.faulttolerance.Retry
        void once() {}
    }

    @ApplicationScoped
    @org.eclipse.microprofile.faulttolerance.Retry
    static class RetriedTwiceByClass {
        @Resilient
        void call() {}
    }

    @Test
    void a_method_that_microprofile_retries_too_is_told() {
        assertThat(warningsOf(RetriedTwice.class, RetriedTwiceByClass.class))
                .singleElement()
                .asString()
                .contains(
                        "MicroProfile",
                        RetriedTwice.class.getName() + ".call",
                        RetriedTwiceByClass.class.getName() + ".call")
                .doesNotContain(".once");
    }

    static class HasAPrivateOne {
        @Resilient
        @SuppressWarnings("UnusedMethod")
        private void call() {}
    }

    @ApplicationScoped
    static class HasAnotherOfThatName extends HasAPrivateOne {
        void call() {}
    }

    @Test
    void a_private_method_is_not_overridden_by_its_namesake() {
        assertThatThrownBy(() -> Containers.start(HasAnotherOfThatName.class))
                .isInstanceOf(DefinitionException.class)
                .hasMessageContaining("private and static");
    }

    @Alternative
    @ApplicationScoped
    static class NotSelected {
        @Resilient
        void call() {}
    }

    @Test
    void an_alternative_that_is_not_selected_is_not_told() {
        assertThat(warningsOf(NotSelected.class)).isEmpty();
    }

    @Vetoed
    static class NoBean {
        @Resilient
        void call() {}
    }

    interface OnAnInterface {
        @Resilient
        void call();
    }

    abstract static class OnAnAbstractClass {
        @Resilient
        void call() {}
    }

    @ApplicationScoped
    static class Concrete extends OnAnAbstractClass implements OnAnInterface {
        @Override
        public void call() {}

        @Resilient
        void other() {}
    }

    @Test
    void a_class_that_is_no_bean_is_told() {
        assertThat(Unguarded.complaints(
                        Set.of(
                                NoBean.class,
                                OnAnInterface.class,
                                OnAnAbstractClass.class,
                                Concrete.class,
                                ResilientInterceptor.class),
                        Set.of(Concrete.class)))
                .satisfiesExactly(
                        complaint -> assertThat(complaint).contains(NoBean.class.getName(), "no bean", "scope"),
                        complaint -> assertThat(complaint).contains(OnAnInterface.class.getName(), "interface"));
    }

    @Test
    void a_class_that_cdi_has_seen_and_not_taken_for_a_bean_is_told_when_the_application_starts() {
        assertThat(warningsOf(Concrete.class, OnAnInterface.class))
                .satisfiesExactly(
                        warning -> assertThat(warning).contains("overridden", Concrete.class.getName() + ".call"),
                        warning -> assertThat(warning).contains(OnAnInterface.class.getName(), "interface"));
    }

    @ApplicationScoped
    static class WantsTransactions {
        @Resilient(transaction = TransactionMode.PER_ATTEMPT)
        void call() {}
    }

    @Test
    void a_new_transaction_for_each_attempt_where_nobody_can_begin_one_stops_the_deployment() {
        assertThatThrownBy(() -> Containers.start(WantsTransactions.class))
                .isInstanceOf(DeploymentException.class)
                .hasMessageContainingAll(WantsTransactions.class.getName() + ".call", "PER_ATTEMPT", "EJB");
    }
}
