package io.seawall.filter.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestCostTest {

    private static long cost(String costs, String method, String path) {
        TestRequest request = TestRequest.of(method, path);
        return RequestCost.parse(costs).of(request.get(), request.line());
    }

    @ParameterizedTest
    @CsvSource({
        "POST /api/export = 50; GET /api/search/** = 5,     POST,   /api/export,    50",
        "POST /api/export = 50; GET /api/search/** = 5,     GET,    /api/search/x,  5",
        "POST /api/export = 50; GET /api/search/** = 5,     HEAD,   /api/search/x,  5",
        "POST /api/export = 50; GET /api/search/** = 5,     GET,    /api/export,    1",
        "POST /api/export=50;GET /api/search/**=5,          GET,    /,              1",
        "/health = 0,                                       GET,    /health,        0",
        "/api/export/status = 1; /api/export/** = 50,       GET,    /api/export/status, 1",
        "/api/export/status = 1; /api/export/** = 50,       GET,    /api/export/big, 50",
        "/api/export/** = 50; /api/export/status = 1,       GET,    /api/export/status, 50",
        "/** = 9007199254740991,                            GET,    /,              9007199254740991",
        "/** = 007,                                         GET,    /,              7",
    })
    void the_first_route_that_has_the_request_says_what_it_costs(String costs, String method, String path, long cost) {
        assertThat(cost(costs, method, path)).isEqualTo(cost);
    }

    @ParameterizedTest
    @CsvSource({
        "/export = 50,                      /EXPORT,                50",
        "/export = 50,                      /export/,               50",
        "/export = 50,                      /export;x,              50",
        "/export = 50,                      //export,               50",
        "/export = 50,                      /a/../export,           50",
        "/export = 50,                      /%65xport,              50",
        "/export = 50; /import = 60,        /import/../export,      50",
        "/x/status = 1; /x/** = 50,         /x/STATUS,              50",
        "/x/status = 1; /x/** = 50,         /x/status/,             50",
        "/x/status = 1; /x/** = 50,         /x/status;x,            50",
        "/x/status = 1; /x/** = 50,         /x/y/../status,         50",
        "/x/status = 9; /x/** = 5,          /x/STATUS,              9",
        "/health = 0,                       /HEALTH,                1",
        "/health = 0,                       /health;x,              1",
        "/health = 0,                       //health,               1",
        "/health = 0; /** = 3,              /x/../health,           3",
        "/health = 0,                       /health,                0",
    })
    void no_spelling_makes_a_request_cheaper(String costs, String path, long cost) {
        assertThat(cost(costs, "GET", path)).isEqualTo(cost);
    }

    @Test
    void a_path_that_may_be_any_costs_the_most() {
        String path = "/" + "a".repeat(RequestLine.MAX_PATH);
        assertThat(cost("/cheap = 0; /dear = 70; POST /dearer = 80", "GET", path))
                .isEqualTo(70);
    }

    @Test
    void the_most_that_a_request_may_cost_is_known() {
        assertThat(RequestCost.ONE.most()).isEqualTo(1);
        assertThat(RequestCost.parse("/health = 0").most()).isEqualTo(1);
        assertThat(RequestCost.parse("/a = 3; /b = 70; /c = 4").most()).isEqualTo(70);
        assertThat(RequestCost.parse(ByHeader.class.getName()).most()).isEqualTo(1);
    }

    @Test
    void without_a_setting_a_request_costs_one() {
        TestRequest request = TestRequest.of("GET", "/");
        assertThat(RequestCost.ONE.of(request.get(), request.line())).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            /a                         | '/a' is no cost of a route             | POST /api/export = 50
            /a = 1;                    | '' is no cost of a route               | POST /api/export = 50
            /a =                       | '' is no number of permits             | POST /api/export = 50
            /a = x                     | 'x' is no number of permits            | POST /api/export = 50
            /a = -1                    | '-1' is no number of permits           | POST /api/export = 50
            /a = 1.5                   | '1.5' is no number of permits          | POST /api/export = 50
            /a = \u0661                | is no number of permits                | POST /api/export = 50
            /a = 9007199254740992      | '/a' costs 9007199254740992 permits    | use 0 to 9007199254740991
            /a = 99999999999999999999  | '/a' costs                             | use 0 to 9007199254740991
            = 5                        | '' is no route                         | for example POST /login
            export = 5                 | 'export' is no route                   | for example POST /login
            /a/ = 5                    | '/a/' ends in '/'                      | write it without
            /a = 1; GET /a = 2; /a = 3 | '/a = 3' is never reached              | delete one
            com.acme.NoSuchCost        | there is no class 'com.acme.NoSuchCost' | write the full name of a class that implements io.seawall.filter.route.CostFunction
            java.lang.String           | does not implement io.seawall.filter.route.CostFunction | name another class
            """)
    void what_is_no_cost_is_refused_with_the_rule(String text, String rule, String fix) {
        assertThatThrownBy(() -> RequestCost.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(rule, fix);
    }

    @Test
    void no_route_costs_less_than_nothing() {
        assertThatThrownBy(() -> new RouteCosts.RouteCost(Route.parse("/a"), -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("'/a' costs -1 permits", "use 0 to 9007199254740991");
    }

    @Test
    void there_are_at_most_256_routes() {
        StringBuilder costs = new StringBuilder("/0 = 1");
        for (int i = 1; i < 256; i++) {
            costs.append("; /").append(i).append(" = 1");
        }
        assertThat(RouteCosts.parse(costs.toString()).costs()).hasSize(256);
        costs.append("; /256 = 1");
        assertThatThrownBy(() -> RequestCost.parse(costs.toString()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("257 routes", "use at most 256");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST /api/export = 50; GET,HEAD /api/search/** = 5", "/health = 0"})
    void costs_are_shown_as_they_are_written(String text) {
        assertThat(RequestCost.parse(text)).hasToString(text);
    }

    /** Costs what its header says. */
    public static final class ByHeader implements CostFunction {

        /** For the filter. */
        public ByHeader() {}

        @Override
        public long cost(HttpServletRequest request) {
            return Long.parseLong(request.getHeader("X-Cost"));
        }
    }

    private static long byHeader(String cost) {
        TestRequest request = TestRequest.of("GET", "/").header("X-Cost", cost);
        return RequestCost.parse(ByHeader.class.getName()).of(request.get(), request.line());
    }

    @Test
    void a_class_of_the_application_says_what_a_request_costs() {
        assertThat(byHeader("0")).isZero();
        assertThat(byHeader("7")).isEqualTo(7);
        assertThat(byHeader("9007199254740991")).isEqualTo(RequestCost.MAX);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "9007199254740992"})
    void a_cost_out_of_range_fails_the_request_and_names_the_class(String cost) {
        assertThatThrownBy(() -> byHeader(cost))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll(ByHeader.class.getName(), "costs " + cost, "0 to 9007199254740991");
    }

    @Test
    void what_the_class_throws_fails_the_request() {
        assertThatThrownBy(() -> byHeader("x")).isInstanceOf(NumberFormatException.class);
    }
}
