package io.seawall.filter.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressTest {

    private static final TrustedProxies NOBODY = TrustedProxies.parse("");
    private static final TrustedProxies TEN = TrustedProxies.parse("10.0.0.0/8");

    private static ClientAddress clients(TrustedProxies proxies, ForwardedHeader header, int ipv6Prefix) {
        return new ClientAddress(proxies, header, new Ipv6Prefix(ipv6Prefix));
    }

    private static String of(@Nullable String peer) {
        return clients(NOBODY, ForwardedHeader.X_FORWARDED_FOR, 64)
                .find(FakeRequest.from(peer).get());
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1,                             192.0.2.1",
        "::1,                                   0:0:0:0::/64",
        "[::1],                                 0:0:0:0::/64",
        "2001:db8:1:2:3:4:5:6,                  2001:db8:1:2::/64",
        "2001:0DB8:0001:0002:0000:0000:0000:00FF, 2001:db8:1:2::/64",
        "2001:db8:1:2::,                        2001:db8:1:2::/64",
        "2001:db8:1:2::%eth0,                   2001:db8:1:2::/64",
        "[fe80::1%25en0],                       fe80:0:0:0::/64",
        "2001:db8:1:2::1.2.3.4,                 2001:db8:1:2::/64",
        "64:ff9b::1.2.3.4,                      64:ff9b:0:0::/64",
        "64:ff9b::102:304,                      64:ff9b:0:0::/64",
        "::ffff:1.2.3.4,                        1.2.3.4",
        "::ffff:102:304,                        1.2.3.4",
        "0:0:0:0:0:ffff:0102:0304,              1.2.3.4",
        "::FFFF:255.255.255.255,                255.255.255.255",
        "1::,                                   1:0:0:0::/64",
        "192.0.2.1:4711,                        192.0.2.1",
        "[2001:db8:1:2::1]:4711,                2001:db8:1:2::/64",
        // not IPv4: compatible (deprecated), translated, 6to4
        "::1.2.3.4,                             0:0:0:0::/64",
        "::ffff:0:1.2.3.4,                      0:0:0:0::/64",
        "2002:102:304::1,                       2002:102:304:0::/64",
    })
    void an_address_is_one_client_however_it_is_written(String written, String client) {
        assertThat(of(written)).isEqualTo(client);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "unknown",
                "_hidden",
                ":",
                ":::",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7::8:9",
                "1::2::3",
                "12345::",
                "g::",
                "::1.2.3",
                "::1.2.3.256",
                "::01.2.3.4",
                "1.2.3.4::",
                "::1.2.3.4:5",
                "::１",
                "-1::",
            })
    void what_is_no_address_stands_for_itself(String text) {
        assertThat(of(text)).isEqualTo(text);
        assertThat(clients(TEN, ForwardedHeader.FORWARDED, 64)
                        .find(FakeRequest.from(text).get()))
                .isEqualTo(text);
    }

    @Test
    void a_peer_without_an_address_is_one_client() {
        assertThat(of(null)).isEmpty();
    }

    @Test
    void all_addresses_of_a_network_are_one_client_and_other_networks_are_others() {
        // better-auth before 1.4.17 took every address for a client of its own (CVE-2026-45364).
        SplittableRandom random = new SplittableRandom(1);
        Set<String> inside = new HashSet<>();
        Set<String> outside = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            String host = Integer.toHexString(random.nextInt(1, 0x10000));
            inside.add(of("2001:db8:0:1::" + host));
            outside.add(of("2001:db8:" + Integer.toHexString(i) + ":2::" + host));
        }
        assertThat(inside).hasSize(1);
        assertThat(outside).hasSize(1000).doesNotContainAnyElementsOf(inside);
    }

    @ParameterizedTest
    @ValueSource(ints = {32, 48, 56, 64, 96, 128})
    void mapped_ipv4_clients_are_told_apart(int ipv6Prefix) {
        // express-rate-limit 8.2.0 put them all into one bucket (CVE-2026-30827).
        ClientAddress clients = clients(NOBODY, ForwardedHeader.X_FORWARDED_FOR, ipv6Prefix);
        assertThat(Stream.of("::ffff:1.2.3.4", "::ffff:5.6.7.8", "1.2.3.4", "::ffff:506:708")
                        .map(peer -> clients.find(FakeRequest.from(peer).get())))
                .containsExactly("1.2.3.4", "5.6.7.8", "1.2.3.4", "5.6.7.8");
    }

    @Test
    void an_ipv4_peer_is_taken_as_it_is_and_costs_nothing() {
        String peer = "192.0.2.1";
        assertThat(of(peer)).isSameAs(peer);
        assertThat(clients(TEN, ForwardedHeader.X_FORWARDED_FOR, 64)
                        .find(FakeRequest.from(peer).get()))
                .isSameAs(peer);
    }

    @ParameterizedTest
    @EnumSource
    void only_the_header_of_the_setting_is_asked_and_only_of_a_trusted_peer(ForwardedHeader header) {
        for (String peer : new String[] {"192.0.2.9", "10.0.0.1"}) {
            FakeRequest request = FakeRequest.from(peer)
                    .header("X-Forwarded-For", "192.0.2.1")
                    .header("Forwarded", "for=192.0.2.2")
                    .header("X-Real-IP", "192.0.2.3")
                    .header("X-Forwarded-Host", "192.0.2.4");
            String client = clients(TEN, header, 64).find(request.get());
            boolean trusted = peer.startsWith("10.");
            String told = header == ForwardedHeader.FORWARDED ? "192.0.2.2" : "192.0.2.1";
            assertThat(client).isEqualTo(trusted ? told : peer);
            assertThat(request.askedHeaders()).isEqualTo(trusted ? Set.of(header.toString()) : Set.of());
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_thousand_invented_headers_of_a_peer_that_is_not_trusted_are_one_client(ForwardedHeader header) {
        // Litestar before 2.18.0 believed everybody (CVE-2025-59152).
        assertThat(IntStream.range(0, 1000)
                        .mapToObj(i -> "6.6." + i / 256 + "." + i % 256)
                        .map(invented -> FakeRequest.from("192.0.2.9")
                                .header("X-Forwarded-For", invented)
                                .header("Forwarded", "for=" + invented))
                        .map(request -> clients(TEN, header, 64).find(request.get()))
                        .distinct())
                .containsExactly("192.0.2.9");
    }

    @Test
    void a_client_behind_a_proxy_counts_by_its_network() {
        assertThat(clients(TEN, ForwardedHeader.FORWARDED, 48)
                        .find(FakeRequest.from("::ffff:10.0.0.1")
                                .header("Forwarded", "for=\"[2001:db8:1:2::3]:4711\"")
                                .get()))
                .isEqualTo("2001:db8:1::/48");
    }
}
