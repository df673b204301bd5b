package io.seawall.filter.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.seawall.test.Property;
import java.util.List;
import java.util.random.RandomGenerator;
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

    // ---- What remains where others exempt

    @ParameterizedTest
    @CsvSource({
        "/**,                     /**",
        "/a/**,                   /a/**",
        "/a/**,                   /**",
        "/a/{x}/**,               /a/*/**",
        "/a/{x},                  /a/**",
        "/,                       /",
        "/a; /b,                  /b; /a",
        "/a/**,                   /a; /a/{x}/**",
        "/**,                     /; /{x}/**",
        "GET /a,                  /a",
        "GET /a,                  GET /a",
        "HEAD /a,                 GET /a",
        "'GET,POST /a',           POST /a; GET /a",
        "'GET,POST /a/**',        'GET,POST,PUT /**'",
        "/a/b/c/d/e/**,           /*/b/c/{y}/**",
    })
    void nothing_remains_where_all_is_exempt(String match, String except) {
        assertThat(Routes.parse(match).anyRemains(Routes.parse(except)::exempt)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "/**,                     /{x}/**",
        "/**,                     /",
        "/a/**,                   /a",
        "/a/**,                   /a; /a/{x}",
        "/a/**,                   /a/{x}/**",
        "/a/{x},                  /a/b",
        "/a/{x},                  /A/{x}",
        "/a; /b,                  /a",
        "/a,                      GET /a",
        "/a,                      'GET,POST,PUT,DELETE,PATCH,HEAD,OPTIONS /a'",
        "GET /a,                  HEAD /a",
        "'GET,POST /a',           POST /a",
        "'GET,POST /a',           POST /a; GET /b",
        "/a/*/*/*/*/*/*/*/*/**,   /a/*/*/*/*/*/*/*/{x}",
    })
    void what_is_not_exempt_remains(String match, String except) {
        assertThat(Routes.parse(match).anyRemains(Routes.parse(except)::exempt)).isTrue();
    }

    @Test
    void if_nothing_remains_every_request_is_exempt() {
        int[] empty = {0};
        Property.holds(3_000, random -> {
            Routes match = Routes.parse(randomRoutes(random, 1));
            Routes except = Routes.parse(randomRoutes(random, 4));
            if (match.anyRemains(except::exempt)) {
                return;
            }
            empty[0]++;
            for (int i = 0; i < 50; i++) {
                RequestLine line = RequestLine.exactly(random.nextBoolean() ? "GET" : "PUT", randomPath(random, "abx"));
                assertThat(!match.exempt(line) || except.exempt(line))
                        .as("%s except %s", match, except)
                        .isTrue();
            }
        });
        assertThat(empty[0]).isGreaterThan(100);
    }

    private static String randomRoutes(RandomGenerator random, int most) {
        StringBuilder routes = new StringBuilder();
        for (int count = random.nextInt(1, most + 1); count > 0; count--) {
            String path = randomPath(random, "ab*");
            boolean open = path.endsWith("*") || random.nextInt(3) > 0;
            routes.append(routes.isEmpty() ? "" : "; ")
                    .append(random.nextInt(3) == 0 ? "GET " : "")
                    .append(open ? (path.equals("/") ? "" : path) + "/**" : path);
        }
        return routes.toString();
    }

    private static String randomPath(RandomGenerator random, String segments) {
        StringBuilder path = new StringBuilder();
        for (int count = random.nextInt(4); count > 0; count--) {
            path.append('/').append(segments.charAt(random.nextInt(segments.length())));
        }
        return path.isEmpty() ? "/" : path.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/**", "POST /login", "GET,HEAD /a/{b}; /c/**"})
    void routes_are_shown_as_they_are_written(String text) {
        assertThat(Routes.parse(text)).hasToString(text);
    }
}
