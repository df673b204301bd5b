package io.seawall.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * Transactions that stay true: each attempt writes a row to a real database, and what counts is how many are committed. All
 * these methods have two retries, if they are allowed any.
 */
interface CdiTransactionContract extends Deployed {

    int ALWAYS = 99;
    String FAILURE = "io.seawall.probe.beans.FailureException";
    Duration PATIENCE = Duration.ofSeconds(30);

    default void needsDatabase() {
        needs(Capability.TRANSACTIONS);
        needs(Capability.DATA_SOURCE);
    }

    default void assertSucceeded(Outcome outcome, int attempts, int rows) {
        assertThat(outcome.returned()).as(outcome.toString()).isEqualTo("attempt " + attempts);
        assertThat(outcome.attempts()).isEqualTo(attempts);
        assertThat(outcome.rows()).isEqualTo(rows);
    }

    default void assertFailed(Outcome outcome, String failure, int attempts, int rows) {
        assertThat(outcome.thrown()).as(outcome.toString()).endsWith(failure);
        assertThat(outcome.attempts()).isEqualTo(attempts);
        assertThat(outcome.rows()).isEqualTo(rows);
    }

    @Test
    @Proves(Feature.TRANSACTIONAL)
    default void a_transactional_bean_commits_the_attempt_that_succeeds() {
        needsDatabase();
        assertSucceeded(probe().write("transactional/retried", 2), 3, 1);
        assertFailed(probe().write("transactional/retried", ALWAYS), FAILURE, 3, 0);
    }

    @Test
    @Proves(Feature.TRANSACTIONAL)
    default void a_transactional_bean_in_its_callers_transaction_is_not_retried() {
        needsDatabase();
        assertFailed(probe().write("transactional/within-caller", 2), FAILURE, 1, 0);
        assertSucceeded(probe().write("transactional/within-caller", 0), 1, 2);
    }

    @Test
    @Proves(Feature.CDI_PER_ATTEMPT)
    default void a_bean_of_any_kind_has_a_transaction_per_attempt_if_it_wants() {
        needsDatabase();
        assertSucceeded(probe().write("transactional/per-attempt", 2), 3, 1);
        assertFailed(probe().write("transactional/per-attempt", ALWAYS), FAILURE, 3, 0);
        assertSucceeded(probe().write("transactional/per-attempt-within-caller", 2), 3, 2);
        assertFailed(probe().write("transactional/per-attempt-within-caller", ALWAYS), FAILURE, 3, 0);
    }

    /** By somebody who was not waited for: one row in the end. */
    default void assertWrittenLater(Probe probe, Outcome started, int attempts) {
        assertThat(started.thrown()).isNull();
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(probe.report(started).rows()).isEqualTo(1));
        assertThat(probe.report(started).attempts()).isEqualTo(attempts);
    }
}
