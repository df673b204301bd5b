package io.seawall.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LimitSetNameTest {

    @Test
    void a_name_that_may_be_kept_is_kept() {
        assertThat(LimitSetName.of("api", null)).isEqualTo("api");
        assertThat(LimitSetName.of("api-v2_x", null)).isEqualTo("api-v2_x");
        assertThat(LimitSetName.of("api", "login")).isEqualTo("api--login");
        assertThat(LimitSetName.of("api", "-x-")).isEqualTo("api---x-");
    }

    @Test
    void no_two_filters_and_policies_of_an_application_are_called_the_same() {
        String[] filters = {
            "a",
            "b",
            "a-",
            "a--",
            "a--b",
            "a-b",
            "-",
            "--",
            "",
            "a b",
            "a_b",
            "\u00e4",
            "\u00f6",
            "ip",
            "a--ip",
            "x".repeat(80)
        };
        String[] policies = {"b", "-b", "--b", "ip", "-ip", "a", "-", "_", "x".repeat(64), "y".repeat(64)};
        Map<String, String> seen = new HashMap<>();
        for (String filter : filters) {
            assertFirst(seen, LimitSetName.of(filter, null), filter);
            for (String policy : policies) {
                assertFirst(seen, LimitSetName.of(filter, policy), filter + " and " + policy);
            }
        }
        assertThat(seen).hasSize(filters.length * (policies.length + 1));
    }

    private static void assertFirst(Map<String, String> seen, String name, String whose) {
        assertThat(name + LimitSetName.IP).matches("[A-Za-z0-9_-]{1,64}");
        assertThat(seen.put(name, whose))
                .as("also called %s as %s", name, whose)
                .isNull();
    }

    @Test
    void the_limits_by_address_of_a_filter_are_no_other_filter() {
        for (String other : new String[] {"a--ip", "a-ip", "a-", "a--"}) {
            assertThat(LimitSetName.of(other, null)).isNotEqualTo(LimitSetName.of("a", null) + LimitSetName.IP);
            assertThat(LimitSetName.of(other, null) + LimitSetName.IP)
                    .isNotEqualTo(LimitSetName.of("a", null) + LimitSetName.IP)
                    .isNotEqualTo(LimitSetName.of("a", "ip"));
        }
    }
}
