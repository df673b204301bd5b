package io.seawall.filter.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.ratelimit.ClientHash;
import org.junit.jupiter.api.Test;

class ShownClientTest {

    @Test
    void an_address_is_shown_as_it_is() {
        assertThat(ShownClient.of("ip 192.0.2.1")).isEqualTo("ip 192.0.2.1");
        assertThat(ShownClient.of("ip 2001:db8:0:0::/64")).isEqualTo("ip 2001:db8:0:0::/64");
    }

    @Test
    void everybody_is_shown_as_everybody() {
        assertThat(ShownClient.of("global")).isEqualTo("global");
    }

    @Test
    void of_a_client_told_by_anything_else_the_way_is_shown_and_the_start_of_what_a_store_keeps() {
        assertThat(ShownClient.of("header:x-api-key top secret"))
                .isEqualTo("header:x-api-key #"
                        + ClientHash.of("header:x-api-key top secret").substring(0, 10));
    }

    @Test
    void of_joined_parts_not_even_the_address_is_shown() {
        assertThat(ShownClient.of("header:x-tenant+ip acme%20inc 192.0.2.1"))
                .startsWith("header:x-tenant+ip #")
                .doesNotContain("acme")
                .doesNotContain("192.0.2.1");
    }

    @Test
    void a_name_that_is_no_name_of_a_client_is_hashed_whole() {
        assertThat(ShownClient.of("secret")).matches("#[A-Za-z0-9_-]{10}");
        assertThat(ShownClient.of("")).matches("#[A-Za-z0-9_-]{10}");
        assertThat(ShownClient.of("ip192.0.2.1")).doesNotContain("192");
    }
}
