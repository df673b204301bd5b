package io.seawall.filter.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.seawall.test.Property;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A client as an administrator writes it is the client that is counted, or none. */
class ClientNamesTest {

    private static ClientAddress address(int ipv6Prefix) {
        return new ClientAddress(TrustedProxies.parse(""), ForwardedHeader.X_FORWARDED_FOR, new Ipv6Prefix(ipv6Prefix));
    }

    private static ClientResolver resolver(String setting) {
        return ClientParser.parse(setting, address(64));
    }

    private static ClientNames names(String... settings) {
        return new ClientNames(
                Stream.of(settings).map(ClientNamesTest::resolver).toList(), false);
    }

    // ---- Addresses

    @ParameterizedTest
    @CsvSource({
        "64,  192.0.2.1,                               192.0.2.1",
        "64,  192.0.2.1:4711,                          192.0.2.1",
        "64,  ::ffff:192.0.2.1,                        192.0.2.1",
        "64,  ::FFFF:c000:201,                         192.0.2.1",
        "64,  2001:db8::1,                             2001:db8:0:0::/64",
        "64,  2001:0DB8:0000:0000:0000:0000:0000:0001, 2001:db8:0:0::/64",
        "64,  [2001:db8::1]:4711,                      2001:db8:0:0::/64",
        "64,  fe80::1%eth0,                            fe80:0:0:0::/64",
        "64,  2001:db8::192.0.2.1,                     2001:db8:0:0::/64",
        "64,  2001:db8:0:0::/64,                       2001:db8:0:0::/64",
        "64,  2001:db8::/64,                           2001:db8:0:0::/64",
        "64,  2001:db8::7/64,                          2001:db8:0:0::/64",
        "56,  2001:db8:0:12ff::1,                      2001:db8:0:1200::/56",
        "56,  2001:db8:0:1200::/56,                    2001:db8:0:1200::/56",
        "48,  2001:db8::1,                             2001:db8:0::/48",
        "128, 2001:db8::1,                             2001:db8:0:0:0:0:0:1/128",
        "128, 2001:db8:0:0:0:0:0:1/128,                2001:db8:0:0:0:0:0:1/128",
        "128, 192.0.2.1,                               192.0.2.1",
    })
    void an_address_is_the_client_that_it_counts_for(int ipv6Prefix, String written, String counted) {
        ClientNames names = new ClientNames(List.of(ClientParser.parse("ip", address(ipv6Prefix))), false);
        assertThat(names.read("ip " + written)).isEqualTo("ip " + counted);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            localhost
            unknown
            127.1
            010.0.0.1
            300.0.2.1
            192.0.2.1,192.0.2.2
            " 192.0.2.1"
            "192.0.2.1 "
            192.0.2.0/24
            192.0.2.1/64
            ::ffff:192.0.2.1/64
            2001:db8::/48
            2001:db8::/6
            [2001:db8::]/64
            /64
            2001:db8::1::
            1:2:3:4:5:6:7
            """)
    void what_is_no_address_of_a_client_is_refused(String written) {
        assertThatThrownBy(() -> names("ip").read("ip " + written))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + written + "' is no address of a client: write a literal, for example 192.0.2.1 or"
                        + " 2001:db8::1, or an IPv6 network of /64");
    }

    // ---- Ways

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            principal                    | principal CN=Ann Smith, O=100% Acme      | principal CN=Ann Smith, O=100% Acme
            header:X-Api-Key             | header:X-API-KEY 8f3A                    | header:x-api-key 8f3A
            header:X-Api-Key             | header:x-api-key ip 192.0.2.1            | header:x-api-key ip 192.0.2.1
            header:X-Api-Key             | ip 2001:db8::1                           | ip 2001:db8:0:0::/64
            cookie:Visitor               | cookie:Visitor 7                         | cookie:Visitor 7
            attribute:com.example.Tenant | attribute:com.example.Tenant 42          | attribute:com.example.Tenant 42
            global                       | global                                   | global
            principal, global            | global                                   | global
            header:X-Tenant+ip           | header:X-Tenant+ip acme%20inc 2001:db8::1 | header:x-tenant+ip acme%20inc 2001:db8:0:0::/64
            ip+header:A+header:B         | ip+header:a+header:B ::1 100%25 %2520    | ip+header:a+header:b 0:0:0:0::/64 100%25 %2520
            """)
    void a_name_of_any_way_is_put_as_it_is_counted(String setting, String written, String counted) {
        assertThat(names(setting).read(written)).isEqualTo(counted);
    }

