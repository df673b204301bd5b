package io.seawall.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

@DisabledIfSystemProperty(named = "seawall.test.seed", matches = ".*")
@DisabledIfSystemProperty(named = "seawall.test.factor", matches = ".*")
class PropertyTest {

    @Test
    void every_run_has_the_same_cases_and_no_two_cases_are_alike() {
        List<Long> first = new ArrayList<>();
        List<Long> second = new ArrayList<>();

        Property.holds(50, random -> first.add(random.nextLong()));
        Property.holds(50, random -> second.add(random.nextLong()));

        assertThat(first).hasSize(50).doesNotHaveDuplicates().isEqualTo(second);
    }

    @Test
    void a_failure_names_its_seed_and_what_failed() {
        List<Long> seen = new ArrayList<>();

        assertThatThrownBy(() -> Property.holds(50, random -> {
                    seen.add(random.nextLong());
                    assertThat(seen).hasSizeLessThan(7);
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("seed 7 ")
                .hasMessageContaining("-Dseawall.test.seed=7)")
                .hasCauseInstanceOf(AssertionError.class);
    }
}
