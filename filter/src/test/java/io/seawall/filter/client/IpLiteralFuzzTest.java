package io.seawall.filter.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.concurrent.atomic.AtomicInteger;

/** Any text as an address. */
class IpLiteralFuzzTest {

    /** Every character is looked for as a bracket, a colon, a percent sign, a dot, and read once. */
    private static final int LOOKS_PER_CHARACTER = 12;

    @FuzzTest(maxDuration = "3s")
    void a_text_is_read_as_by_the_naive_reader(byte[] data) {
        String text = new String(data, UTF_8);
        AtomicInteger looks = new AtomicInteger();
        CharSequence line = new WatchedLine(text, looks);
        IpAddress address = IpLiteral.address(line);
        assertThat(address).isEqualTo(NaiveAddresses.address(text));
        assertThat(IpLiteral.node(line, 0, text.length())).isEqualTo(NaiveAddresses.node(text));
        assertThat(looks.get()).isLessThanOrEqualTo(LOOKS_PER_CHARACTER * text.length());
        if (address != null) {
            assertThat(IpLiteral.address(address.toString())).isEqualTo(address);
        }
    }
}
