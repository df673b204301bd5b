package io.seawall.observe.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What others have written is what they have published, and what a visitor has to load is not much. */
class VendoredFilesTest {

    private static final int ALL_THAT_WE_WROTE = 80 * 1024;

    private static byte[] read(String file) throws IOException {
        try (InputStream stream = VendoredFilesTest.class.getResourceAsStream(file)) {
            return Objects.requireNonNull(stream, file).readAllBytes();
        }
    }

    private static String text(String file) throws IOException {
        return new String(read(file), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"uPlot.iife.min.js", "uPlot.min.css"})
    void the_plotting_library_is_as_its_checksum_says(String file) throws Exception {
        String checksum =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(read(file)));

        assertThat(text("uPlot.txt").lines()).contains(checksum + "  " + file);
    }

    @Test
    void its_version_and_its_licence_are_beside_it() throws IOException {
        assertThat(text("uPlot.txt")).startsWith("uPlot 1.6.32,").contains("MIT License");
        assertThat(text("uPlot.iife.min.js")).startsWith("/*! https://github.com/leeoniya/uPlot (v1.6.32) */");
        assertThat(text("/META-INF/licenses/uPlot.txt")).contains("The MIT License", "Leon Sorokin");
    }

    @Test
    void the_page_itself_is_small() throws IOException {
        int size = 0;
        for (String file : PageFiles.OURS) {
            size += read(file).length;
        }

        assertThat(size).isLessThan(ALL_THAT_WE_WROTE);
    }

    @Test
    void no_markup_is_made_from_values() throws IOException {
        for (String file : PageFiles.OURS) {
            assertThat(text(file))
                    .as(file)
                    .doesNotContainPattern("innerHTML|outerHTML|insertAdjacentHTML|document\\.write|\\beval\\b"
                            + "|new Function|DOMParser|createContextualFragment|style=");
        }
        assertThat(List.of("index.html", "app.css"))
                .allSatisfy(file -> assertThat(text(file)).doesNotContainPattern("https?://|//[a-z]"));
    }
}
