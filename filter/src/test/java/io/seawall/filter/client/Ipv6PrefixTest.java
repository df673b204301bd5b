package io.seawall.filter.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.seawall.test.Property;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Ipv6PrefixTest {

    private static final String ADDRESS = "2001:db8:1234:5678:9abc:def0:1234:5678";

    private static String client(String prefix, String address) {
        return Ipv6Prefix.parse(prefix).clientOf(Objects.requireNonNull(IpLiteral.address(address)));
    }

    @ParameterizedTest
    @CsvSource({
        "32,  2001:db8::/32",
        "33,  2001:db8:0::/33",
        "36,  2001:db8:1000::/36",
        "48,  2001:db8:1234::/48",
        "56,  2001:db8:1234:5600::/56",
        "63,  2001:db8:1234:5678::/63",
        "64,  2001:db8:1234:5678::/64",
        "65,  2001:db8:1234:5678:8000::/65",
        "80,  2001:db8:1234:5678:9abc::/80",
        "112, 2001:db8:1234:5678:9abc:def0:1234::/112",
        "113, 2001:db8:1234:5678:9abc:def0:1234:0/113",
        "127, 2001:db8:1234:5678:9abc:def0:1234:5678/127",
        "128, 2001:db8:1234:5678:9abc:def0:1234:5678/128",
    })
    void a_client_is_the_network_of_its_address(String prefix, String client) {
        assertThat(client(prefix, ADDRESS)).isEqualTo(client);
    }

    @ParameterizedTest
    @ValueSource(strings = {"32", "64", "96", "128"})
    void an_ipv4_client_is_its_address_whatever_the_prefix(String prefix) {
        assertThat(client(prefix, "192.0.2.1")).isEqualTo("192.0.2.1");
        assertThat(client(prefix, "::ffff:192.0.2.1")).isEqualTo("192.0.2.1");
        assertThat(client(prefix, "::ffff:c000:201")).isEqualTo("192.0.2.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"31", "0", "129", "1000", "-64", "", "/64", "64.0", "６４", "0x40"})
    void another_length_is_refused_with_the_rule(String text) {
        assertThatThrownBy(() -> Ipv6Prefix.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("write a number of 32 to 128");
    }

    @Test
    void a_client_is_written_as_a_network_that_holds_its_addresses_and_no_others() {
        Property.holds(20_000, random -> {
            Ipv6Prefix prefix = new Ipv6Prefix(random.nextInt(32, 129));
            IpAddress one = RandomAddresses.next(random);
            IpAddress near = random.nextBoolean()
                    ? RandomAddresses.next(random)
                    : new IpAddress(one.high() ^ bit(random.nextInt(128)), one.low() ^ bit(random.nextInt(128)));
            String client = prefix.clientOf(one);
            CidrBlock network = CidrBlock.parse(client);
            assertThat(network.contains(one)).as("%s in %s", one, client).isTrue();
            assertThat(prefix.clientOf(near).equals(client))
                    .as("%s and %s by /%s", one, near, prefix.bits())
                    .isEqualTo(NaiveAddresses.contains(network.network(), network.prefixBits(), near));
        });
    }

    /** One of 64, or none. */
    private static long bit(int index) {
        return index < 64 ? 1L << index : 0;
    }
}
