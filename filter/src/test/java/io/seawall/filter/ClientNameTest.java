package io.seawall.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.test.Property;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
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
    void a_long_value_is_kept_as_its_start_and_its_hash() {
        String longest = "x".repeat(128);
        assertThat(ClientName.of("session", longest)).isEqualTo("session " + longest);
        String bounded = ClientName.of("session", longest + "x");
        assertThat(bounded).startsWith("session " + "x".repeat(106) + "~").hasSize("session ".length() + 129);
        assertThat(ClientName.of("session", "x".repeat(1_000_000)))
                .hasSameSizeAs(bounded)
                .isNotEqualTo(bounded);
    }

    @Test
    void what_stands_for_a_long_value_cannot_be_sent_as_a_short_one() {
        String bounded = ClientName.of("session", "x".repeat(1000));
        String sent = bounded.substring("session ".length());
        assertThat(ClientName.of("session", sent)).isNotEqualTo(bounded);
    }

    /** What makes a client: equal ones are one client. */
    private record Client(List<String> words, List<String> values) {
        String name() {
            String way = String.join("+", words);
            return values.size() == 1
                    ? ClientName.of(way, values.get(0))
                    : ClientName.of(way, values.toArray(String[]::new));
        }
    }

    @Test
    void no_two_clients_have_one_name() {
        // A small alphabet of what separates and escapes, so that names would often meet if they could.
        Map<String, Client> seen = new HashMap<>();
        Property.holds(200_000, random -> {
            List<String> words = Stream.generate(() -> word(random))
                    .limit(random.nextInt(1, 4))
                    .toList();
            List<String> values = words.stream().map(word -> value(random)).toList();
            Client client = new Client(words, values);
            Client other = seen.putIfAbsent(client.name(), client);
            assertThat(other == null ? client : other).as(client.name()).isEqualTo(client);
        });
        assertThat(seen).hasSizeGreaterThan(50_000).containsKey("ip+ip a %20");
    }

    private static String word(RandomGenerator random) {
        return List.of("ip", "header:a", "a.B").get(random.nextInt(3));
    }

    private static String value(RandomGenerator random) {
        if (random.nextInt(50) == 0) {
            char[] repeated = new char[random.nextInt(126, 140)];
            Arrays.fill(repeated, random.nextBoolean() ? ' ' : 'a');
            return new String(repeated);
        }
        StringBuilder value = new StringBuilder();
        for (int length = random.nextInt(5); length > 0; length--) {
            value.append(List.of("a", " ", "%", "%20", "+", "~", ":").get(random.nextInt(7)));
        }
        return value.toString();
    }
}
