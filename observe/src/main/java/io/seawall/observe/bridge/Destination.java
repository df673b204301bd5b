package io.seawall.observe.bridge;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Where metrics can go, the first that there is before the others: who has both would have every number twice. */
enum Destination {
    /** The server's or the application's own registry. */
    MICROMETER("io.micrometer.core.instrument.MeterRegistry"),
    /** The server's meter. */
    OPENTELEMETRY("io.opentelemetry.api.metrics.Meter");

    private final String type;

    Destination(String type) {
        this.type = type;
    }

    /** The name of the type that its bean has. */
    String type() {
        return type;
    }

    /** Only if it {@link #isPresent}: the class that is made loads no earlier. */
    Bridge bridge() {
        return switch (this) {
            case MICROMETER -> new MicrometerBridge();
            case OPENTELEMETRY -> new OpenTelemetryBridge();
        };
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean isPresent() {
        return isThere(type);
    }

    static boolean isThere(String type) {
        try {
            Class.forName(type, false, Destination.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError absent) {
            return false;
        }
    }

    static String names() {
        return Arrays.stream(values()).map(Destination::text).collect(Collectors.joining(", "));
    }
}
