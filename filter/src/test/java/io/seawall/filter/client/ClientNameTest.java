package io.seawall.filter.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.test.Property;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ClientNameTest {

    @Test
    void a_name_is_the_way_and_the_value() {
        assertThat(ClientName.of("ip", "192.0.2.1")).isEqualTo("ip 192.0.2.1");
        assertThat(ClientName.of("ip", "2001:db8:0:0::/64")).isEqualTo("ip 2001:db8:0:0::/64");
        assertThat(ClientName.of("principal", "CN=Ann Smith, O=100% Acme"))
                .isEqualTo("principal CN=Ann Smith, O=100% Acme");
    }

    @Test
    void a_name_of_several_values_keeps_them_apart() {
        assertThat(ClientName.of("header:x-tenant+ip", new String[] {"acme", "192.0.2.1"}))
                .isEqualTo("header:x-tenant+ip acme 192.0.2.1");
        assertThat(ClientName.of("header:a+header:b", new String[] {"1 2", "3%20"}))
                .isEqualTo("header:a+header:b 1%202 3%2520");
    }

    @Test
    void a_long_value_is_in_the_name_as_it_is() {
        String token = "x".repeat(64 << 10);
        assertThat(ClientName.of("header:authorization", token)).isEqualTo("header:authorization " + token);
        assertThat(ClientName.of("header:a+ip", new String[] {token, "192.0.2.1"}))
                .isEqualTo("header:a+ip " + token + " 192.0.2.1");
    }

    @Test
    void a_value_that_no_name_has_is_not_read_back() {
        assertThat(List.of("%", "%2", "%41", "a%", "%2520%", "%%20"))
                .allSatisfy(written -> assertThat(ClientName.unescaped(written)).isNull());
    }

    /** Reads a name backwards, as nobody else needs to: where that can be done, no two clients have one name. */
    private static List<String> read(String name) {
        int space = name.indexOf(' ');
        String way = name.substring(0, space);
        String rest = name.substring(space + 1);
        List<String> read = new ArrayList<>(List.of(way));
        if (way.indexOf('+') < 0) {
            read.add(rest);
        } else {
            for (String value : rest.split(" ", -1)) {
                String plain = value.replace("%20", " ").replace("%25", "%");
                assertThat(ClientName.unescaped(value)).isEqualTo(plain);
                read.add(plain);
            }
        }
        return read;
    }

    @Test
    void a_name_tells_the_way_and_every_value() {
        Property.holds(50_000, random -> {
            int parts = random.nextInt(1, 4);
            String way = String.join("+", Collections.nCopies(parts, "header:a"));
            List<String> client = new ArrayList<>(List.of(way));
            for (int i = 0; i < parts; i++) {
                client.add(value(random));
            }
            String name = parts == 1
                    ? ClientName.of(way, client.get(1))
                    : ClientName.of(way, client.subList(1, parts + 1).toArray(String[]::new));
            assertThat(read(name)).as(name).isEqualTo(client);
        });
    }

    /** Of what separates and escapes, so that names would often meet if they could. */
    private static String value(RandomGenerator random) {
        List<String> pieces = List.of("a", " ", "%", "%20", "%25", "2", "+", "~", ":", "\u2028", "\ud800");
        return Stream.generate(() -> pieces.get(random.nextInt(pieces.size())))
                .limit(random.nextInt(random.nextInt(10) == 0 ? 42 : 5))
                .collect(Collectors.joining());
    }
}
