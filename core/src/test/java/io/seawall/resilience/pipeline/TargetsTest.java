package io.seawall.resilience.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.seawall.resilience.bulkhead.BulkheadPolicy;
import io.seawall.resilience.circuitbreaker.BreakerPolicy;
import io.seawall.resilience.retry.BudgetPolicy;
import io.seawall.resilience.retry.RetryPolicy;
import io.seawall.test.Policies;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TargetsTest {

    private static final BreakerPolicy OTHER = Policies.failures(3, Duration.ofSeconds(1), Duration.ofSeconds(1));

    private final Targets targets = new Targets();

    @AfterEach
    void close() {
        targets.close();
        targets.close();
    }

    private Pipeline.Builder<String> around(String target) {
        return targets.around(target, call -> call);
    }

    private Target find(String name) {
        return targets.find(name).orElseThrow();
    }

    @Test
    void everyone_who_names_a_target_shares_its_circuit_its_budget_and_its_bulkhead() {
        BulkheadPolicy places = new BulkheadPolicy(10, Duration.ZERO);
        around("payments")
                .breaker(OTHER)
                .retry(RetryPolicy.defaults())
                .bulkhead(places)
                .build();
        Object breaker = find("payments").breaker().orElseThrow();
        Object budget = find("payments").budget().orElseThrow();
        Object bulkhead = find("payments").bulkhead().orElseThrow();

        around("payments")
                .breaker(OTHER)
                .retry(RetryPolicy.defaults())
                .bulkhead(places)
                .build();

        assertThat(find("payments").name()).isEqualTo("payments");
        assertThat(find("payments").breaker())
                .containsSame(find("payments").breaker().orElseThrow());
        assertThat((Object) find("payments").breaker().orElseThrow()).isSameAs(breaker);
        assertThat((Object) find("payments").budget().orElseThrow()).isSameAs(budget);
        assertThat((Object) find("payments").bulkhead().orElseThrow()).isSameAs(bulkhead);
    }

    @Test
    void targets_of_different_names_have_circuits_of_their_own() {
        around("payments").breaker(OTHER).build();
        around("mail").breaker(OTHER).build();

        assertThat(find("payments").breaker()).isNotEqualTo(find("mail").breaker());
        assertThat(targets.all()).extracting(Target::name).containsExactly("mail", "payments");
    }

    @Test
    void a_target_that_nobody_guards_is_not_there() {
        around("payments");

        assertThat(targets.find("payments")).isEmpty();
        assertThat(targets.all()).isEmpty();
    }

    @Test
    void a_pipeline_that_cannot_be_leaves_no_target_behind() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> around("payments")
                        .timeout(Duration.ofSeconds(1))
                        .bulkhead(new BulkheadPolicy(1, Duration.ofSeconds(1)))
                        .build());

        assertThat(targets.find("payments")).isEmpty();
    }

    @Test
    void what_nobody_asks_for_is_not_there() {
        around("payments").build();

        assertThat(find("payments").breaker()).isEmpty();
        assertThat(find("payments").budget()).isEmpty();
        assertThat(find("payments").bulkhead()).isEmpty();
    }

    @Test
    void who_retries_does_so_within_a_budget_unless_he_wants_none() {
        around("payments").retry(RetryPolicy.defaults()).build();
        around("mail").retry(RetryPolicy.defaults()).noBudget().build();
        around("stock").budget(BudgetPolicy.defaults()).build();

        assertThat(find("payments").budget()).isPresent();
        assertThat(find("mail").budget()).isEmpty();
        assertThat(find("stock").budget()).as("of those who never retry").isEmpty();
    }

    @Test
    void who_has_no_circuit_does_not_mind_that_of_others() {
        around("payments").build();
        around("payments").breaker(OTHER).build();
        around("payments").build();

        assertThat(find("payments").breaker()).isPresent();
    }

    @Test
    void two_rules_for_one_thing_are_refused() {
        around("payments").breaker(BreakerPolicy.defaults()).build();
        around("payments").bulkhead(new BulkheadPolicy(1, Duration.ZERO)).build();
        around("payments").retry(RetryPolicy.defaults()).build();

        assertThatIllegalArgumentException()
                .isThrownBy(around("payments").breaker(OTHER)::build)
                .withMessage("target 'payments' has one circuit and two rules for it: " + BreakerPolicy.defaults()
                        + " and " + OTHER + "; give both places the same, or another target");
        assertThatIllegalArgumentException()
                .isThrownBy(around("payments").bulkhead(new BulkheadPolicy(2, Duration.ZERO))::build)
                .withMessageStartingWith("target 'payments' has one bulkhead and two rules for it: ");
        assertThatIllegalArgumentException()
                .isThrownBy(around("payments").retry(RetryPolicy.defaults()).budget(new BudgetPolicy(1, 1))::build)
                .withMessageStartingWith("target 'payments' has one retry budget and two rules for it: ");
        assertThat(find("payments").breaker().orElseThrow().policy()).isEqualTo(BreakerPolicy.defaults());
    }
}
