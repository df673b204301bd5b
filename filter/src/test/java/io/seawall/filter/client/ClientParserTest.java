package io.seawall.filter.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The setting {@code client}: whose is a request? What is wrong with a setting is asked in {@code FilterSettingsTest}. */
class ClientParserTest {

    private static ClientResolver parse(String setting) {
        return ClientParser.parse(
                setting,
                new ClientAddress(
                        TrustedProxies.parse("10.0.0.0/8"), ForwardedHeader.X_FORWARDED_FOR, new Ipv6Prefix(64)));
    }

    /** The request of somebody who has everything. */
    private static FakeRequest ann() {
        return FakeRequest.from("192.0.2.1")
                .principal("ann")
                .header("X-Api-Key", "key 1", "key 2")
                .header("X-Tenant", "acme inc")
                .cookie("visitor", "7")
                .cookie("visitor", "8")
                .attribute("com.example.tenant", 42)
                .session("1F2E");
    }

    /** Names itself; {@code client} tells of no class without a package, so of no nested one without a name. */
    public static final class ByTenant implements ClientIdentifier {
        @Override
        public String identify(jakarta.servlet.http.HttpServletRequest request) {
            return "tenant of " + request.getRemoteAddr();
        }
    }

    private static final String BY_TENANT = ByTenant.class.getName();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            principal                    | principal ann
            header:X-Api-Key             | header:x-api-key key 1
            header:x-api-key             | header:x-api-key key 1
            cookie:visitor               | cookie:visitor 7
            attribute:com.example.tenant | attribute:com.example.tenant 42
            session                      | session 1F2E
            ip                           | ip 192.0.2.1
            global                       | global
            header:X-Tenant+ip           | header:x-tenant+ip acme%20inc 192.0.2.1
            ip+header:X-Tenant           | ip+header:x-tenant 192.0.2.1 acme%20inc
            principal+cookie:visitor+session | principal+cookie:visitor+session ann 7 1F2E
            " header:  X-Tenant + ip "   | header:x-tenant+ip acme%20inc 192.0.2.1
            """)
    void a_client_is_told_by(String setting, String client) {
        assertThat(parse(setting).resolve(ann().get())).isEqualTo(client);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "principal",
                "header:X-Api-Key",
                "cookie:visitor",
                "attribute:com.example.tenant",
                "session",
                "ip",
                "principal,session,cookie:visitor",
                "header:X-Api-Key+ip",
                "ip+session",
            })
    void who_leaves_something_out_is_its_address(String setting) {
        FakeRequest nobody = FakeRequest.from("192.0.2.1").cookie("other", "7");
        assertThat(parse(setting).resolve(nobody.get())).isEqualTo("ip 192.0.2.1");
    }

    @Test
    void the_names_of_headers_have_no_case_and_those_of_cookies_and_attributes_have() {
        assertThat(parse("header:X-TENANT").resolve(ann().get())).isEqualTo("header:x-tenant acme inc");
        assertThat(parse("cookie:Visitor").resolve(ann().get())).isEqualTo("ip 192.0.2.1");
        assertThat(parse("attribute:com.example.Tenant").resolve(ann().get())).isEqualTo("ip 192.0.2.1");
    }

    @Test
    void a_blank_value_is_none() {
        FakeRequest blank = FakeRequest.from("192.0.2.1")
                .principal("")
                .header("X-Api-Key", " ")
                .cookie("visitor", "")
                .attribute("tenant", "\t")
                .session("");
        assertThat(parse("principal,header:X-Api-Key,cookie:visitor,attribute:tenant,session")
                        .resolve(blank.get()))
                .isEqualTo("ip 192.0.2.1");
        assertThat(parse("principal").resolve(blank.principal(null).get())).isEqualTo("ip 192.0.2.1");
    }

    @Test
    void the_first_way_that_tells_is_taken() {
        ClientResolver clients = parse("principal, header:X-Tenant+cookie:visitor, session, global");
        FakeRequest request = FakeRequest.from("192.0.2.1").header("X-Tenant", "acme");
        assertThat(clients.resolve(request.get())).isEqualTo("global");
        request.session("1F2E");
        assertThat(clients.resolve(request.get())).isEqualTo("session 1F2E");
        request.cookie("visitor", "7");
        assertThat(clients.resolve(request.get())).isEqualTo("header:x-tenant+cookie:visitor acme 7");
        request.principal("ann");
        assertThat(clients.resolve(request.get())).isEqualTo("principal ann");
    }

    @Test
    void a_way_of_several_parts_needs_them_all() {
        ClientResolver clients = parse("header:X-Tenant+session+ip");
        FakeRequest request = FakeRequest.from("192.0.2.1").session("1F2E");
        assertThat(clients.resolve(request.get())).isEqualTo("ip 192.0.2.1");
        request.header("X-Tenant", "acme");
        assertThat(clients.resolve(request.get())).isEqualTo("header:x-tenant+session+ip acme 1F2E 192.0.2.1");
    }

    @Test
    void the_address_is_known_beside_whatever_tells() {
        ClientResolver clients = parse("header:X-Api-Key");
        FakeRequest proxied = FakeRequest.from("10.0.0.1")
                .header("X-Api-Key", "invented")
                .header("X-Forwarded-For", "6.6.6.6, 2001:db8::1");
        assertThat(clients.resolve(proxied.get())).isEqualTo("header:x-api-key invented");
        assertThat(clients.address(proxied.get())).isEqualTo("ip 2001:db8:0:0::/64");
    }

    @Test
    void a_class_of_the_application_tells_in_its_own_way() {
        assertThat(parse(BY_TENANT).resolve(ann().get())).isEqualTo(BY_TENANT + " tenant of 192.0.2.1");
        assertThat(parse(BY_TENANT + "+ip").resolve(ann().get()))
                .isEqualTo(BY_TENANT + "+ip tenant%20of%20192.0.2.1 192.0.2.1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ip                           | false
            global                       | false
            principal                    | false
            attribute:tenant             | false
            principal, ip                | false
            header:X-Api-Key             | true
            cookie:visitor               | true
            session                      | true
            header:X-Api-Key, ip         | true
            principal, session           | true
            principal+header:X-Tenant    | true
            header:X-Tenant+ip           | true
            ip+cookie:visitor            | true
            session+ip, header:X-Api-Key | true
            session+ip, principal        | true
            """)
    void what_a_sender_can_make_up_as_it_likes_is_forgeable(String setting, boolean forgeable) {
        assertThat(parse(setting).forgeable()).isEqualTo(forgeable);
    }

    @Test
    void what_a_class_of_the_application_says_is_believed() {
        assertThat(parse(BY_TENANT).forgeable()).isFalse();
        assertThat(parse(BY_TENANT + "+session").forgeable()).isTrue();
    }

    @Test
    void inventing_what_is_joined_with_the_address_makes_nobody_somebody_else() {
        ClientResolver clients = parse("header:X-Tenant+ip");
        String victim = clients.resolve(
                FakeRequest.from("192.0.2.1").header("X-Tenant", "acme").get());
        for (String invented : new String[] {"acme 192.0.2.1", "acme%20192.0.2.1", "acme+192.0.2.1", "acme"}) {
            assertThat(clients.resolve(FakeRequest.from("192.0.2.9")
                            .header("X-Tenant", invented)
                            .get()))
                    .isNotEqualTo(victim);
        }
    }

    @Test
    void a_setting_is_shown_in_the_log_as_it_is_understood() {
        assertThat(parse("header:X-Tenant + ip,principal"))
                .hasToString("header:x-tenant+ip, principal, behind the proxies 10.0.0.0/8 by their X-Forwarded-For");
    }
}
