package io.seawall.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressTest {

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
        "::ffff:1.2.3.4,                        1.2.3.4",
        "::ffff:102:304,                        1.2.3.4",
        "0:0:0:0:0:ffff:0102:0304,              1.2.3.4",
        "::FFFF:255.255.255.255,                255.255.255.255",
        "1::,                                   1:0:0:0::/64",
        "192.0.2.1:4711,                        192.0.2.1",
        "[2001:db8:1:2::1]:4711,                2001:db8:1:2::/64",
    })
    void an_address_is_one_client_however_it_is_written(String written, String client) {
        assertThat(ClientAddress.of(written)).isEqualTo(client);
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
        assertThat(ClientAddress.of(text)).isEqualTo(text);
    }

    @Test
    void all_addresses_of_a_network_are_one_client_and_other_networks_are_others() {
        SplittableRandom random = new SplittableRandom(1);
        Set<String> inside = new HashSet<>();
        Set<String> outside = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            String host = Integer.toHexString(random.nextInt(1, 0x10000));
            inside.add(ClientAddress.of("2001:db8:0:1::" + host));
            outside.add(ClientAddress.of("2001:db8:" + Integer.toHexString(i) + ":2::" + host));
        }
        assertThat(inside).hasSize(1);
        assertThat(outside).hasSize(1000).doesNotContainAnyElementsOf(inside);
    }

    @Test
    void mapped_ipv4_clients_are_told_apart() {
        // express-rate-limit 8.2.0 put them all into one bucket (CVE-2026-30827).
        assertThat(ClientAddress.of("::ffff:1.2.3.4")).isNotEqualTo(ClientAddress.of("::ffff:5.6.7.8"));
    }
}
