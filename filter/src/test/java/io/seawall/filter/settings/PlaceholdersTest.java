package io.seawall.filter.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PlaceholdersTest {

    private static final String PROPERTY = "seawall.test.placeholder";

    @AfterEach
    void clear() {
        System.clearProperty(PROPERTY);
    }

    @Test
    void text_without_a_placeholder_stays_as_it_is() {
        assertThat(Placeholders.fill("100/60s $ {} }")).isEqualTo("100/60s $ {} }");
    }

    @Test
    void a_system_property_fills_its_placeholder() {
        System.setProperty(PROPERTY, "200");
        assertThat(Placeholders.fill("${" + PROPERTY + "}/60s; ${" + PROPERTY + ":1}/1h"))
                .isEqualTo("200/60s; 200/1h");
    }

    @Test
    void an_environment_variable_fills_its_placeholder() {
        Map.Entry<String, String> variable =
                System.getenv().entrySet().iterator().next();
        assertThat(Placeholders.fill("${" + variable.getKey() + "}")).isEqualTo(variable.getValue());
    }

    @Test
    void a_system_property_counts_before_the_environment() {
        String name = System.getenv().keySet().iterator().next();
        System.setProperty(name, "from the property");
        try {
            assertThat(Placeholders.fill("${" + name + "}")).isEqualTo("from the property");
        } finally {
            System.clearProperty(name);
        }
    }

    @Test
    void a_default_is_all_after_the_first_colon_and_may_be_empty() {
        assertThat(Placeholders.fill("${" + PROPERTY + ":redis://localhost:6379}"))
                .isEqualTo("redis://localhost:6379");
        assertThat(Placeholders.fill("[${" + PROPERTY + ":}]")).isEqualTo("[]");
    }

    @Test
    void a_name_that_is_set_nowhere_and_has_no_default_is_refused_with_the_fix() {
        assertThatThrownBy(() -> Placeholders.fill("${" + PROPERTY + "}/60s"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        PROPERTY, "neither a system property nor an environment variable", ":default}");
    }

    @Test
    void a_placeholder_without_end_or_name_is_refused() {
        assertThatThrownBy(() -> Placeholders.fill("${LIMIT")).hasMessageContaining("no '}'");
        assertThatThrownBy(() -> Placeholders.fill("${}")).hasMessageContaining("no name");
        assertThatThrownBy(() -> Placeholders.fill("${:100}")).hasMessageContaining("no name");
    }

    @Test
    void a_filled_value_is_not_filled_again() {
        System.setProperty(PROPERTY, "${" + PROPERTY + "}");
        assertThat(Placeholders.fill("${" + PROPERTY + "}")).isEqualTo("${" + PROPERTY + "}");
    }
}
