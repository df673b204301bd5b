package io.seawall.interceptors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.seawall.resilience.circuitbreaker.CircuitOpenException;
import jakarta.ejb.EJBException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.spi.DefinitionException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Fallbacks that are given the failure as their last parameter: the nearest type answers. */
class FallbackByFailureTest {

    abstract static class Defaults {
        String later(int order, RuntimeException failure) {
            return "above: " + failure.getMessage();
        }

        String later(int order, IOException failure) {
            return "overridden";
        }
    }

    @ApplicationScoped
    static class Payments extends Defaults {

        @Resilient(retry = @Retry(maxRetries = 0), breaker = @Breaker(failures = 0), fallback = "later")
        String charge(int order, Exception failure) throws Exception {
            throw failure;
        }

        String later(int order, Exception failure) {
            return "same parameters: " + order;
        }

        @Resilient(retry = @Retry(maxRetries = 0), breaker = @Breaker(failures = 0), fallback = "laterBy")
        String chargeBy(Exception failure) throws Exception {
            throw failure;
        }

        String laterBy(Exception original, IOException failure) {
            return "io: " + failure.getMessage();
        }

        String laterBy(Exception original, FileNotFoundException failure) {
            return "no file: " + failure.getMessage();
        }

        String laterBy(Exception original, Throwable failure) {
            return "any: " + failure.getMessage();
        }

        @Resilient(retry = @Retry(maxRetries = 0), breaker = @Breaker(failures = 0), fallback = "onlyIo")
        String chargeIo(Exception failure) throws Exception {
            throw failure;
        }

        String onlyIo(Exception original, IOException failure) {
            return "io: " + failure.getMessage();
        }

        @Resilient(retry = @Retry(maxRetries = 0), breaker = @Breaker(failures = 0), fallback = "ioOrNot")
        String chargeIoOrNot(Exception failure) throws Exception {
            throw failure;
        }

        String ioOrNot(Exception original, IOException failure) {
            return "io";
        }

        String ioOrNot(Exception original) {
            return "whatever it was";
        }

        @Resilient(retry = @Retry(maxRetries = 0), breaker = @Breaker(failures = 0), fallback = "ejb")
        String chargeEjb(Exception failure) throws Exception {
            throw failure;
        }

        String ejb(Exception original, EJBException failure) {
            return "ejb: " + failure.getMessage();
        }

        @Resilient(retry = @Retry(maxRetries = 0), breaker = @Breaker(failures = 1), fallback = "whenOpen")
        String chargeOrOpen() {
            throw new IllegalStateException("down");
        }

        String whenOpen(CircuitOpenException open) {
            return "open: " + open.target();
        }

        @Resilient(retry = @Retry(maxRetries = 0), breaker = @Breaker(failures = 0), fallback = "overload")
        String overload(int order) {
            throw new IllegalStateException("down");
        }

        String overload(int order, IllegalStateException failure) {
            return order + ": " + failure.getMessage();
        }
    }

    private final SeContainer container = Containers.start(Payments.class);
    private final Payments payments = container.select(Payments.class).get();

    @AfterEach
    void stop() {
        container.close();
    }

    @Test
    void the_nearest_type_answers() throws Exception {
        assertThat(payments.chargeBy(new FileNotFoundException("a"))).isEqualTo("no file: a");
        assertThat(payments.chargeBy(new IOException("b"))).isEqualTo("io: b");
        assertThat(payments.chargeBy(new IllegalStateException("c"))).isEqualTo("any: c");
    }

    @Test
    void a_failure_is_looked_at_without_what_containers_put_around_it() throws Exception {
        assertThat(payments.chargeBy(new ExecutionException(new EJBException(new IOException("inside")))))
                .isEqualTo("io: inside");
        assertThat(payments.chargeBy(new UncheckedIOException(new IOException("a cause of its own"))))
                .startsWith("any: ");
    }

    @Test
    void who_asks_for_the_wrapper_itself_is_given_it() throws Exception {
        assertThat(payments.chargeEjb(new EJBException("around", new IOException("inside"))))
                .startsWith("ejb: around");
    }

    @Test
    void a_failure_for_which_there_is_no_type_is_thrown() throws Exception {
        IllegalStateException failure = new IllegalStateException("not io");
        assertThatThrownBy(() -> payments.chargeIo(failure)).isSameAs(failure);
        assertThat(payments.chargeIo(new IOException("down"))).isEqualTo("io: down");
    }

    @Test
    void what_takes_no_failure_answers_where_no_type_fits() throws Exception {
        assertThat(payments.chargeIoOrNot(new IllegalStateException())).isEqualTo("whatever it was");
        assertThat(payments.chargeIoOrNot(new IOException())).isEqualTo("io");
    }

    @Test
    void a_refusal_can_be_asked_for() {
        assertThatThrownBy(payments::chargeOrOpen).hasMessage("down");
        assertThat(payments.chargeOrOpen()).startsWith("open: ").contains("chargeOrOpen");
    }

    @Test
    void an_exception_among_the_parameters_of_the_guarded_method_is_one_of_them() throws Exception {
        assertThat(payments.charge(1, new IOException())).isEqualTo("same parameters: 1");
    }

    @Test
    void an_overload_of_the_guarded_method_itself_may_answer() {
        assertThat(payments.overload(3)).isEqualTo("3: down");
    }

    @ApplicationScoped
    static class Inheriting extends Defaults {
        @Resilient(retry = @Retry(maxRetries = 0), fallback = "later")
        String charge(int order) throws IOException {
            if (order < 0) {
                throw new IOException("negative");
            }
            throw new IllegalStateException("down");
        }

        @Override
        String later(int order, IOException failure) {
            return "of the bean: " + failure.getMessage();
        }
    }

    @Test
    void methods_of_the_bean_and_those_above_it_answer_together() throws IOException {
        try (SeContainer other = Containers.start(Inheriting.class)) {
            Inheriting bean = other.select(Inheriting.class).get();
            assertThat(bean.charge(-1)).isEqualTo("of the bean: negative");
            assertThat(bean.charge(1)).isEqualTo("above: down");
        }
    }

    @Dependent
    static class NoFailure {
        @Resilient(fallback = "later")
        String charge(int order) {
            return "";
        }

        String later(int order, String failure) {
            return "";
        }
    }

    @Test
    void a_further_parameter_that_is_no_failure_is_a_definition_error() {
        assertThatThrownBy(() -> Containers.start(NoFailure.class))
                .isInstanceOf(DefinitionException.class)
                .hasMessageContainingAll(
                        "NoFailure.charge", "'fallback'", "an exception may be added", "later(int,java.lang.String)");
    }
}
