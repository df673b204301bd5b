package io.seawall.filter.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.seawall.filter.client.ClientAddress;
import io.seawall.filter.client.ForwardedHeader;
import io.seawall.filter.client.Ipv6Prefix;
import io.seawall.filter.client.TrustedProxies;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExemptionsTest {

    private static final ClientAddress DIRECT =
            new ClientAddress(TrustedProxies.parse(""), ForwardedHeader.X_FORWARDED_FOR, Ipv6Prefix.parse("64"));

    private static boolean exempt(String text, String method, String path, @Nullable String client) {
        Exemptions exemptions = Exemptions.parse(text);
        HttpServletRequest request = TestRequest.of(method, path).from(client).get();
        return exemptions.exemptClient(request, DIRECT) || exemptions.exemptRoute(request);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8,                            10.1.2.3",
        "'10.0.0.0/8, ::1',                     ::1",
        "'/health, 192.0.2.1',                  192.0.2.1",
        "'192.0.2.1,GET /health,10.0.0.0/8',    10.1.2.3",
        "'192.0.2.1,GET /health',               192.0.2.1",
        "'GET,HEAD /health, 10.0.0.0/8',        10.1.2.3",
        "10.0.0.0/8,                            ::ffff:10.1.2.3",
    })
    void a_client_is_exempt(String text, String client) {
        assertThat(exempt(text, "POST", "/login", client)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "/health,                               GET,    /health",
        "'/health,/static/**',                  GET,    /static/a/b.css",
        "'10.0.0.0/8, GET /health',             GET,    /health",
        "'10.0.0.0/8, GET /health',             HEAD,   /health",
        "'GET,PUT /health',                     PUT,    /health",
        "'/x, GET , PUT /health, ::1',          PUT,    /health",
        "'/x,GET,PUT,POST /health',             GET,    /health",
        "GET /**,                               GET,    /x",
    })
    void a_request_is_exempt(String text, String method, String path) {
        assertThat(exempt(text, method, path, "192.0.2.1")).isTrue();
        assertThat(exempt(text, method, path, null)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "'10.0.0.0/8, ::1, GET /health',        GET,    /login,     192.0.2.1",
        "'10.0.0.0/8, ::1, GET /health',        POST,   /health,    192.0.2.1",
        "'10.0.0.0/8, ::1, GET /health',        GET,    /HEALTH,    192.0.2.1",
        "'10.0.0.0/8, ::1, GET /health',        GET,    /health/,   192.0.2.1",
        "'10.0.0.0/8, ::1, GET /health',        GET,    /health;x,  192.0.2.1",
        "'10.0.0.0/8, ::1, GET /health',        GET,    //health,   192.0.2.1",
        "'10.0.0.0/8, ::1, GET /health',        get,    /health,    192.0.2.1",
        "/static/**,                            GET,    /static/../login, 192.0.2.1",
        "/static/**,                            GET,    /static/%2e%2e/login, 192.0.2.1",
        "'',                                    GET,    /health,    192.0.2.1",
        "10.0.0.0/8,                            GET,    /health,    ",
    })
    void a_request_is_not_exempt(String text, String method, String path, @Nullable String client) {
        assertThat(exempt(text, method, path, client)).isFalse();
    }

    @Test
    void without_routes_no_path_is_looked_at() {
        assertThat(Exemptions.parse("10.0.0.0/8")
                        .exemptRoute(TestRequest.unknown().from("192.0.2.1").get()))
                .isFalse();
    }

    @Test
    void blank_exempts_nobody() {
        assertThat(Exemptions.parse(" ").isEmpty()).isTrue();
        assertThat(Exemptions.parse("/health").isEmpty()).isFalse();
        assertThat(Exemptions.parse("::1").isEmpty()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            0.0.0.0/0              | '0.0.0.0/0' exempts everybody       | name the networks
            ::1, ::/0              | '::/0' exempts everybody            | name the networks
            ::ffff:0:0/96          | exempts everybody                   | name the networks
            /**                    | '/**' exempts every request         | name what must not be limited
            10.0.0.0/8,            | '' is neither a route               | nor a network
            10.1.0.0/8             | neither a route                     | write the first address
            health                 | 'health' is neither a route         | for example GET /health
            POST/login             | 'POST/login' is neither a route     | for example GET /health
            localhost              | 'localhost' is neither a route      | write a literal
            GET                    | 'GET' is neither a route            | for example GET /health
            /a, GET                | 'GET' is neither a route            | for example GET /health
            GET,10.0.0.0/8         | no space between method and path    | for example POST /login
            get /health            | has the method 'get'                | write it in capitals
            /a/*                   | ends in '*'                         | /a/** for all below
            10.0.0.0/8; /health    | it has a ';'                        | write ','
            """)
    void what_exempts_nothing_or_everything_is_refused_with_the_rule(String text, String rule, String fix) {
        assertThatThrownBy(() -> Exemptions.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(rule, fix);
    }

    @Test
    void there_are_at_most_256_exemptions() {
        assertThat(Exemptions.parse("/a" + ", /a".repeat(255))).hasToString("/a" + ", /a".repeat(255));
        assertThatThrownBy(() -> Exemptions.parse("::1" + ",/a".repeat(256)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("257 exemptions are too many", "at most 256");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/8, GET,HEAD /health, /static/**", "/health", ""})
    void exemptions_are_shown_as_they_are_written(String text) {
        assertThat(Exemptions.parse(text)).hasToString(text);
    }
}
