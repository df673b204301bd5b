package io.seawall.observe.bridge;

import io.opentelemetry.api.metrics.Meter;
import io.seawall.observe.opentelemetry.SeawallTelemetry;
import jakarta.servlet.ServletContext;
import org.jspecify.annotations.Nullable;

/** To the meter of OpenTelemetry that is a bean. */
final class OpenTelemetryBridge implements Bridge {

    @Override
    public @Nullable AutoCloseable find(ServletContext context) {
        Meter meter = BeanOfType.find(Meter.class);
        if (meter == null) {
            return null;
        }
        SeawallTelemetry metrics = new SeawallTelemetry(context);
        metrics.bindTo(meter);
        return metrics;
    }
}
