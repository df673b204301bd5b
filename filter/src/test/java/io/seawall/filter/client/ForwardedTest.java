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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is the client of a request, by the lines of {@code Forwarded}. */
class ForwardedTest {

    private static final TrustedProxies TRUSTED = TrustedProxies.parse("10.0.0.0/8, 2001:db8:aaaa::/48");
    private static final IpAddress PEER = Objects.requireNonNull(IpLiteral.address("10.0.0.1"));

    private static IpAddress client(TrustedProxies trusted, IpAddress peer, List<? extends CharSequence> lines) {
        return new ProxiedClient(trusted, request -> ForwardedHeader.FORWARDED.hops(new ArrayDeque<>(lines)))
                .of(peer, FakeRequest.from(null).get());
    }

    /** Lines with '|' between them, ' for ". */
    private static String client(String lines) {
        return client(TRUSTED, PEER, List.of(lines.replace('\'', '"').split("\\|", -1)))
                .toString();
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "->", quoteCharacter = '~', textBlock = """
            for=192.0.2.1                                       -> 192.0.2.1
            for=6.6.6.6, for=192.0.2.1                          -> 192.0.2.1
            for=6.6.6.6|for=192.0.2.1                           -> 192.0.2.1
            for=6.6.6.6, for=192.0.2.1, for=10.0.0.3, for=10.0.0.2 -> 192.0.2.1
            for=6.6.6.6, for=192.0.2.1|for=10.0.0.3,for=10.0.0.2   -> 192.0.2.1
            for=192.0.2.1, for='[2001:db8:aaaa::1]', for=10.0.0.2  -> 192.0.2.1
            for=10.0.0.4, for=10.0.0.3                          -> 10.0.0.4
            """)
    void the_client_is_the_first_hop_back_that_is_not_trusted(String lines, String client) {
        assertThat(client(lines)).isEqualTo(client);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "->", quoteCharacter = '~', textBlock = """
            For=192.0.2.1                                       -> 192.0.2.1
            FOR=192.0.2.1;proto=http;by=203.0.113.43            -> 192.0.2.1
            by=203.0.113.43;for=192.0.2.1                       -> 192.0.2.1
            for=192.0.2.1; proto=http; by=203.0.113.43          -> 192.0.2.1
            for=192.0.2.1\t;\tproto=http                        -> 192.0.2.1
            ;;for=192.0.2.1;;proto=http;                        -> 192.0.2.1
            for='192.0.2.1'                                     -> 192.0.2.1
            for='192.0.2.1:4711'                                -> 192.0.2.1
            for='192.0.2.1:_gazonk'                             -> 192.0.2.1
            for='[2001:db8:cafe::17]'                           -> 2001:db8:cafe:0:0:0:0:17
            for='[2001:db8:cafe::17]:4711'                      -> 2001:db8:cafe:0:0:0:0:17
            for='[::ffff:192.0.2.1]'                            -> 192.0.2.1
            for='[fe80::1%25eth0]'                              -> fe80:0:0:0:0:0:0:1
            for='1\\92\\.0.2.1'                                 -> 192.0.2.1
            for=192.0.2.1:4711                                  -> 192.0.2.1
            for=[2001:db8:cafe::17]:4711                        -> 2001:db8:cafe:0:0:0:0:17
            for=192.0.2.1;host='a, for=6.6.6.6;b'               -> 192.0.2.1
            for=192.0.2.1;host='a\\', for=6.6.6.6'              -> 192.0.2.1
            for=192.0.2.1;host='a\\\\';proto='b'                -> 192.0.2.1
            host=',';for=192.0.2.1;proto=','                    -> 192.0.2.1
            for=192.0.2.1;forward=6.6.6.6;fo=7.7.7.7            -> 192.0.2.1
            """)
    void an_item_is_read_by_the_grammar(String item, String client) {
        assertThat(client(item)).isEqualTo(client);
        assertThat(client("for=6.6.6.6, " + item)).isEqualTo(client);
        assertThat(client("for=6.6.6.6|" + item + ", for=10.0.0.2")).isEqualTo(client);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ";",
                "for",
                "for=",
                "for=''",
                "for='",
                "=192.0.2.1",
                "for=unknown",
                "for=_hidden",
                "for='_SEVKISEK:4711'",
                "for='unknown:80'",
                "for=proxy.example.org",
                "for=127.1",
                "for=2130706433",
                "for='::１'",
                "for=192.0.2.01",
                "for='192.0.2.1",
                "for=192.0.2.1'",
                "for='192.0.2.1''",
                "for=''192.0.2.1'",
                "for='192.0.2.1\\'",
                "for='192.0.2.1 '",
                "for = 192.0.2.1",
                "for =192.0.2.1",
                "for= 192.0.2.1",
                "for=192.0.2.1 proto=http",
                "for=192.0.2.1;proto",
                "for=192.0.2.1;=http",
                "for=192.0.2.1;proto=",
                "proto=;for=192.0.2.1",
                "for=192.0.2.1;proto=a b",
                "for=192.0.2.1;proto=a'b'",
                "for=192.0.2.1;host='a\\'",
                "for=192.0.2.1;host=a/b",
                "for=192.0.2.1;for=192.0.2.2",
                "for=192.0.2.1;For=192.0.2.1",
                "for=unknown;for=192.0.2.1",
                "by=192.0.2.1;proto=http",
                "192.0.2.1",
                "x-for=192.0.2.1",
                "f\u00f2r=192.0.2.1",
                "for=192.0.2.1;a\\='b'",
                "\u00a0for=192.0.2.1",
            })
    void what_tells_of_no_address_ends_the_way(String item) {
        assertThat(client(item)).isEqualTo("10.0.0.1");
        assertThat(client("for=192.0.2.9, " + item)).isEqualTo("10.0.0.1");
        assertThat(client("for=192.0.2.9|" + item)).isEqualTo("10.0.0.1");
        assertThat(client("for=192.0.2.9|" + item + "|for=10.0.0.2")).isEqualTo("10.0.0.2");
        assertThat(client("for=192.0.2.9, " + item + ", for=10.0.0.2")).isEqualTo("10.0.0.2");
    }

    // ---- a client that wants to swallow what the proxy appends, or to be taken for it

    /** What the client sends, so that the proxy's item should seem to be a part of it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "for='",
                "for='6.6.6.6",
                "for=6.6.6.6;x='",
                "for=6.6.6.6;x='\\",
                "for=6.6.6.6;x='\\\\",
                "for=6.6.6.6;x=\\",
                "x='a', for=6.6.6.6;x='",
                "'",
                "''",
                "'''",
                "\\",
                "\\'",
                "for=6.6.6.6;",
                "for=6.6.6.6;for=",
                "for",
                ";",
                ",",
            })
    void what_a_client_has_sent_swallows_nothing_that_the_proxy_appends(String sent) {
        for (String appended : new String[] {
            "for=192.0.2.1", "for='192.0.2.1:80'", "for=192.0.2.1;host='shop'", "host='a,b';for=192.0.2.1"
        }) {
            assertThat(client(sent + ", " + appended)).as(appended).isEqualTo("192.0.2.1");
            assertThat(client(sent + "," + appended + ", for='10.0.0.2'")).isEqualTo("192.0.2.1");
            assertThat(client(sent + "|" + appended)).isEqualTo("192.0.2.1");
        }
    }

    @Test
    void an_item_is_found_as_it_was_written_whatever_is_before_it() {
        Property.holds(20_000, random -> {
            String address = "192.0.2." + random.nextInt(256);
            String item = item(address, random);
            String line = garbage(random) + "," + item;
            assertThat(client(TRUSTED, PEER, List.of(line))).as(line).hasToString(address);
        });
    }

    private static String item(String address, RandomGenerator random) {
        List<String> parameters = new ArrayList<>();
        for (int i = 0; i < random.nextInt(3); i++) {
            parameters.add("x" + i + "=" + quoted(garbage(random)));
        }
        String told = random.nextBoolean() ? address : quoted(address + ":" + random.nextInt(65_536));
        parameters.add(random.nextInt(parameters.size() + 1), "for=" + told);
        return String.join(";", parameters);
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String garbage(RandomGenerator random) {
        List<String> pieces = List.of("\"", "\\", ",", ";", "=", " ", "for", "for=", "6.6.6.6", "x=\"", "\", ");
        return Stream.generate(() -> pieces.get(random.nextInt(pieces.size())))
                .limit(random.nextInt(12))
                .collect(Collectors.joining());
    }

    @Test
    void a_client_is_who_it_is_by_the_naive_reader() {
        Property.holds(30_000, random -> {
            List<String> lines =
                    Stream.generate(() -> line(random)).limit(random.nextInt(4)).toList();
            assertThat(client(TRUSTED, PEER, lines))
                    .as("lines %s", lines)
                    .isEqualTo(NaiveAddresses.client(TRUSTED, PEER, NaiveForwarded.hops(lines)));
        });
    }

    private static String line(RandomGenerator random) {
        List<String> items = new ArrayList<>();
        for (int count = random.nextInt(4); count >= 0; count--) {
            String address = random.nextInt(3) == 0 ? "192.0.2.1" : "10.0.0." + random.nextInt(9);
            items.add(random.nextInt(6) == 0 ? garbage(random) : item(address, random));
        }
        return String.join(random.nextBoolean() ? "," : ", ", items);
    }

    // ---- what is hostile costs little

    /** An item is looked for, and read, and an address in it once more. */
    private static final int MAX_LOOKS = 1024 * 6;

    static Stream<String> hostile() {
        return Stream.of(
                        "x",
                        ",",
                        " ",
                        ";",
                        "; ",
                        "=",
                        "\"",
                        "\\",
                        "\\\"",
                        "\\\\\"",
                        "\"\\",
                        "for=",
                        "for=\"",
                        "for=10.0.0.1;",
                        "for=10.0.0.1",
                        "for=10.0.0.1,",
                        ",for=\"10.0.0.1\"",
                        "for=\"10.0.0.1\", ",
                        "for=\"[::",
                        "a=b;",
                        "a=\"b\";",
                        "a=\"b\\\"\";",
                        "\u0000",
                        "１")
                .map(text -> text.repeat(65_536 / text.length()));
    }

    @ParameterizedTest
    @MethodSource
    void hostile(String line) {
        AtomicInteger looks = new AtomicInteger();
        IpAddress client = client(TRUSTED, PEER, List.of(new WatchedLine(line, looks)));
        assertThat(TRUSTED.contains(client)).isTrue();
        assertThat(looks).hasValueLessThan(MAX_LOOKS);
    }

    @Test
    void what_a_client_invents_costs_nothing_when_a_proxy_appends_its_address() {
        AtomicInteger looks = new AtomicInteger();
        hostile()
                .forEach(line -> assertThat(
                                client(TRUSTED, PEER, List.of(new WatchedLine(line + ",for=192.0.2.1", looks))))
                        .hasToString("192.0.2.1"));
        assertThat(looks).hasValueLessThan((int) hostile().count() * 100);
    }

    @Test
    void the_longest_way_that_is_read_is_bounded() {
        String item = "for=10.0.0.2;host=\"" + "\\\"".repeat(490) + "\",";
        AtomicInteger looks = new AtomicInteger();
        assertThat(client(TRUSTED, PEER, List.of(new WatchedLine("for=6.6.6.6," + item.repeat(64) + item, looks))))
                .hasToString("10.0.0.1");
        assertThat(client(
                        TRUSTED,
                        PEER,
                        List.of(new WatchedLine("for=6.6.6.6," + item.repeat(64) + "for=10.0.0.2", looks))))
                .hasToString("10.0.0.2");
        assertThat(looks).hasValueGreaterThan(1024 * 31).hasValueLessThan(MAX_LOOKS * ProxiedClient.MAX_HOPS);
    }

    @Test
    void an_item_that_is_longer_than_any_ends_the_way() {
        String longest = "for=192.0.2.1;host=" + "h".repeat(1024 - 19);
        assertThat(client(longest)).isEqualTo("192.0.2.1");
        assertThat(client("for=6.6.6.6," + longest)).isEqualTo("192.0.2.1");
        assertThat(client(longest + "h")).isEqualTo("10.0.0.1");
        assertThat(client("for=6.6.6.6," + longest + "h")).isEqualTo("10.0.0.1");
        assertThat(client(longest + "h,for=10.0.0.2")).isEqualTo("10.0.0.2");
    }

    @Test
    void a_way_of_too_many_hops_ends_where_reading_ends() {
        String[] hops = new String[1000];
        Arrays.setAll(hops, i -> "for=10.0." + i / 256 + "." + i % 256);
        String last = "10.0." + (1000 - ProxiedClient.MAX_HOPS) / 256 + "." + (1000 - ProxiedClient.MAX_HOPS) % 256;
        assertThat(client(String.join(",", hops))).isEqualTo(last);
        assertThat(client(String.join("|", hops))).isEqualTo(last);
    }
}
