package io.seawall.filter.caching;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Collections;
import java.util.List;

/** Any lines of {@code If-None-Match}. */
class IfNoneMatchFuzzTest {

    private static final String TAG = "W/\"a\"";

    @FuzzTest(maxDuration = "3s")
    void it_matches_what_the_naive_reader_matches(byte[] data) {
        List<String> lines = List.of(new String(data, ISO_8859_1).split("\n", -1));
        assertThat(IfNoneMatch.matches(Collections.enumeration(lines), TAG))
                .isEqualTo(NaiveIfNoneMatch.matches(lines, TAG));
    }
}
