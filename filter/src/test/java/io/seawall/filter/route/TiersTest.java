package io.seawall.filter.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TiersTest {

    private static final Set<String> NAMES = Set.of("gold", "silver");

    /** By the query. */
    public static final class ByQuery implements TierSelector {

        /** For the filter. */
        public ByQuery() {}

        @Override
        public @Nullable String tier(HttpServletRequest request) {
            return request.getHeader("X-Query");
        }
    }

    private enum Plan {
        gold
    }

    private static TestRequest request() {
        return TestRequest.of("GET", "/");
    }

    private static @Nullable String tier(String text, TestRequest request) {
        return Tiers.parse(text, NAMES).of(request.get());
    }

    @Test
    void a_request_in_a_role_is_in_the_tier_of_that_name() {
        assertThat(tier("role:gold", request().role("gold"))).isEqualTo("gold");
        assertThat(tier("role:gold", request().role("silver"))).isNull();
        assertThat(tier("role:gold, role:silver", request().role("silver"))).isEqualTo("silver");
        assertThat(tier(" role:gold ,role:silver ", request().role("silver").role("gold")))
                .isEqualTo("gold");
    }

    @Test
    void a_header_names_the_tier() {
        assertThat(tier("header:X-Plan", request().header("X-Plan", "silver"))).isEqualTo("silver");
        assertThat(tier("header:X-Plan", request())).isNull();
    }

    @Test
    void an_attribute_names_the_tier() {
        assertThat(tier("attribute:plan", request().attribute("plan", "silver")))
                .isEqualTo("silver");
        assertThat(tier("attribute:plan", request().attribute("plan", Plan.gold)))
                .isEqualTo("gold");
        assertThat(tier("attribute:plan", request())).isNull();
    }

    @Test
    void a_class_of_the_application_names_the_tier() {
        String selector = ByQuery.class.getName();
        assertThat(tier(selector, request().header("X-Query", "gold"))).isEqualTo("gold");
        assertThat(tier(selector, request())).isNull();
        assertThat(tier(selector + ", role:silver", request().role("silver"))).isEqualTo("silver");
    }

    @ParameterizedTest
    @CsvSource({"platinum", "GOLD", "''", "gold.", "' gold'"})
    void a_name_that_is_no_tier_is_passed_over(String name) {
        assertThat(tier("header:X-Plan, role:silver", request().header("X-Plan", name)))
                .isNull();
        assertThat(tier(
                        "header:X-Plan, role:silver",
                        request().header("X-Plan", name).role("silver")))
                .isEqualTo("silver");
    }

    @Test
    void the_first_answer_that_is_a_tier_wins() {
        TestRequest request = request().header("X-Plan", "silver").attribute("plan", "gold");
        assertThat(tier("header:X-Plan, attribute:plan", request)).isEqualTo("silver");
        assertThat(tier("attribute:plan, header:X-Plan", request)).isEqualTo("gold");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            ""                  | '' is no way to find a tier               | use role:NAME, header:NAME
            role:gold,          | '' is no way to find a tier               | use role:NAME, header:NAME
            cookie:plan         | 'cookie:plan' is no way to find a tier    | io.seawall.filter.route.TierSelector
            role:               | 'role:' has no name                       | write role:NAME
            header: , role:gold | 'header:' has no name                     | write header:NAME
            attribute:          | 'attribute:' has no name                  | write attribute:NAME
            role:platinum       | 'role:platinum' selects no tier           | tier.platinum.limits
            gold                | there is no class 'gold'                  | write the full name of a class that implements
            java.lang.String    | does not implement io.seawall.filter.route.TierSelector | name another class
            """)
    void what_selects_no_tier_is_refused_with_the_rule(String text, String rule, String fix) {
        assertThatThrownBy(() -> Tiers.parse(text, NAMES))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(rule, fix);
    }

    @ParameterizedTest
    @ValueSource(strings = {"header:X-Plan", "attribute:plan", "io.seawall.filter.route.TiersTest$ByQuery"})
    void where_no_tier_has_limits_there_is_none_to_find(String text) {
        assertThatThrownBy(() -> Tiers.parse(text, Set.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("'" + text + "' finds no tier", "tier.NAME.limits, or leave 'tier' out");
    }

    @ParameterizedTest
    @CsvSource({
        "role:gold,                      silver",
        "'role:gold, role:silver',       ''",
        "'role:gold, header:X-Plan',     ''",
        "header:X-Plan,                  ''",
    })
    void where_only_roles_decide_a_tier_of_no_role_is_never_reached(String text, String unreachable) {
        assertThat(String.join(",", Tiers.parse(text, NAMES).unreachable())).isEqualTo(unreachable);
    }

    @Test
    void tiers_are_shown_as_they_are_written() {
        assertThat(Tiers.parse("role:gold, header:X-Plan", NAMES)).hasToString("role:gold, header:X-Plan");
    }
}
