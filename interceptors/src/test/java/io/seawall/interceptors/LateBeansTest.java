package io.seawall.interceptors;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.test.CapturedLog;
import jakarta.ejb.MessageDriven;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.InjectionTarget;
import jakarta.enterprise.inject.spi.ProcessInjectionTarget;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Message-driven beans that their container tells CDI of when everything else is deployed: they are checked all the same. */
class LateBeansTest {

    private static final String KEY = "seawall.late.timeuot";

    private final CapturedLog log = new CapturedLog(ResilientExtension.class);

    @AfterEach
    void clear() {
        log.close();
        System.clearProperty(KEY);
    }

    /** What the container tells of a class. */
    private record Told<X>(AnnotatedType<X> getAnnotatedType, List<String> errors)
            implements ProcessInjectionTarget<X> {

        @Override
        public InjectionTarget<X> getInjectionTarget() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setInjectionTarget(InjectionTarget<X> injectionTarget) {}

        @Override
        public void addDefinitionError(Throwable error) {
            errors.add(String.valueOf(error.getMessage()));
        }
    }

    private static List<String> errorsOf(Class<?> late) {
        try (SeContainer container = Containers.start()) {
            List<String> errors = new ArrayList<>();
            container
                    .getBeanManager()
                    .getExtension(ResilientExtension.class)
                    .compileMessageDriven(new Told<>(container.getBeanManager().createAnnotatedType(late), errors));
            return errors;
        }
    }

    @MessageDriven
    static class WantsTransactions {
        @Resilient(transaction = TransactionMode.PER_ATTEMPT)
        public void onMessage() {}
    }

    @Test
    void who_wants_a_transaction_that_nobody_can_begin_is_wrong() {
        assertThat(errorsOf(WantsTransactions.class))
                .singleElement()
                .asString()
                .contains("PER_ATTEMPT", WantsTransactions.class.getName() + ".onMessage");
    }

    @MessageDriven
    static class Plain {
        @Resilient(target = "late")
        public void onMessage() {}
    }

    @Test
    void a_setting_that_names_no_member_of_its_target_is_wrong() {
        System.setProperty(KEY, "1s");
        assertThat(errorsOf(Plain.class)).singleElement().asString().contains("system property '" + KEY + "'");
    }

    @Test
    void what_does_less_than_it_seems_to_is_told() {
        assertThat(errorsOf(Plain.class)).isEmpty();
        assertThat(log.lines())
                .singleElement()
                .asString()
                .startsWith("WARNING")
                .contains("inside the transaction", Plain.class.getName() + ".onMessage");
    }

    static class NotMessageDriven {
        @Resilient(timeout = "never")
        public void onMessage() {}
    }

    @Test
    void others_are_not_compiled_twice() {
        assertThat(errorsOf(NotMessageDriven.class)).isEmpty();
    }
}
