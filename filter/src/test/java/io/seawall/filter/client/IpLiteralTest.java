package io.seawall.filter.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.test.Property;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpLiteralTest {

    private static @Nullable IpAddress node(String text) {
        return IpLiteral.node(text, 0, text.length());
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0,               0.0.0.0",
        "255.255.255.255,       255.255.255.255",
        "::,                    0:0:0:0:0:0:0:0",
        "::1,                   0:0:0:0:0:0:0:1",
        "1::,                   1:0:0:0:0:0:0:0",
        "1:2:3:4:5:6:7:8,       1:2:3:4:5:6:7:8",
        "1:2:3:4:5:6:7::,       1:2:3:4:5:6:7:0",
        "::2:3:4:5:6:7:8,       0:2:3:4:5:6:7:8",
        "1::8,                  1:0:0:0:0:0:0:8",
        "2001:DB8:00a::0C,      2001:db8:a:0:0:0:0:c",
        "1:2:3:4:5:6:1.2.3.4,   1:2:3:4:5:6:102:304",
        "1::1.2.3.4,            1:0:0:0:0:0:102:304",
        "::1.2.3.4,             0:0:0:0:0:0:102:304",
        "::ffff:1.2.3.4,        1.2.3.4",
        "::ffff:102:304,        1.2.3.4",
        "0:0:0:0:0:FFFF:1.2.3.4,1.2.3.4",
        "0000:0000:0000:0000:0000:ffff:255.255.255.255, 255.255.255.255",
        "64:ff9b::1.2.3.4,      64:ff9b:0:0:0:0:102:304",
    })
    void an_address_is_read(String text, String address) {
        assertThat(IpLiteral.address(text)).hasToString(address);
        assertThat(node(text)).hasToString(address);
    }

    @ParameterizedTest
    @CsvSource({
        "1.2.3.4:5,              1.2.3.4",
        "1.2.3.4:65535,          1.2.3.4",
        "[2001:db8::1],          2001:db8:0:0:0:0:0:1",
        "[2001:db8::1]:443,      2001:db8:0:0:0:0:0:1",
        "[::ffff:1.2.3.4]:443,   1.2.3.4",
        "fe80::1%eth0,           fe80:0:0:0:0:0:0:1",
        "[fe80::1%25en0]:8080,   fe80:0:0:0:0:0:0:1",
        "1.2.3.4:_hidden,        1.2.3.4",
        "[2001:db8::1]:_a.B-9_,  2001:db8:0:0:0:0:0:1",
    })
    void port_brackets_and_zone_belong_to_a_node_and_not_to_its_address(String text, String address) {
        assertThat(node(text)).hasToString(address);
        assertThat(IpLiteral.address(text)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ":",
                ":::",
                "::::",
                "1:",
                ":1",
                "1::2::3",
                "1:::2",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7:8::",
                "::1:2:3:4:5:6:7:8",
                "1:2:3:4:5:6:7:1.2.3.4",
                "1::2:3:4:5:6:7:1.2.3.4",
                "12345::",
                "g::",
                "-1::",
                "::1.2.3",
                "::1.2.3.256",
                "::01.2.3.4",
                "1.2.3.4::",
                "::1.2.3.4:5",
                "::１",
                "::1 ",
                " ::1",
                "1",
                "127.1",
                "1.2.3",
                "1.2.3.4.",
                ".1.2.3.4",
                "1..3.4",
                "1.2.3.4.5",
                "1.2.3.256",
                "01.2.3.4",
                "1.2.3.00",
                "0x7f.0.0.1",
                "2130706433",
                "1.2.3.4 ",
                "１.2.3.4",
                "1,2,3,4",
                "+1.2.3.4",
                "1.2.3.-4",
                "1.2.3.0004",
                "1.2.3.4:",
                "1.2.3.4:x",
                "1.2.3.4:-1",
                "1.2.3.4:65536",
                "1.2.3.4:123456",
                "1.2.3.4:5:6",
                "1.2.3.4:_",
                "1.2.3.4:_a b",
                "1.2.3.4:_é",
                "1.2.3.4:a_b",
                "::1:_hidden",
                "1.2.3.4%eth0",
                "[1.2.3.4]",
                "[1.2.3.4]:5",
                "[::1",
                "::1]",
                "[::1]x",
                "[::1]:",
                "[::1]:x",
                "[::1]:65536",
                "[]",
                "[",
                "]",
                "[%eth0]",
                "%eth0",
                "[[::1]]",
                "unknown",
                "_hidden",
                "localhost",
                "example.org",
                "example.org:80",
                "\"1.2.3.4\"",
                "1.2.3.4/32",
                "::/0",
                "\u0000",
                "1.2.3.4\u0000",
            })
    void what_is_no_address_is_refused(String text) {
        assertThat(IpLiteral.address(text)).isNull();
        assertThat(node(text)).isNull();
    }

    @Test
    void an_address_is_found_between_other_text() {
        String text = "[::1]:80,1.2.3.4:5,fe80::1";
        assertThat(IpLiteral.node(text, 0, 8)).hasToString("0:0:0:0:0:0:0:1");
        assertThat(IpLiteral.node(text, 9, 18)).hasToString("1.2.3.4");
        assertThat(IpLiteral.node(text, 9, 16)).hasToString("1.2.3.4");
        assertThat(IpLiteral.node(text, 19, 26)).hasToString("fe80:0:0:0:0:0:0:1");
        assertThat(IpLiteral.node(text, 19, 24)).isNull();
        assertThat(IpLiteral.node(text, 8, 8)).isNull();
    }

    @Test
    void every_spelling_of_an_address_is_the_same_address() {
        Property.holds(20_000, random -> {
            IpAddress address = RandomAddresses.next(random);
            String text = RandomAddresses.spell(address, random);
            assertThat(IpLiteral.address(text)).as(text).isEqualTo(address);
            assertThat(IpLiteral.address(address.toString())).isEqualTo(address);
        });
    }

    @Test
    void a_text_is_read_as_by_the_naive_reader() {
        Property.holds(50_000, random -> {
            String text = damaged(RandomAddresses.spell(RandomAddresses.next(random), random), random);
            assertThat(IpLiteral.address(text)).as(text).isEqualTo(NaiveAddresses.address(text));
        });
    }

    /** Some characters are changed, removed, added. */
    private static String damaged(String text, RandomGenerator random) {
        StringBuilder damaged = new StringBuilder(text);
        for (int changes = random.nextInt(3); changes > 0; changes--) {
            int at = random.nextInt(damaged.length() + 1);
            int end = Math.min(damaged.length(), at + random.nextInt(3));
            char c = "0123456789afgF:.:.% ".charAt(random.nextInt(20));
            damaged.replace(at, end, random.nextBoolean() ? "" : String.valueOf(c));
        }
        return damaged.toString();
    }
}
