package io.seawall.servers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same of session beans, which their container calls in a transaction. */
interface TransactionContract extends CdiTransactionContract {

    String CHECKED_FAILURE = "io.seawall.probe.beans.CheckedFailureException";

    default void needsTransactions() {
        needs(Capability.EJB);
        needs(Capability.TRANSACTIONS);
        needs(Capability.DATA_SOURCE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "singleton", "stateful"})
    @Proves(Feature.EJB_TRANSACTIONS)
    default void a_session_bean_in_a_transaction_is_neither_retried_nor_answered_by_its_fallback(String bean) {
        needsTransactions();
        assertFailed(probe().write("ejb/" + bean, 2), FAILURE, 1, 0);
        assertSucceeded(probe().write("ejb/" + bean, 0), 1, 1);
    }

    @Test
    @Proves(Feature.EJB_TRANSACTIONS)
    default void a_session_bean_fails_together_with_its_caller() {
        needsTransactions();
        assertFailed(probe().write("ejb/within-caller", 2), FAILURE, 1, 0);
        assertSucceeded(probe().write("ejb/within-caller", 0), 1, 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nested", "nested-shared"})
    @Proves(Feature.EJB_TRANSACTIONS)
    default void a_doomed_transaction_is_no_success(String bean) {
        needsTransactions();
        assertFailed(probe().write("ejb/" + bean, 2), FAILURE, 1, 0);
        assertSucceeded(probe().write("ejb/" + bean, 0), 1, 1);
    }

    @Test
    @Proves(Feature.EJB_TRANSACTIONS)
    default void in_a_shared_transaction_failed_attempts_are_committed_too() {
        needsTransactions();
        assertSucceeded(probe().write("ejb/shared", 1), 2, 2);
        assertFailed(probe().write("ejb/shared", ALWAYS), FAILURE, 3, 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"per-attempt", "singleton-per-attempt", "stateful-per-attempt", "nested-per-attempt"})
    @Proves(Feature.EJB_PER_ATTEMPT)
    default void with_a_transaction_per_attempt_the_one_that_succeeds_is_committed(String bean) {
        needsTransactions();
        assertSucceeded(probe().write("ejb/" + bean, 2), 3, 1);
        assertFailed(probe().write("ejb/" + bean, ALWAYS), FAILURE, 3, 0);
    }

    @Test
    @Proves(Feature.EJB_PER_ATTEMPT)
    default void with_a_transaction_per_attempt_a_checked_exception_rolls_back_as_well() {
        needsTransactions();
        assertSucceeded(probe().writeAndFailChecked("ejb/per-attempt", 2), 3, 1);
        Outcome failed = probe().writeAndFailChecked("ejb/per-attempt", ALWAYS);
        assertFailed(failed, CHECKED_FAILURE, 3, 0);
        assertThat(failed.thrown()).isEqualTo(CHECKED_FAILURE);
    }

    @Test
    @Proves(Feature.EJB_PER_ATTEMPT)
    default void with_a_transaction_per_attempt_a_fallback_leaves_no_row() {
        needsTransactions();
        Outcome outcome = probe().write("ejb/per-attempt-with-fallback", ALWAYS);
        assertThat(outcome.returned()).isEqualTo("fallback");
        assertThat(outcome.attempts()).isEqualTo(3);
        assertThat(outcome.rows()).isZero();
    }

    @Test
    @Proves(Feature.EJB_PER_ATTEMPT)
    default void with_a_transaction_per_attempt_the_callers_transaction_goes_on() {
        needsTransactions();
        assertSucceeded(probe().write("ejb/per-attempt-within-caller", 2), 3, 2);
        assertFailed(probe().write("ejb/per-attempt-within-caller", ALWAYS), FAILURE, 3, 0);
        Outcome failing = probe().write("ejb/per-attempt-within-failing-caller", 2);
        assertFailed(failing, FAILURE, 3, 1);
    }

    @Test
    @Proves(Feature.EJB_ASYNCHRONOUS)
    default void an_asynchronous_method_keeps_to_the_same_rules() {
        needsTransactions();
        assertFailed(probe().write("ejb/asynchronous", 2), FAILURE, 1, 0);
        assertSucceeded(probe().write("ejb/asynchronous-per-attempt", 2), 3, 1);
        assertFailed(probe().write("ejb/asynchronous-per-attempt", ALWAYS), FAILURE, 3, 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"timer", "schedule"})
    @Proves(Feature.TIMERS)
    default void a_timer_commits_the_attempt_that_succeeds(String bean) {
        needs(Capability.TIMERS);
        needsTransactions();
        assertWrittenLater(probe(), probe().write("ejb/" + bean, 2), 3);
    }
}
