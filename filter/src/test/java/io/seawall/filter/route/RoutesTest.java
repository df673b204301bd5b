package io.seawall.filter.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutesTest {

    private static boolean include(String routes, String method, String path) {
        return Routes.parse(routes).include(TestRequest.of(method, path).line());
    }

    private static boolean exempt(String routes, String method, String path) {
        return Routes.parse(routes).exempt(TestRequest.of(method, path).line());
    }

    @ParameterizedTest
    @CsvSource({
        "/api/**,                       GET,    /api/orders",
        "/api/**,                       PATCH,  /api/orders",
        "POST /login,                   POST,   /login",
        "GET /login,                    GET,    /login",
        "GET /login,                    HEAD,   /login",
        "'PUT,GET /login',              HEAD,   /login",
        "'GET,PUT /login',              PUT,    /login",
        "'GET , PUT\t/login',           PUT,    /login",
        "POST /login; /api/**,          GET,    /api/x",
        "POST /login; /api/**,          POST,   /login",
        "'  POST   /login  ;/api/**  ', POST,   /login",
        "M-SEARCH /x,                   M-SEARCH, /x",
        "!AZ09 /x,                      !AZ09,  /x",
        "/**,                           X,      /",
    })
    void a_request_has_one_of_the_routes(String routes, String method, String path) {
        assertThat(include(routes, method, path)).isTrue();
        assertThat(exempt(routes, method, path)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "POST /login,                   GET,    /login",
        "POST /login,                   HEAD,   /login",
        "HEAD /login,                   GET,    /login",
        "'GET,PUT /login',              POST,   /login",
        "POST /login; /api/**,          GET,    /login",
        "POST /login,                   POSTS,  /login",
    })
    void a_request_has_none_of_the_routes(String routes, String method, String path) {
        assertThat(include(routes, method, path)).isFalse();
        assertThat(exempt(routes, method, path)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "POST /login,   post,   /login",
        "POST /login,   Post,   /login",
        "GET /login,    head,   /login",
        "POST /login,   POST,   /Login",
        "POST /login,   POST,   /login/",
        "POST /login,   POST,   //login",
        "POST /login,   POST,   /login;x",
    })
    void a_request_in_another_spelling_is_included_and_not_exempt(String routes, String method, String path) {
        assertThat(include(routes, method, path)).isTrue();
        assertThat(exempt(routes, method, path)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            ""                 | '' is no route                 | for example POST /login
            POST               | 'POST' is no route             | for example POST /login
            login              | 'login' is no route            | for example POST /login
            POST /a;           | '' is no route                 | for example POST /login
            POST/login         | no space between method        | for example POST /login
            api/orders         | or no '/' at its beginning     | for example POST /login
            POST api/x         | or no '/' at its beginning     | for example POST /login
            post /login        | has the method 'post'          | write it in capitals
            GET, /login        | has the method ''              | write it in capitals
            GET PUT /login     | has the method 'GET PUT'       | write it in capitals
            GET: /login        | has the method 'GET:'          | write it in capitals
            GET /a; /b/        | '/b/' ends in '/'              | write it without
            """)
    void what_is_no_route_is_refused_with_the_rule(String text, String rule, String fix) {
        assertThatThrownBy(() -> Routes.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(rule, fix);
    }

    @Test
    void there_are_at_most_256_routes() {
        assertThat(Routes.parse("/a" + "; /a".repeat(255))).hasToString("/a" + "; /a".repeat(255));
        assertThatThrownBy(() -> Routes.parse("/a" + ";/a".repeat(256)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("257 routes", "use 1 to 256");
    }

    @Test
    void there_is_at_least_one_route() {
        assertThatThrownBy(() -> new Routes(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("0 routes", "use 1 to 256");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/**", "POST /login", "GET,HEAD /a/{b}; /c/**"})
    void routes_are_shown_as_they_are_written(String text) {
        assertThat(Routes.parse(text)).hasToString(text);
    }
}
