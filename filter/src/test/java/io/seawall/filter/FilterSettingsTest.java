package io.seawall.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.seawall.redis.TestRedis;
import jakarta.servlet.ServletException;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A mistake in {@code web.xml} stops the deployment with a message that names parameter, value, rule and fix. */
class FilterSettingsTest {

    private static void deploy(Map<String, String> initParams) throws Exception {
        try (TestServer server = new TestServer().filter("api", initParams)) {
            server.start();
        }
    }

    @AfterEach
    void clear() {
        System.clearProperty("SHOP_LIMIT");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            limits           | 100/0s                      | window                         | 1ms to 366d
            limits           | abc                         | 'abc' is not a limit           | for example 100/60s
            limits           | 0/60s                       | grants 0 permits               | use 1 or more
            limits           | 9007199254740992/60s        | grants 9007199254740992        | 1 to 9007199254740991
            limits           | 99999999999999999999999/1s  | are too many                   | 1 to 9007199254740991
            limits           | 100/60s leaky-bucket        | 'leaky-bucket'                 | use sliding-window
            limits           | a=1/1s; a=2/1h              | two limits are called 'a'      | burst=20/1s
            client           | header:                     | names no header                | for example header:X-Api-Key
            client           | header:X Api                | names no header                | for example header:X-Api-Key
            client           | cookie                      | 'cookie' is no way to tell clients apart | use principal, header:NAME, cookie:NAME
            client           | ""                          | '' is no way to tell           | global, or the full name of a class
            client           | ip,                         | '' is no way to tell           | use principal
            client           | header:X-Tenant+            | '' is no way to tell           | use principal
            client           | Principal                   | 'Principal' is no way          | use principal
            client           | cookie:a b                  | names no cookie                | for example cookie:visitor
            client           | header:X;Y                  | names no header                | for example header:X-Api-Key
            client           | attribute:                  | names no request attribute     | for example attribute:com.example.tenant
            client           | attribute:a b               | names no request attribute     | a name without spaces
            client           | ip, header:X-Api-Key        | 'header:x-api-key' is never asked, since 'ip' before it | put the one that needs more
            client           | global,ip                   | 'ip' is never asked, since 'global' before it | remove one of them
            client           | header:A, principal, header:a+ip | 'header:a+ip' is never asked, since 'header:a' before it | put the one that needs more
            client           | session,session             | 'session' is never asked       | remove one of them
            client           | ip+header:A+ip              | joins 'ip' with itself         | name each part once
            client           | header:A+header:a           | joins 'header:a' with itself   | name each part once
            client           | global+ip                   | 'global' is joined with something | write it alone
            client           | com.example.NoSuch          | there is no class 'com.example.NoSuch' | write the full name of a class that implements io.seawall.filter.client.ClientIdentifier
            client           | com.example..ByTenant       | is no way to tell clients apart | the full name of a class
            client           | java.lang.String            | 'java.lang.String' does not implement io.seawall.filter.client.ClientIdentifier | keep Seawall in one place only
            client           | io.seawall.filter.client.ClientIdentifier | cannot be made   | make it public, not abstract
            forwarded-header | Forwarded                   | nobody is trusted              | name your proxies in the init-param 'trusted-proxies'
            forwarded-header | X-Real-IP                   | it is no header that is known  | use X-Forwarded-For or Forwarded
            ipv6-prefix      | 31                          | is no length of a prefix       | write a number of 32 to 128
            ipv6-prefix      | /64                         | is no length of a prefix       | for example 64
            ipv6-prefix      | ""                          | is no length of a prefix       | for example 64
            trusted-proxies  | proxy.example.org           | 'proxy.example.org' is no network | for example 192.0.2.1
            trusted-proxies  | 10.0.0.0/8,                 | '' is no network               | for example 192.0.2.1
            trusted-proxies  | 10.0.0.0/8 192.0.2.1        | is no network, its prefix      | write a number of 0 to 32
            trusted-proxies  | 127.1                       | '127.1' is no network          | write a literal
            trusted-proxies  | [2001:db8::1]               | is no network                  | write a literal
            trusted-proxies  | fe80::1%eth0                | is no network                  | no name, port or zone
            trusted-proxies  | 192.0.2.1:80                | is no network                  | no name, port or zone
            trusted-proxies  | ::1, 10.0.0.0/40            | '10.0.0.0/40' is no network    | write a number of 0 to 32
            trusted-proxies  | 10.1.0.0/8                  | '10.1.0.0/8' is no network     | write the first address
            trusted-proxies  | 0.0.0.0/0                   | trusts everybody               | name the networks of your own proxies
            trusted-proxies  | 127.0.0.1, ::/0             | '::/0' trusts everybody        | name the networks of your own proxies
            trusted-proxies  | ::ffff:0:0/96               | trusts everybody               | name the networks of your own proxies
            redis            | localhost                   | not a Redis address            | for example redis://localhost:6379
            redis            | redis://localhost:port      | not a Redis address            | for example redis://localhost:6379
            key-prefix       | {shop}                      | is no key prefix               | use 1 to 64
            store-timeout    | 25                          | is not a duration              | for example 250ms
            store-timeout    | 0ms                         | is not allowed                 | use 1ms to 10s
            max-clients      | 0                           | 0 clients are not allowed      | use 1 to 10000000
            max-clients      | 10000001                    | 10000001 clients are not allowed | use 1 to 10000000
            max-clients      | 99999999999999999999        | are not allowed                | use 1 to 10000000
            max-clients      | -1                          | is not a number of clients     | write 1 to 10000000
            max-clients      | 100,000                     | is not a number of clients     | for example 100000
            max-clients      | ""                          | is not a number of clients     | write 1 to 10000000
            max-client-memory | 1023KiB                    | a memory of 1023KiB is not allowed | use 1MiB to 1TiB
            max-client-memory | 0MiB                       | a memory of 0MiB is not allowed | use 1MiB to 1TiB
            max-client-memory | 1025GiB                    | a memory of 1025GiB is not allowed | use 1MiB to 1TiB
            max-client-memory | 999999999999999TiB         | is not allowed                 | use 1MiB to 1TiB
            max-client-memory | 64MB                       | '64MB' is not a size           | for example 64MiB
            max-client-memory | 67108864                   | is not a size                  | a whole number and a unit
            on-store-failure | open                        | is not a choice                | use local, allow, deny
            headers          | rfc                         | 'rfc' is not a choice          | use draft, legacy, none
            headers          | Draft                       | 'Draft' is not a choice        | use draft, legacy, none
            preflights       | yes                         | 'yes' is not a choice          | use exempt, count
            refusal-page     | /WEB-INF/too-many.html      | has no resource                | write its path
            refusal-page     | com.example.Refusals        | there is no class              | io.seawall.filter.answer.RefusalWriter
            limits           | ${SHOP_LIMIT}/60s           | SHOP_LIMIT is neither          | ${SHOP_LIMIT:default}
            limits           | ${SHOP_LIMIT                | no '}'                         | write ${NAME}
            limit            | 100/60s                     | no such parameter              | use one of [client, cost, count, except, exempt,
            match            | login                       | 'login'                        | for example
            tier.gold.limits | 9/1s                        | no request is ever in this tier | role:NAME
            refund           | 600                         | '600' is no status             | for example 401, 5xx
            count            | 4x                          | '4x' is no status              | for example 401, 5xx
            cost             | POST /export = 101          | a cost of 101 can never be granted by limit 'default=100/1m sliding-window' | raise its permits or lower the cost
            penalty          | 20/1m                       | is not a penalty               | for example 20/1m ban 1m..1h
            shadow           | yes                         | 'yes' is not a choice          | use true or false
            exempt           | 0.0.0.0/0                   | exempts everybody              | name the networks
            policies         | policies.xml                | there is no file 'policies.xml' | /WEB-INF/
            """)
    void a_bad_parameter_stops_the_deployment(String name, String value, String rule, String fix) {
        assertThatThrownBy(() -> deploy(Map.of(name, value)))
                .isInstanceOf(ServletException.class)
                .hasMessageContainingAll("init-param '" + name + "'", "filter 'api'", "'" + value + "'", rule, fix);
    }

    @ParameterizedTest
    @CsvSource({
        "redis://app:secret@localhost:99999, redis://***@localhost:99999",
        "redis://app:/secret@localhost,      redis://***@localhost",
        "redis://app:99999/secret@localhost, redis://***@localhost",
        "redis://:secret,                    redis://***",
        "redis://app:secret%40localhost,     redis://***",
        "app:secret@localhost,               ***@localhost",
    })
    void the_message_about_a_redis_address_does_not_tell_its_password(String address, String shown) {
        assertThatThrownBy(() -> deploy(Map.of("redis", address)))
                .hasMessageContainingAll("init-param 'redis'", "is '" + shown + "'", "not a Redis address")
                .hasMessageNotContainingAny("secret", "is 99999", "'99999")
                .hasNoCause();
    }

    @Test
    void the_header_of_the_proxies_may_be_named_in_any_case() throws Exception {
        deploy(Map.of("trusted-proxies", "10.0.0.0/8", "forwarded-header", "x-forwarded-FOR"));
        deploy(Map.of("trusted-proxies", "10.0.0.0/8", "forwarded-header", "forwarded"));
        deploy(Map.of("trusted-proxies", "", "forwarded-header", " "));
    }

    @Test
    void trusted_proxies_are_bounded() throws Exception {
        deploy(Map.of("trusted-proxies", proxies(256)));
        assertThatThrownBy(() -> deploy(Map.of("trusted-proxies", proxies(257))))
                .hasMessageContainingAll(
                        "init-param 'trusted-proxies'", "257 networks are too many", "use at most 256");
    }

    private static String proxies(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "10.0." + i / 256 + "." + i % 256)
                .collect(Collectors.joining(", "));
    }

    @Test
    void filters_whose_names_have_to_be_changed_still_count_apart() throws Exception {
        try (TestRedis redis = TestRedis.start();
                TestServer server = new TestServer()
                        .filter("api limit", Map.of("limits", "a=100/1h", "redis", redis.uri(), "store-timeout", "10s"))
                        .filter("api_limit", Map.of("limits", "b=100/1h", "redis", redis.uri(), "store-timeout", "10s"))
                        .start()) {
            assertThat(server.get("/").headers().firstValue("RateLimit").orElseThrow())
                    .contains("\"a\";r=99;", "\"b\";r=99;");
        }
    }

    @Test
    void placeholders_are_filled_in_every_parameter() throws Exception {
        System.setProperty("SHOP_LIMIT", "7");
        try (TestServer server = new TestServer()
                .filter(
                        "api",
                        Map.of(
                                "limits",
                                "${SHOP_LIMIT}/60s",
                                "redis",
                                "${SHOP_NO_REDIS:}",
                                "client",
                                "${SHOP_NO_CLIENT:ip}"))
                .start()) {
            assertThat(server.get("/").headers().firstValue("RateLimit-Policy")).hasValue("\"default\";q=7;w=60");
        }
    }

    @Test
    void the_message_shows_what_a_placeholder_was_filled_with() {
        System.setProperty("SHOP_LIMIT", "many");
        assertThatThrownBy(() -> deploy(Map.of("limits", "${SHOP_LIMIT}/60s")))
                .hasMessageContainingAll(
                        "is 'many/60s' (from '${SHOP_LIMIT}/60s')", "'many' is not a number of permits");
    }

    @Test
    void a_password_beside_a_placeholder_is_not_told_either() {
        assertThatThrownBy(() -> deploy(Map.of("redis", "redis://app:secret@${SHOP_HOST:localhost}:port")))
                .hasMessageContaining(
                        "is 'redis://***@localhost:port' (from 'redis://***@${SHOP_HOST:localhost}:port')")
                .hasMessageNotContainingAny("secret");
    }

    @Test
    void a_filter_may_have_any_name() throws Exception {
        try (TestServer server = new TestServer()
                .filter("Grenze für /api/* (öffentlich)", Map.of("limits", "7/60s"))
                .start()) {
            assertThat(server.get("/").headers().firstValue("RateLimit-Policy")).hasValue("\"default\";q=7;w=60");
        }
    }
}
