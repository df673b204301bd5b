package io.seawall.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.seawall.redis.RedisAddress.Topology;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisAddressTest {

    @Test
    void the_port_is_6379_and_the_database_0_unless_given() {
        RedisAddress address = RedisAddress.parse("redis://cache.example");
        assertThat(address.endpoints()).containsExactly(new Endpoint("cache.example", 6379));
        assertThat(address.topology()).isEqualTo(Topology.STANDALONE);
        assertThat(address.isTls()).isFalse();
        assertThat(address.database()).isZero();
        assertThat(address.user()).isNull();
        assertThat(address.password()).isNull();
    }

    @Test
    void all_parts_are_read_and_user_and_password_are_decoded() {
        RedisAddress address = RedisAddress.parse(" redis://app:s%40cr%3At+1@cache.example:7000/3 ");
        assertThat(address.user()).isEqualTo("app");
        assertThat(address.password()).isEqualTo("s@cr:t+1");
        assertThat(address.endpoints()).containsExactly(new Endpoint("cache.example", 7000));
        assertThat(address.database()).isEqualTo(3);
    }

    @Test
    void a_password_does_not_need_a_user() {
        RedisAddress address = RedisAddress.parse("redis://:secret@localhost");
        assertThat(address.user()).isNull();
        assertThat(address.password()).isEqualTo("secret");
    }

    @Test
    void an_ipv6_address_is_a_host() {
        assertThat(RedisAddress.parse("redis://[::1]:7000").endpoints()).containsExactly(new Endpoint("::1", 7000));
        assertThat(RedisAddress.parse("redis://[::1]")).hasToString("[::1]:6379");
    }

    @Test
    void it_never_shows_its_password() {
        assertThat(RedisAddress.parse("redis://app:secret@localhost:6379/1")).hasToString("localhost:6379/1");
        assertThat(RedisAddress.parse("redis-sentinel://:secret@one,two:7/cache/1"))
                .hasToString("one:26379,two:7/cache/1");
    }

    @ParameterizedTest
    @CsvSource({
        "redis://h,                 STANDALONE, false",
        "rediss://h,                STANDALONE, true",
        "REDISS://h,                STANDALONE, true",
        "redis-sentinel://h/m,      SENTINEL,   false",
        "rediss-sentinel://h/m,     SENTINEL,   true",
        "redis-cluster://h,         CLUSTER,    false",
        "rediss-cluster://h,        CLUSTER,    true",
    })
    void the_scheme_says_what_servers_there_are_and_whether_by_tls(String text, Topology topology, boolean tls) {
        assertThat(RedisAddress.parse(text).topology()).isEqualTo(topology);
        assertThat(RedisAddress.parse(text).isTls()).isEqualTo(tls);
    }

    @Test
    void sentinels_are_on_port_26379_and_know_the_master_by_its_name() {
        RedisAddress address = RedisAddress.parse("redis-sentinel://app:secret@s1,s2:7000,[::1]/my%20cache/2");
        assertThat(address.endpoints())
                .containsExactly(new Endpoint("s1", 26_379), new Endpoint("s2", 7000), new Endpoint("::1", 26_379));
        assertThat(address.master()).isEqualTo("my cache");
        assertThat(address.database()).isEqualTo(2);
        assertThat(address.user()).isEqualTo("app");
        assertThat(RedisAddress.parse("redis-sentinel://s1/cache").database()).isZero();
    }

    @Test
    void of_a_cluster_some_servers_are_enough() {
        RedisAddress address = RedisAddress.parse("redis-cluster://:secret@c1:7000,c2/");
        assertThat(address.endpoints()).containsExactly(new Endpoint("c1", 7000), new Endpoint("c2", 6379));
        assertThat(address.password()).isEqualTo("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "localhost:6379",
                "http://localhost",
                "redisss://localhost",
                "redis-sentinels://localhost/m",
                "redis:localhost",
                "redis://",
                "redis://:6379",
                "redis://local_host",
                "redis://localhost:0",
                "redis://localhost:65536",
                "redis://localhost:port",
                "redis://localhost:+1",
                "redis://localhost:1:2",
                "redis://localhost/one",
                "redis://localhost/-1",
                "redis://localhost/65536",
                "redis://localhost/0/1",
                "redis://localhost?timeout=1s",
                "redis://localhost#1",
                "redis://user@localhost",
                "redis://local host",
                "redis://one,two",
                "redis://[::1",
                "redis://[]:1",
                "redis://[::1]7000",
                "redis-sentinel://one,two",
                "redis-sentinel://one,two/",
                "redis-sentinel://one,,two/m",
                "redis-sentinel://one/m/x",
                "redis-cluster://one,two/1",
                "redis-cluster://one,two,",
            })
    void what_is_no_address_is_refused_with_the_rule_and_an_example(String text) {
        assertThatThrownBy(() -> RedisAddress.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("not a Redis address, it")
                .hasMessageContainingAll("[:port][/database]", "for example redis://localhost:6379");
    }

    @Test
    void more_than_64_hosts_are_refused() {
        String hosts = String.join(",", Collections.nCopies(64, "h"));
        assertThat(RedisAddress.parse("redis-cluster://" + hosts).endpoints()).hasSize(64);
        assertThatThrownBy(() -> RedisAddress.parse("redis-cluster://h," + hosts))
                .hasMessageContaining("more than 64 hosts");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://app:secret@",
                "redis://app:secret@local host",
                "redis://app:secret@localhost:99999",
                "redis://app:secret@localhost/x",
                "redisss://app:secret@localhost",
                "redis-cluster://app:secret@one,two_",
                "redis-sentinel://app:secret@one",
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