    @Test
    void a_name_may_be_of_any_policy() {
        ClientNames names = names("principal", "session", "global");
        assertThat(names.read("principal ann")).isEqualTo("principal ann");
        assertThat(names.read("session 1F2E")).isEqualTo("session 1F2E");
        assertThat(names.read("global")).isEqualTo("global");
    }

    @Test
    void an_address_is_a_name_where_a_policy_counts_by_it_after_all_or_beside_its_clients() {
        assertThat(names("principal").read("ip ::1")).isEqualTo("ip 0:0:0:0::/64");
        assertThat(new ClientNames(List.of(resolver("global")), true).read("ip ::1"))
                .isEqualTo("ip 0:0:0:0::/64");
        assertThatThrownBy(() -> names("principal, global").read("ip ::1"))
                .hasMessage("this filter counts nobody by 'ip': use one of [principal, global]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            cookie:visitor 7                | this filter counts nobody by 'cookie:visitor': use one of [principal, header:x-tenant+ip, ip]
            Principal ann                   | this filter counts nobody by 'Principal': use one of [
            global ann                      | this filter counts nobody by 'global'
            header:x-tenant acme            | this filter counts nobody by 'header:x-tenant'
            ip+header:x-tenant ::1 acme     | this filter counts nobody by 'ip+header:x-tenant'
            " ip ::1"                       | this filter counts nobody by ''
            ""                              | write one of [principal, header:x-tenant+ip, ip], a space and the value, for example 'ip 192.0.2.1'
            principal                       | a way and a value: write one of [
            global                          | a way and a value: write one of [
            "principal "                    | the value of 'principal' is blank
            header:x-tenant+ip acme         | 'header:x-tenant+ip' has 2 values, and the name has 1
            header:x-tenant+ip acme inc ::1 | 'header:x-tenant+ip' has 2 values, and the name has 3: write a space between two, and a space in one as %20
            header:x-tenant+ip 100% ::1     | a value of 'header:x-tenant+ip' has a percent sign of its own: write that as %25
            header:x-tenant+ip %20 ::1      | the value of 'header:x-tenant' is blank
            header:x-tenant+ip acme here    | 'here' is no address of a client
            """)
    void a_name_that_nobody_is_counted_by_is_refused(String name, String why) {
        assertThatThrownBy(() -> names("principal, header:X-Tenant+ip").read(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    @Test
    void everybody_has_no_value() {
        assertThatThrownBy(() -> names("global").read("global ann"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'global' is everybody, and has no value: write it alone");
    }

    @Test
    void a_complaint_does_not_tell_a_key() {
        for (String name :
                List.of("s3cret", "cookie:id s3cret", "header:a+header:b s3cret", "header:a+header:b s3cret %")) {
            assertThatThrownBy(() -> names("header:A+header:B").read(name))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageNotContaining("s3cret");
        }
    }

    // ---- Laws

    private static final List<String> SETTINGS = List.of(
            "principal", "header:X-Tenant", "session", "header:X-Tenant+ip", "ip+principal+header:X-Tenant", "ip");

    @Test
    void the_name_that_a_request_is_counted_by_is_read_as_it_is() {
        Property.holds(20_000, random -> {
            ClientResolver clients = resolver(SETTINGS.get(random.nextInt(SETTINGS.size())));
            String counted = clients.resolve(FakeRequest.from(peer(random))
                    .principal(value(random))
                    .session(value(random))
                    .header("X-Tenant", value(random))
                    .get());
            assertThat(new ClientNames(List.of(clients), false).read(counted)).isEqualTo(counted);
        });
    }

    private static String peer(RandomGenerator random) {
        return random.nextBoolean()
                ? IpAddress.ofIpv4(random.nextInt() & 0xffff_ffffL).toString()
                : new IpAddress(random.nextLong(), random.nextLong()).toString();
    }

    private static String value(RandomGenerator random) {
        List<String> pieces = List.of("a", " ", "%", "%20", "%25", "+", "/64", "ip", ":", "\ud800");
        return Stream.generate(() -> pieces.get(random.nextInt(pieces.size())))
                .limit(random.nextInt(5))
                .collect(Collectors.joining());
    }
}
