package io.seawall.demo;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** How a service behaves. */
enum Mode {
    /** Answers at once. */
    OK,
    /** Answers 503. */
    FAIL,
    /** Takes requests and does not answer. */
    HANG,
    /** Answers, but late. */
    SLOW;

    static Optional<Mode> parse(String text) {
        return Arrays.stream(values()).filter(mode -> mode.text().equals(text)).findFirst();
    }

    static String all() {
        return Arrays.stream(values()).map(Mode::text).collect(Collectors.joining(", "));
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
