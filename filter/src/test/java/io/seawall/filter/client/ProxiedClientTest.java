package io.seawall.filter.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.test.Property;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Who is the client of a request, by the lines of {@code X-Forwarded-For}. */
class ProxiedClientTest {

    private static final TrustedProxies TRUSTED = TrustedProxies.parse("10.0.0.0/8, 2001:db8:aaaa::/48");
    private static final IpAddress PEER = address("10.0.0.1");

    private static IpAddress address(String text) {
        return Objects.requireNonNull(IpLiteral.address(text));
    }

    private static IpAddress client(TrustedProxies trusted, IpAddress peer, List<? extends CharSequence> lines) {
        return new ProxiedClient(trusted, request -> ForwardedHeader.X_FORWARDED_FOR.hops(new ArrayDeque<>(lines)))
                .of(peer, FakeRequest.from(null).get());
    }

    /** Lines with '|' between them. */
    private static String client(String peer, String lines) {
        return client(TRUSTED, address(peer), List.of(lines.split("\\|", -1))).toString();
    }

    @ParameterizedTest
    @CsvSource({
        // one proxy; what the client itself sent is before what the proxy appended
        "10.0.0.1, 192.0.2.1,                             192.0.2.1",
        "10.0.0.1, '6.6.6.6, 192.0.2.1',                  192.0.2.1",
        "10.0.0.1, '6.6.6.6|192.0.2.1',                   192.0.2.1",
        "10.0.0.1, '10.6.6.6, 192.0.2.1',                 192.0.2.1",
        "10.0.0.1, 'unknown, 192.0.2.1',                  192.0.2.1",
        "10.0.0.1, ',,,|,|192.0.2.1',                     192.0.2.1",
        // several proxies, on one line or on several
        "10.0.0.1, '6.6.6.6, 192.0.2.1, 10.0.0.3, 10.0.0.2', 192.0.2.1",
        "10.0.0.1, '6.6.6.6|192.0.2.1|10.0.0.3|10.0.0.2', 192.0.2.1",
        "10.0.0.1, '6.6.6.6, 192.0.2.1|10.0.0.3, 10.0.0.2', 192.0.2.1",
        "10.0.0.1, '192.0.2.1, 2001:db8:aaaa::1, 10.0.0.2', 192.0.2.1",
        "10.0.0.1, '192.0.2.1, ::ffff:10.0.0.2',          192.0.2.1",
        "2001:db8:aaaa::1, '6.6.6.6, 2001:db8:bbbb::1',   2001:db8:bbbb:0:0:0:0:1",
        // inside: nobody is left who is not trusted
        "10.0.0.1, 10.0.0.3,                              10.0.0.3",
        "10.0.0.1, '10.0.0.4, 10.0.0.3',                  10.0.0.4",
        // spaces, ports, brackets, zones
        "10.0.0.1, '  6.6.6.6 ,\t192.0.2.1 \t ',          192.0.2.1",
        "10.0.0.1, '6.6.6.6,192.0.2.1',                   192.0.2.1",
        "10.0.0.1, '6.6.6.6, 192.0.2.1:4711',             192.0.2.1",
        "10.0.0.1, '6.6.6.6, [2001:db8::1]:4711, 10.0.0.2:80', 2001:db8:0:0:0:0:0:1",
        "10.0.0.1, '6.6.6.6, fe80::1%eth0',               fe80:0:0:0:0:0:0:1",
        // the way ends at what is no address, and the last known hop is the client
        "10.0.0.1, '192.0.2.1, unknown',                  10.0.0.1",
        "10.0.0.1, '192.0.2.1, unknown, 10.0.0.2',        10.0.0.2",
        "10.0.0.1, '192.0.2.1, _hidden, 10.0.0.2',        10.0.0.2",
        "10.0.0.1, '192.0.2.1, , 10.0.0.2',               10.0.0.2",
        "10.0.0.1, '192.0.2.1,',                          10.0.0.1",
        "10.0.0.1, '192.0.2.1|',                          10.0.0.1",
        "10.0.0.1, '192.0.2.1||10.0.0.2',                 10.0.0.2",
        "10.0.0.1, '',                                    10.0.0.1",
        "10.0.0.1, ' ',                                   10.0.0.1",
        "10.0.0.1, ',',                                   10.0.0.1",
        "10.0.0.1, '192.0.2.1, \"192.0.2.2\"',            10.0.0.1",
        "10.0.0.1, '192.0.2.1, proxy.example.org',        10.0.0.1",
        "10.0.0.1, '192.0.2.1, 127.1',                    10.0.0.1",
        "10.0.0.1, '192.0.2.1, 10.0.0.02',                10.0.0.1",
        "10.0.0.1, '192.0.2.1; 10.0.0.2',                 10.0.0.1",
        "10.0.0.1, '192.0.2.1 10.0.0.2',                  10.0.0.1",
        "10.0.0.1, '192.0.2.1, [10.0.0.2]',               10.0.0.1",
        "10.0.0.1, '192.0.2.1,\u00a0192.0.2.2',           10.0.0.1",
        "10.0.0.1, '192.0.2.1, for=192.0.2.2',            10.0.0.1",
        // a peer that is not trusted speaks for itself alone
        "192.0.2.9, '6.6.6.6',                            192.0.2.9",
        "192.0.2.9, '6.6.6.6, 10.0.0.2',                  192.0.2.9",
        "11.0.0.1, '6.6.6.6',                             11.0.0.1",
    })
    void the_client_is_the_first_hop_back_that_is_not_trusted(String peer, String lines, String client) {
        assertThat(client(peer, lines)).isEqualTo(client);
    }

