package io.seawall.filter.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.seawall.test.Property;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrBlockTest {

    private static boolean contains(String block, String address) {
        return CidrBlock.parse(block).contains(Objects.requireNonNull(IpLiteral.address(address)));
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8,           10.0.0.0",
        "10.0.0.0/8,           10.255.255.255",
        "10.0.0.0/8,           ::ffff:10.1.2.3",
        "10.0.0.0/8,           ::ffff:a01:203",
        "192.0.2.128/25,       192.0.2.128",
        "192.0.2.7,            192.0.2.7",
        "192.0.2.7/32,         192.0.2.7",
        "::ffff:10.0.0.0/104,  10.1.2.3",
        "::ffff:10.1.2.3,      10.1.2.3",
        "2001:db8::/32,        2001:db8:ffff::1",
        "2001:db8::/64,        2001:db8::ffff:0:0:1",
        "2001:db8:0:0:8000::/65, 2001:db8::8000:0:0:1",
        "2001:db8::1,          2001:db8::1",
        "8000::/1,             ffff::",
    })
    void an_address_is_inside(String block, String address) {
        assertThat(contains(block, address)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8,           11.0.0.0",
        "10.0.0.0/8,           9.255.255.255",
        "10.0.0.0/8,           a00::",
        "10.0.0.0/8,           ::a00:0",
        "192.0.2.128/25,       192.0.2.127",
        "192.0.2.7,            192.0.2.6",
        "2001:db8::/32,        2001:db9::",
        "2001:db8::/64,        2001:db8:0:1::",
        "2001:db8:0:0:8000::/65, 2001:db8::1",
        "2001:db8::1,          2001:db8::2",
        "::/64,                192.0.2.7",
        "::/1,                 10.0.0.1",
    })
    void an_address_is_outside(String block, String address) {
        assertThat(contains(block, address)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.0.0/8,            write the first address of the network",
        "10.0.0.1/31,           write the first address of the network",
        "2001:db8::1/64,        write the first address of the network",
        "::ffff:10.0.0.0/95,    write the first address of the network",
        "10.0.0.0/33,           write a number of 0 to 32",
        "10.0.0.0/,             write a number of 0 to 32",
        "10.0.0.0/-1,           write a number of 0 to 32",
        "10.0.0.0/8/8,          write a number of 0 to 32",
        "10.0.0.0/255.0.0.0,    write a number of 0 to 32",
        "2001:db8::/129,        write a number of 0 to 128",
        "/8,                    write a literal",
        "'',                    write a literal",
    })
    void what_is_no_block_is_refused_with_the_rule(String text, String rule) {
        assertThatThrownBy(() -> CidrBlock.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(rule);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/8", "0.0.0.0/1", "192.0.2.7/32", "2001:db8:0:0:0:0:0:0/32", "0:0:0:0:0:0:0:0/95"})
    void a_block_is_shown_as_it_is_written(String text) {
        assertThat(CidrBlock.parse(text)).hasToString(text);
    }

    @Test
    void a_block_holds_what_the_naive_twin_holds() {
        Property.holds(20_000, random -> {
            IpAddress inside = RandomAddresses.next(random);
            int prefix = random.nextInt(inside.isIpv4() ? 96 : 0, 129);
            CidrBlock block = RandomAddresses.blockAround(inside, prefix);
            IpAddress other = RandomAddresses.next(random);
            assertThat(block.contains(inside)).as("%s in %s", inside, block).isTrue();
            assertThat(block.contains(other))
                    .as("%s in %s", other, block)
                    .isEqualTo(NaiveAddresses.contains(block.network(), prefix, other));
            assertThat(CidrBlock.parse(block.toString())).isEqualTo(block);
        });
    }
}
