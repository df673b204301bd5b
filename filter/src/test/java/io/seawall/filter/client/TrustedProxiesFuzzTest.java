package io.seawall.filter.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;

/** Any text as the setting {@code trusted-proxies}. */
class TrustedProxiesFuzzTest {

    @FuzzTest(maxDuration = "3s")
    void a_text_is_refused_with_the_fix_or_means_what_it_says(byte[] data) {
        TrustedProxies proxies;
        try {
            proxies = TrustedProxies.parse(new String(data, UTF_8));
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).containsAnyOf("write", "use at most", "name the networks");
            return;
        }
        assertThat(TrustedProxies.parse(proxies.toString())).isEqualTo(proxies);
        for (CidrBlock block : proxies.blocks()) {
            assertThat(block.isEverything()).isFalse();
            assertThat(proxies.contains(block.network())).isEqualTo(NaiveAddresses.contains(block, block.network()));
            neighbours(block.network())
                    .forEach(address -> assertThat(block.contains(address))
                            .as("%s in %s", address, block)
                            .isEqualTo(NaiveAddresses.contains(block, address)));
        }
    }

    /** All that differ in one bit. */
    private static Stream<IpAddress> neighbours(IpAddress address) {
        return Stream.iterate(1L, bit -> bit != 0, bit -> bit << 1)
                .flatMap(bit -> Stream.of(
                        new IpAddress(address.high() ^ bit, address.low()),
                        new IpAddress(address.high(), address.low() ^ bit)));
    }
}
