package io.seawall.storm.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PaletteTest {

    private static final double TEXT = 4.5;
    private static final double SHAPE = 3;

    @ParameterizedTest
    @EnumSource
    void words_are_read_with_ease(Palette palette) {
        for (String word : new String[] {"ink", "muted", "accent", "good", "bad", "outage-word", "sent"}) {
            assertThat(contrast(palette, word, "card")).as(word).isGreaterThan(TEXT);
        }
        for (String word : new String[] {"ink", "muted", "sent", "accent"}) {
            assertThat(contrast(palette, word, "outage"))
                    .as(word + " in the outage")
                    .isGreaterThan(TEXT);
        }
        for (String ground : new String[] {"ink", "muted", "accent"}) {
            assertThat(contrast(palette, ground, "ground")).as(ground).isGreaterThan(TEXT);
        }
        for (String band : new String[] {"carried", "excess", "fresh", "degraded", "limited", "failed"}) {
            assertThat(contrast(palette, "on-band", band)).as("on " + band).isGreaterThan(TEXT);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shapes_stand_out(Palette palette) {
        for (String shape :
                new String[] {"carried", "excess", "sent", "fresh", "degraded", "limited", "failed", "outage-word"}) {
            assertThat(contrast(palette, shape, "card")).as(shape).isGreaterThan(SHAPE);
            assertThat(contrast(palette, shape, "outage"))
                    .as(shape + " in the outage")
                    .isGreaterThan(SHAPE);
        }
    }

    /** WCAG 2. */
    private static double contrast(Palette palette, String one, String other) {
        double first = luminance(palette.applyTo("var(--" + one + ")"));
        double second = luminance(palette.applyTo("var(--" + other + ")"));
        return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05);
    }

    private static double luminance(String colour) {
        assertThat(colour).matches("#[0-9a-f]{6}");
        int rgb = Integer.parseInt(colour.substring(1), 16);
        return 0.2126 * linear(rgb >> 16) + 0.7152 * linear(rgb >> 8) + 0.0722 * linear(rgb);
    }

    private static double linear(int channel) {
        double share = (channel & 0xff) / 255.0;
        return share <= 0.03928 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }
}
