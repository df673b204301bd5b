package io.seawall.metrics.jmx;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.metrics.Histogram;
import io.seawall.metrics.Meter;
import io.seawall.metrics.MetricRegistry;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.TabularData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ShelfTest {

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final MetricRegistry registry = new MetricRegistry("filter", "api");
    private final Shelf shelf = new Shelf();

    @AfterEach
    void clear() {
        shelf.close();
    }

    private Set<String> names() throws JMException {
        return server.queryNames(new ObjectName("io.seawall:type=ShelfTest,*"), null).stream()
                .map(ObjectName::toString)
                .collect(Collectors.toSet());
    }

    /** An object can be there by one name only. */
    private String put(Shelf where, String application) {
        MetricsMXBean bean = () -> FlatMetrics.of(registry.families());
        return where.putBeside(
                "ShelfTest", "application", application, Map.of("name", "a,b"), bean, MetricsMXBean.class);
    }

    @Test
    void a_name_that_another_one_has_gets_a_number() throws JMException {
        try (Shelf other = new Shelf()) {
            assertThat(put(shelf, "/shop")).isEqualTo("/shop");
            assertThat(put(other, "/shop")).isEqualTo("/shop#2");
            assertThat(names())
                    .containsExactlyInAnyOrder(
                            "io.seawall:type=ShelfTest,application=\"/shop\",name=\"a,b\"",
                            "io.seawall:type=ShelfTest,application=\"/shop#2\",name=\"a,b\"");
        }
        assertThat(names()).containsExactly("io.seawall:type=ShelfTest,application=\"/shop\",name=\"a,b\"");
    }

    @Test
    void nothing_is_left_when_it_is_over() throws JMException {
        put(shelf, "/shop");
        server.unregisterMBean(new ObjectName("io.seawall:type=ShelfTest,application=\"/shop\",name=\"a,b\""));
        put(shelf, "/shop");
        put(shelf, "/bank");
        shelf.close();
        shelf.close();

        assertThat(names()).isEmpty();
    }

    @Test
    void an_operator_reads_names_with_labels_and_numbers() throws JMException {
        registry.counter(Meter.counter("seawall.limit.near", "Near.", "policy"), "default")
                .add(3);
        Histogram histogram = new Histogram(1_000_000);
        histogram.record(500_000);
        histogram.record(1_500_000);
        registry.read(Meter.durations("seawall.took", "How long."), histogram);
        put(shelf, "/shop");

        TabularData shown = (TabularData) server.getAttribute(
                new ObjectName("io.seawall:type=ShelfTest,application=\"/shop\",name=\"a,b\""), "Metrics");

        assertThat(shown.get(new Object[] {"seawall.limit.near{filter=api,policy=default}"})
                        .get("value"))
                .isEqualTo(3.0);
        assertThat(shown.size()).isEqualTo(3);
        assertThat(FlatMetrics.of(registry.families()))
                .isEqualTo(Map.of(
                        "seawall.limit.near{filter=api,policy=default}", 3.0,
                        "seawall.took.count{filter=api}", 2.0,
                        "seawall.took.sum{filter=api}", 0.002));
    }

    @Test
    void a_metric_without_labels_is_its_name() {
        MetricRegistry plain = new MetricRegistry();
        plain.read(Meter.gauge("seawall.here", "Here."), () -> 1);
        SortedMap<String, Double> flat = FlatMetrics.of(plain.families());

        assertThat(flat).containsExactly(Map.entry("seawall.here", 1.0));
    }
}
