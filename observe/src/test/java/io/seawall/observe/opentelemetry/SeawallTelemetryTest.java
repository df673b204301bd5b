package io.seawall.observe.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import io.seawall.metrics.Counter;
import io.seawall.metrics.Histogram;
import io.seawall.metrics.MetricRegistry;
import io.seawall.observe.Application;
import io.seawall.test.CapturedLog;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SeawallTelemetryTest {

    private static final io.seawall.metrics.Meter DECISIONS =
            io.seawall.metrics.Meter.counter("seawall.limit.decisions", "Decisions.", "outcome");

    private final InMemoryMetricReader reader = InMemoryMetricReader.create();
    private final SdkMeterProvider provider =
            SdkMeterProvider.builder().registerMetricReader(reader).build();
    private final Meter meter = provider.get("server");
    private final MetricRegistry limits = new MetricRegistry("filter", "limits");
    private Application shop;

    @BeforeEach
    void deploy() throws Exception {
        shop = new Application("/shop");
        shop.publish("limits", limits);
    }

    @AfterEach
    void undeploy() {
        provider.close();
        shop.close();
    }

    /** Name, attributes without the application, and the number. */
    private Map<String, Number> collected() {
        Map<String, Number> all = new TreeMap<>();
        Collection<MetricData> metrics = reader.collectAllMetrics();
        for (MetricData metric : metrics) {
            metric.getData().getPoints().forEach(point -> {
                Map<String, Object> attributes = new TreeMap<>();
                point.getAttributes().forEach((key, value) -> attributes.put(key.getKey(), value));
                assertThat(point.getAttributes().get(AttributeKey.stringKey("application")))
                        .isEqualTo("/shop");
                attributes.remove("application");
                all.put(
                        metric.getName() + attributes,
                        point instanceof io.opentelemetry.sdk.metrics.data.LongPointData number
                                ? number.getValue()
                                : (Number) ((io.opentelemetry.sdk.metrics.data.DoublePointData) point).getValue());
            });
        }
        return all;
    }

    @Test
    void every_kind_of_metric_is_collected() {
        Counter allowed = limits.counter(DECISIONS, "allowed");
        allowed.add(3);
        limits.read(io.seawall.metrics.Meter.gauge("seawall.requests.in.flight", "Requests."), () -> 7);
        Histogram histogram = new Histogram(1_000_000);
        histogram.record(500_000);
        histogram.record(1_500_000);
        limits.read(io.seawall.metrics.Meter.durations("seawall.redis.decision.duration", "How long."), histogram);
        try (SeawallTelemetry telemetry = new SeawallTelemetry(shop.context())) {
            telemetry.bindTo(meter);
            telemetry.bindTo(meter);

            assertThat(collected())
                    .isEqualTo(Map.of(
                            "seawall.limit.decisions{filter=limits, outcome=allowed}",
                            3L,
                            "seawall.requests.in.flight{filter=limits}",
                            7L,
                            "seawall.redis.decision.duration.count{filter=limits}",
                            2L,
                            "seawall.redis.decision.duration.sum{filter=limits}",
                            0.002,
                            "seawall.series{}",
                            3L));
            allowed.increment();
            assertThat(collected()).containsEntry("seawall.limit.decisions{filter=limits, outcome=allowed}", 4L);
        }
    }

    @Test
    void what_comes_later_is_there_from_the_next_collection_on() {
        try (SeawallTelemetry telemetry = new SeawallTelemetry(shop.context())) {
            telemetry.bindTo(meter);
            assertThat(collected()).containsOnlyKeys("seawall.series{}");
            limits.counter(DECISIONS, "allowed").add(2);
            assertThat(collected()).containsOnlyKeys("seawall.series{}");
            assertThat(collected()).containsEntry("seawall.limit.decisions{filter=limits, outcome=allowed}", 2L);
            shop.withdraw("limits");
            assertThat(collected()).containsExactly(Map.entry("seawall.series{}", 0L));
        }
    }

    @Test
    void nothing_is_asked_for_after_the_end() {
        limits.counter(DECISIONS, "allowed");
        SeawallTelemetry telemetry = new SeawallTelemetry(shop.context());
        telemetry.bindTo(meter);
        telemetry.close();
        telemetry.close();

        assertThat(collected()).isEmpty();
        assertThatIllegalStateException()
                .isThrownBy(() -> telemetry.bindTo(meter))
                .withMessageContaining("'/shop'");
    }

    /** A meter of a server may stand before another one, and refuse what it likes. */
    private Meter without(String name) {
        return (Meter) Proxy.newProxyInstance(
                Meter.class.getClassLoader(), new Class<?>[] {Meter.class}, (proxy, method, arguments) -> {
                    if (arguments != null && name.equals(arguments[0])) {
                        throw new IllegalArgumentException("no " + name);
                    }
                    return method.invoke(meter, arguments);
                });
    }

    @Test
    void an_instrument_that_a_meter_does_not_make_is_told_once_and_leaves_the_others_there() {
        limits.counter(DECISIONS, "allowed").add(3);
        limits.read(io.seawall.metrics.Meter.gauge("seawall.requests.in.flight", "Requests."), () -> 7);
        try (SeawallTelemetry telemetry = new SeawallTelemetry(shop.context());
                CapturedLog log = new CapturedLog(BoundMeter.class)) {
            telemetry.bindTo(without("seawall.requests.in.flight"));
            collected();
            assertThat(collected())
                    .containsOnlyKeys("seawall.series{}", "seawall.limit.decisions{filter=limits, outcome=allowed}");
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith("WARNING ")
                    .contains("'seawall.requests.in.flight'", "'/shop'");
        }
        assertThat(collected()).isEmpty();
    }
}
