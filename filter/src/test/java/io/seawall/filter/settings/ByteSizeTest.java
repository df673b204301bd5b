package io.seawall.filter.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {

    @ParameterizedTest
    @CsvSource({
        "0KiB,    0",
        "1KiB,    1024",
        "512KiB,  524288",
        "64MiB,   67108864",
        "007MiB,  7340032",
        "1GiB,    1073741824",
        "1TiB,    1099511627776",
        "8388607TiB, 9223370937343148032",
        "8388608TiB, 9223372036854775807",
        "999999999999999TiB, 9223372036854775807",
    })
    void a_size_is_a_number_of_a_power_of_1024(String text, long bytes) {
        assertThat(ByteSize.parse(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "64",
                "MiB",
                "64MB",
                "64M",
                "64mib",
                "64 MiB",
                "-1MiB",
                "+1MiB",
                "1.5GiB",
                "٣MiB",
                "64MiB ",
                "1024B",
                "1000000000000000KiB"
            })
    void what_is_no_size_is_refused_with_the_fix(String text) {
        assertThatThrownBy(() -> ByteSize.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + text + "' is not a size: write a whole number and a unit (KiB, MiB, GiB, TiB),"
                        + " for example 64MiB or 1GiB");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1KiB", "1023KiB", "1025KiB", "64MiB", "1536MiB", "1GiB", "1TiB", "8388607TiB"})
    void a_size_is_written_in_its_largest_unit(String text) {
        assertThat(ByteSize.format(ByteSize.parse(text))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1024, 1023, 1025})
    void what_is_no_multiple_has_no_text(long bytes) {
        assertThatThrownBy(() -> ByteSize.format(bytes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(bytes + " bytes have no text form: use a multiple of 1024");
    }
}
