package io.seawall.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisAddressTest {

    @Test
    void port_and_database_have_defaults() {
        RedisAddress address = RedisAddress.parse("redis://cache.example");
        assertThat(address.host()).isEqualTo("cache.example");
        assertThat(address.port()).isEqualTo(6379);
        assertThat(address.database()).isZero();
        assertThat(address.user()).isNull();
        assertThat(address.password()).isNull();
    }

    @Test
    void user_password_port_and_database_are_read() {
        RedisAddress address = RedisAddress.parse(" redis://app:s%40cr%3At+1@cache.example:7000/3 ");
        assertThat(address.user()).isEqualTo("app");
        assertThat(address.password()).isEqualTo("s@cr:t+1");
        assertThat(address.port()).isEqualTo(7000);
        assertThat(address.database()).isEqualTo(3);
    }

    @Test
    void a_password_without_a_user_is_the_default_users() {
        RedisAddress address = RedisAddress.parse("redis://:secret@localhost");
        assertThat(address.user()).isNull();
        assertThat(address.password()).isEqualTo("secret");
    }

    @Test
    void an_ipv6_host_stands_in_brackets() {
        assertThat(RedisAddress.parse("redis://[::1]:7000").port()).isEqualTo(7000);
    }

    @Test
    void it_never_shows_its_password() {
        assertThat(RedisAddress.parse("redis://app:secret@localhost:6379/1")).hasToString("localhost:6379/1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "localhost:6379",
                "http://localhost",
                "rediss://localhost",
                "redis:localhost",
                "redis://",
                "redis://:6379",
                "redis://local_host",
                "redis://localhost:0",
                "redis://localhost:65536",
                "redis://localhost:port",
                "redis://localhost/one",
                "redis://localhost/-1",
                "redis://localhost/65536",
                "redis://localhost/0/1",
                "redis://localhost?timeout=1s",
                "redis://localhost#1",
                "redis://user@localhost",
                "redis://local host"
            })
    void what_is_no_address_is_refused_with_the_rule_and_an_example(String text) {
        assertThatThrownBy(() -> RedisAddress.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("not a Redis address, it")
                .hasMessageContainingAll("[:port][/database]", "for example redis://localhost:6379");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://app:secret@",
                "redis://app:secret@local host",
                "redis://app:secret@localhost:99999",
                "redis://app:secret@localhost/x",
                "rediss://app:secret@localhost",
                "redis://app:sec%ret@localhost",
            })
    void a_refused_address_does_not_tell_its_password(String text) {
        assertThatThrownBy(() -> RedisAddress.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasNoCause()
                .message()
                .doesNotContain("secret", "app:");
    }
}