    @Test
    void without_the_header_the_peer_is_the_client() {
        assertThat(client(TRUSTED, PEER, List.of())).isEqualTo(PEER);
    }

    @Test
    void of_a_peer_that_is_not_trusted_no_header_is_looked_at() {
        ProxiedClient client = new ProxiedClient(TRUSTED, request -> {
            throw new AssertionError("looked");
        });
        assertThat(client.of(address("192.0.2.9"), FakeRequest.from(null).get()))
                .hasToString("192.0.2.9");
    }

    @Test
    void a_thousand_invented_addresses_are_one_client() {
        assertThat(Stream.iterate(0, i -> i + 1)
                        .limit(1000)
                        .map(i -> client("10.0.0.1", "6.6." + i / 256 + "." + i % 256 + ", 192.0.2.1"))
                        .distinct())
                .containsExactly("192.0.2.1");
    }

    @Test
    void a_client_is_who_it_is_by_the_naive_reader() {
        Property.holds(10_000, random -> {
            TrustedProxies trusted = new TrustedProxies(Stream.generate(() -> block(random))
                    .limit(random.nextInt(1, 4))
                    .toList());
            IpAddress peer = RandomAddresses.next(random);
            List<String> lines =
                    Stream.generate(() -> line(random)).limit(random.nextInt(4)).toList();
            assertThat(client(trusted, peer, lines))
                    .as("peer %s, lines %s, trusted %s", peer, lines, trusted)
                    .isEqualTo(NaiveAddresses.client(trusted, peer, NaiveAddresses.forwardedFor(lines)));
        });
    }

    /** A large one, so that ways become long. */
    private static CidrBlock block(RandomGenerator random) {
        IpAddress address = RandomAddresses.next(random);
        return RandomAddresses.blockAround(address, random.nextInt(1, 33) + (address.isIpv4() ? 96 : 0));
    }

    private static String line(RandomGenerator random) {
        List<String> items = new ArrayList<>();
        for (int count = random.nextInt(5); count >= 0; count--) {
            items.add(" ".repeat(random.nextInt(2)) + item(random) + "\t".repeat(random.nextInt(2)));
        }
        return String.join(",", items);
    }

    private static String item(RandomGenerator random) {
        String address = RandomAddresses.spell(RandomAddresses.next(random), random);
        return switch (random.nextInt(16)) {
            case 0 -> "";
            case 1 -> "unknown";
            case 2 -> "[" + address + "]:" + random.nextInt(70_000);
            case 3 -> address + ":" + random.nextInt(70_000);
            case 4 -> address + "%eth0";
            case 5 -> "[" + address + "]";
            case 6 -> address.substring(random.nextInt(2));
            default -> address;
        };
    }

    // ---- what is hostile costs little

    static Stream<String> hostile() {
        return Stream.of(
                        "x",
                        ",",
                        " ",
                        "\t",
                        ":",
                        "::",
                        "[",
                        "]",
                        "%",
                        ".",
                        "1.",
                        "0",
                        ";",
                        "\"",
                        "\u0000",
                        "１",
                        "10.0.0.1",
                        "10.0.0.1,",
                        ",10.0.0.1",
                        " , ",
                        "ffff:",
                        "10.0.0.1\t,")
                .map(text -> text.repeat(65_536 / text.length()));
    }

    @ParameterizedTest
    @MethodSource
    void hostile(String line) {
        AtomicInteger looks = new AtomicInteger();
        IpAddress client = client(TRUSTED, PEER, List.of(new WatchedLine(line, looks)));
        assertThat(TRUSTED.contains(client)).isTrue();
        assertThat(looks).hasValueLessThan(ProxiedClient.MAX_HOPS * 100);
    }

    @Test
    void what_a_client_invents_costs_nothing_when_a_proxy_appends_its_address() {
        AtomicInteger looks = new AtomicInteger();
        hostile()
                .forEach(line -> assertThat(client(TRUSTED, PEER, List.of(new WatchedLine(line + ",192.0.2.1", looks))))
                        .hasToString("192.0.2.1"));
        assertThat(looks).hasValueLessThan((int) hostile().count() * 100);
    }

    @Test
    void a_way_of_too_many_hops_ends_where_reading_ends() {
        String[] hops = new String[1000];
        Arrays.setAll(hops, i -> "10.0." + i / 256 + "." + i % 256);
        String last = "10.0." + (1000 - ProxiedClient.MAX_HOPS) / 256 + "." + (1000 - ProxiedClient.MAX_HOPS) % 256;
        assertThat(client("10.0.0.1", String.join(",", hops))).isEqualTo(last);
        assertThat(client("10.0.0.1", String.join("|", hops))).isEqualTo(last);
    }

    @Test
    void a_client_behind_as_many_proxies_as_may_be_is_found() {
        String proxies = ", 10.0.0.2".repeat(ProxiedClient.MAX_HOPS - 1);
        assertThat(client("10.0.0.1", "192.0.2.1" + proxies)).isEqualTo("192.0.2.1");
        assertThat(client("10.0.0.1", "192.0.2.1, 10.0.0.3" + proxies)).isEqualTo("10.0.0.3");
    }

    @Test
    void the_longest_way_to_write_an_address_is_read() {
        String longest = "[0000:0000:0000:0000:0000:ffff:255.255.255.255%abcdefghijklmno]:65535";
        assertThat(client("10.0.0.1", "6.6.6.6, " + longest)).isEqualTo("255.255.255.255");
    }
}
