package io.seawall.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ejb.ApplicationException;
import jakarta.ejb.EJBException;
import jakarta.ejb.EJBTransactionRolledbackException;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class FailuresTest {

    private static boolean isIo(Throwable failure) {
        return Failures.any(failure, IOException.class::isInstance);
    }

    @Test
    void a_failure_is_found_inside_every_wrapper_and_inside_several() {
        IOException failure = new IOException();
        for (Throwable wrapped : List.of(
                failure,
                new EJBException(failure),
                new EJBTransactionRolledbackException("rolled back", failure),
                new InvocationTargetException(failure),
                new UndeclaredThrowableException(failure),
                new ExecutionException(failure),
                new CompletionException(new EJBException(new ExecutionException(failure))))) {
            assertThat(isIo(wrapped)).as("%s", wrapped).isTrue();
        }
    }

    @Test
    void the_cause_of_anything_else_is_not_the_failure() {
        assertThat(isIo(new IllegalStateException(new IOException()))).isFalse();
        assertThat(isIo(new EJBException(new IllegalStateException(new IOException()))))
                .isFalse();
    }

    @Test
    void a_wrapper_around_nothing_is_itself() {
        assertThat(isIo(new EJBException("no cause"))).isFalse();
    }

    @Test
    void the_first_of_a_type_is_the_outermost() {
        IOException inner = new IOException();
        assertThat(Failures.first(new EJBException(new ExecutionException(inner)), IOException.class))
                .containsSame(inner);
        ExecutionException outer = new ExecutionException(new ExecutionException(inner));
        assertThat(Failures.first(outer, ExecutionException.class)).containsSame(outer);
        assertThat(Failures.first(new IllegalStateException(inner), IOException.class))
                .isEmpty();
    }

    @Test
    void wrappers_in_a_ring_come_to_an_end() {
        ExecutionException ring = new ExecutionException("ring", null) {
            private static final long serialVersionUID = 1L;

            @Override
            public synchronized Throwable getCause() {
                return this;
            }
        };

        assertThat(isIo(ring)).isFalse();
        assertThat(Failures.unwrapped(ring)).isSameAs(ring);
    }

    @ApplicationException
    private static class NotInStock extends Exception {

        private static final long serialVersionUID = 1L;
    }

    private static final class NeverInStock extends NotInStock {

        private static final long serialVersionUID = 1L;
    }

    @ApplicationException(inherited = false)
    private static class NotForSubclasses extends Exception {

        private static final long serialVersionUID = 1L;
    }

    private static final class Subclass extends NotForSubclasses {

        private static final long serialVersionUID = 1L;
    }

    @Test
    void an_application_exception_hands_that_on_to_its_subclasses_unless_it_says_otherwise() {
        assertThat(Failures.isCallersFault(new NeverInStock())).isTrue();
        assertThat(Failures.isCallersFault(new NotForSubclasses())).isTrue();
        assertThat(Failures.isCallersFault(new Subclass())).isFalse();
    }

    @Test
    void a_failure_is_taken_out_of_all_its_wrappers() {
        IOException failure = new IOException(new IllegalStateException());
        EJBException empty = new EJBException("no cause");

        assertThat(Failures.unwrapped(failure)).isSameAs(failure);
        assertThat(Failures.unwrapped(new CompletionException(new EJBException(failure))))
                .isSameAs(failure);
        assertThat(Failures.unwrapped(new ExecutionException(empty))).isSameAs(empty);
    }

    @Test
    void what_would_be_refused_again_is_the_callers_fault() {
        for (Throwable failure : List.of(
                new IllegalArgumentException(),
                new NumberFormatException(),
                new ConstraintViolationException(Set.of()),
                new NotInStock(),
                new NeverInStock(),
                new NotFoundException(),
                new WebApplicationException(400),
                new WebApplicationException(499),
                new EJBException(new IllegalArgumentException()),
                new ExecutionException(new NotFoundException()))) {
            assertThat(Failures.isCallersFault(failure)).as(failure.toString()).isTrue();
        }
    }

    @Test
    void what_may_be_answered_later_is_not_the_callers_fault() {
        for (Throwable failure : List.of(
                new IOException(),
                new IllegalStateException(new IllegalArgumentException()),
                new EJBException(),
                new WebApplicationException(408),
                new WebApplicationException(425),
                new WebApplicationException(429),
                new WebApplicationException(500),
                new WebApplicationException(302),
                new StackOverflowError())) {
            assertThat(Failures.isCallersFault(failure)).as(failure.toString()).isFalse();
        }
    }
}
