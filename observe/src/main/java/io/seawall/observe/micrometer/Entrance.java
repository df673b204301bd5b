package io.seawall.observe.micrometer;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** How meters come into a registry. Null is a meter that it has not taken. */
sealed interface Entrance {

    <T> @Nullable Meter gauge(String name, String help, Tags tags, T source, ToDoubleFunction<T> value);

    <T> @Nullable Meter counter(String name, String help, Tags tags, T source, ToDoubleFunction<T> value);

    <T> @Nullable Meter timer(
            String name, String help, Tags tags, T source, ToLongFunction<T> count, ToDoubleFunction<T> seconds);

    Clock clock();

    /** As everybody would: with what the meters are, in words. */
    record Builders(MeterRegistry registry) implements Entrance {

        @Override
        public <T> Meter gauge(String name, String help, Tags tags, T source, ToDoubleFunction<T> value) {
            return Gauge.builder(name, source, value)
                    .description(help)
                    .tags(tags)
                    .register(registry);
        }

        @Override
        public <T> Meter counter(String name, String help, Tags tags, T source, ToDoubleFunction<T> value) {
            return FunctionCounter.builder(name, source, value)
                    .description(help)
                    .tags(tags)
                    .register(registry);
        }

        @Override
        public <T> Meter timer(
                String name, String help, Tags tags, T source, ToLongFunction<T> count, ToDoubleFunction<T> seconds) {
            return FunctionTimer.builder(name, source, count, seconds, TimeUnit.SECONDS)
                    .description(help)
                    .tags(tags)
                    .register(registry);
        }

        @Override
        public Clock clock() {
            return registry.config().clock();
        }
    }

    /**
     * For a registry that stands before another one, and does not hand on what builders register: builders go by methods that only
     * Micrometer can call. That of WildFly 39 ({@code ApplicationRegistry}) is such a one, and warns of whoever asks for its configuration.
     */
    record PlainMethods(MeterRegistry registry) implements Entrance {

        @Override
        public <T> @Nullable Meter gauge(String name, String help, Tags tags, T source, ToDoubleFunction<T> value) {
            registry.gauge(name, tags, source, value);
            return registry.find(name).tags(tags).gauge();
        }

        @Override
        public <T> Meter counter(String name, String help, Tags tags, T source, ToDoubleFunction<T> value) {
            return registry.more().counter(name, tags, source, value);
        }

        @Override
        public <T> Meter timer(
                String name, String help, Tags tags, T source, ToLongFunction<T> count, ToDoubleFunction<T> seconds) {
            return registry.more().timer(name, tags, source, count, seconds, TimeUnit.SECONDS);
        }

        @Override
        public Clock clock() {
            return Clock.SYSTEM;
        }
    }
}
