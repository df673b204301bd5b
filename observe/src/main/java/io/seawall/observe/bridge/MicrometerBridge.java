package io.seawall.observe.bridge;

import io.micrometer.core.instrument.MeterRegistry;
import io.seawall.observe.micrometer.SeawallMetrics;
import jakarta.servlet.ServletContext;
import org.jspecify.annotations.Nullable;

/** To the registry of Micrometer that is a bean. */
final class MicrometerBridge implements Bridge {

    @Override
    public @Nullable AutoCloseable find(ServletContext context) {
        MeterRegistry registry = BeanOfType.find(MeterRegistry.class);
        if (registry == null) {
            return null;
        }
        SeawallMetrics metrics = new SeawallMetrics(context);
        metrics.bindTo(registry);
        return metrics;
    }
}
