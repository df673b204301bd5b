package io.seawall.observe.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.search.Search;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.seawall.metrics.Counter;
import io.seawall.metrics.Histogram;
import io.seawall.metrics.MetricRegistry;
import io.seawall.observe.Application;
import io.seawall.test.CapturedLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SeawallMetricsTest {

    private static final io.seawall.metrics.Meter DECISIONS =
            io.seawall.metrics.Meter.counter("seawall.limit.decisions", "Decisions.", "outcome");
    private static final Duration OLD = Duration.ofMillis(250);

    private final MockClock clock = new MockClock();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
    private final MetricRegistry limits = new MetricRegistry("filter", "limits");
    private Application shop;

    @BeforeEach
    void deploy() throws Exception {
        shop = new Application("/shop");
        shop.publish("limits", limits);
    }

    @AfterEach
    void undeploy() {
        shop.close();
    }

    private Set<String> names() {
        return registry.getMeters().stream()
                .map(meter -> meter.getId().getName())
                .collect(Collectors.toSet());
    }

    /** As a registry does that shows all its meters. */
    private void readAll() {
        clock.add(OLD);
        registry.getMeters().forEach(meter -> meter.measure().forEach(Measurement::getValue));
    }

    private double allowed() {
        return registry.get("seawall.limit.decisions")
                .tags("application", "/shop", "filter", "limits", "outcome", "allowed")
                .functionCounter()
                .count();
    }

    @Test
    void every_kind_of_metric_has_its_meter() {
        limits.counter(DECISIONS, "allowed").add(3);
        limits.read(io.seawall.metrics.Meter.gauge("seawall.requests.in.flight", "Requests."), () -> 7);
        Histogram histogram = new Histogram(1_000_000);
        histogram.record(500_000);
        histogram.record(1_500_000);
        limits.read(io.seawall.metrics.Meter.durations("seawall.redis.decision.duration", "How long."), histogram);
        try (SeawallMetrics metrics = new SeawallMetrics(shop.context())) {
            metrics.bindTo(registry);

            assertThat(allowed()).isEqualTo(3);
            assertThat(registry.get("seawall.requests.in.flight").gauge().value())
                    .isEqualTo(7);
            FunctionTimer timer =
                    registry.get("seawall.redis.decision.duration").functionTimer();
            assertThat(timer.count()).isEqualTo(2);
            assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(2);
            assertThat(registry.get("seawall.series").gauge().value()).isEqualTo(3);
        }
    }

    @Test
    void numbers_are_those_of_now_as_soon_as_they_would_be_old() {
        Counter counted = limits.counter(DECISIONS, "allowed");
        try (SeawallMetrics metrics = new SeawallMetrics(shop.context())) {
            metrics.bindTo(registry);
            counted.add(2);
            clock.add(OLD.minusNanos(1));
            assertThat(allowed()).isZero();
            clock.add(Duration.ofNanos(1));
            assertThat(allowed()).isEqualTo(2);
        }
    }

    @Test
    void meters_come_and_go_with_what_they_are_of() {
        try (SeawallMetrics metrics = new SeawallMetrics(shop.context())) {
            metrics.bindTo(registry);
            assertThat(names()).containsExactly("seawall.series");

            List<String> targets = new ArrayList<>(List.of("bank"));
            MetricRegistry resilience = new MetricRegistry();
            resilience.readAll(
                    io.seawall.metrics.Meter.counter("seawall.calls", "Calls.", "target"),
                    samples -> targets.forEach(target -> samples.add(1, target)));
            shop.publish("resilience", resilience);
            readAll();
            targets.add("mail");
            readAll();
            assertThat(registry.find("seawall.calls").functionCounters())
                    .extracting(FunctionCounter::getId)
                    .extracting(id -> id.getTag("target"))
                    .containsExactlyInAnyOrder("bank", "mail");
            targets.remove("bank");
            readAll();
            assertThat(registry.get("seawall.calls").functionCounters()).hasSize(1);
            shop.withdraw("resilience");
            readAll();
            assertThat(names()).containsExactly("seawall.series");
        }
    }

    /** Or a registry of the whole server would hold on to the application. */
    @Test
    void nothing_stays_behind() {
        limits.counter(DECISIONS, "allowed");
        SeawallMetrics metrics = new SeawallMetrics(shop.context());
        metrics.bindTo(registry);
        List<Meter> shown = registry.getMeters();
        metrics.close();
        metrics.close();
        clock.add(OLD);
        shown.forEach(meter -> meter.measure().forEach(Measurement::getValue));

        assertThat(registry.getMeters()).isEmpty();
        assertThatIllegalStateException()
                .isThrownBy(() -> metrics.bindTo(registry))
                .withMessageContaining("'/shop'");
    }

    @Test
    void an_application_that_is_gone_without_a_word_takes_its_meters_along() {
        MetricRegistry broken = new MetricRegistry();
        List<Boolean> gone = new ArrayList<>();
        broken.readAll(io.seawall.metrics.Meter.gauge("seawall.here", "Here."), samples -> {
            if (!gone.isEmpty()) {
                throw new IllegalStateException("the application has ended");
            }
            samples.add(1);
        });
        shop.publish("broken", broken);
        try (SeawallMetrics metrics = new SeawallMetrics(shop.context())) {
            metrics.bindTo(registry);
            assertThat(names()).containsExactlyInAnyOrder("seawall.series", "seawall.here");
            gone.add(true);
            readAll();
            assertThat(registry.getMeters()).isEmpty();
        }
    }

    private double allowed(String application) {
        return registry.get("seawall.limit.decisions")
                .tags("application", application)
                .functionCounter()
                .count();
    }

    @Test
    void two_applications_share_a_registry() throws Exception {
        limits.counter(DECISIONS, "allowed").add(3);
        MetricRegistry others = new MetricRegistry("filter", "limits");
        others.counter(DECISIONS, "allowed").add(5);
        try (Application root = new Application("/");
                SeawallMetrics ofShop = new SeawallMetrics(shop.context())) {
            root.publish("limits", others);
            try (SeawallMetrics ofRoot = new SeawallMetrics(root.context())) {
                ofShop.bindTo(registry);
                ofRoot.bindTo(registry);
                assertThat(allowed("/shop")).isEqualTo(3);
                assertThat(allowed("/")).isEqualTo(5);
            }
            assertThat(registry.find("seawall.limit.decisions").meters()).hasSize(1);
            assertThat(allowed("/shop")).isEqualTo(3);
        }
    }

    @Test
    void an_application_that_is_deployed_anew_beside_the_old_one_gets_a_number() throws Exception {
        limits.counter(DECISIONS, "allowed").add(3);
        MetricRegistry others = new MetricRegistry("filter", "limits");
        others.counter(DECISIONS, "allowed").add(1);
        try (Application again = new Application("/shop");
                SeawallMetrics anew = new SeawallMetrics(again.context())) {
            again.publish("limits", others);
            try (SeawallMetrics old = new SeawallMetrics(shop.context())) {
                old.bindTo(registry);
                anew.bindTo(registry);
                readAll();
                assertThat(allowed("/shop")).isEqualTo(3);
                assertThat(allowed("/shop#2")).isEqualTo(1);
            }
            readAll();
            assertThat(allowed("/shop#2")).isEqualTo(1);
            assertThat(names()).hasSize(2);
        }
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void a_registry_that_cannot_tell_two_applications_apart_has_the_first_alone() throws Exception {
        registry.config().meterFilter(MeterFilter.ignoreTags("application"));
        limits.counter(DECISIONS, "allowed").add(3);
        try (Application again = new Application("/shop");
                SeawallMetrics old = new SeawallMetrics(shop.context());
                SeawallMetrics anew = new SeawallMetrics(again.context());
                CapturedLog log = new CapturedLog(BoundRegistry.class)) {
            again.publish("limits", limits);
            old.bindTo(registry);
            anew.bindTo(registry);
            assertThat(registry.getMeters()).hasSize(2);
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith("WARNING the metrics of '/shop' do not go to ")
                    .endsWith("leave out the tag 'application', which tells them apart");
        }
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void a_registry_of_registries_shows_them_in_all() {
        limits.counter(DECISIONS, "allowed").add(3);
        CompositeMeterRegistry all = new CompositeMeterRegistry(clock);
        all.add(registry);
        try (SeawallMetrics metrics = new SeawallMetrics(shop.context())) {
            metrics.bindTo(all);
            metrics.bindTo(all);
            assertThat(allowed()).isEqualTo(3);
        }
        assertThat(registry.getMeters()).isEmpty();
        assertThat(all.getMeters()).isEmpty();
    }

    /** As WildFly has it: what its own methods are given goes to the registry of the server, and what builders register does not. */
    private static final class Facade extends SimpleMeterRegistry {

        private final MeterRegistry server;
        private final Tag deployment = Tag.of("WF_DEPLOYMENT", "shop.war");

        Facade(MeterRegistry server) {
            this.server = server;
        }

        @Override
        public List<Meter> getMeters() {
            return server.getMeters();
        }

        @Override
        public Search find(String name) {
            return server.find(name);
        }

        @Override
        public Meter remove(Meter meter) {
            return server.remove(meter.getId());
        }

        @Override
        public <T> T gauge(String name, Iterable<Tag> tags, T source, ToDoubleFunction<T> value) {
            return server.gauge(name, Tags.of(tags).and(deployment), source, value);
        }

        @Override
        public More more() {
            return new More() {
                @Override
                public <T> FunctionCounter counter(
                        String name, Iterable<Tag> tags, T source, ToDoubleFunction<T> value) {
                    return server.more().counter(name, Tags.of(tags).and(deployment), source, value);
                }

                @Override
                public <T> FunctionTimer timer(
                        String name,
                        Iterable<Tag> tags,
                        T source,
                        ToLongFunction<T> count,
                        ToDoubleFunction<T> total,
                        TimeUnit unit) {
                    return server.more().timer(name, Tags.of(tags).and(deployment), source, count, total, unit);
                }
            };
        }
    }

    @Test
    void a_registry_that_stands_before_another_one_hands_them_on() {
        limits.counter(DECISIONS, "allowed").add(3);
        limits.read(io.seawall.metrics.Meter.gauge("seawall.requests.in.flight", "Requests."), () -> 7);
        Histogram histogram = new Histogram(1_000_000);
        histogram.record(500_000);
        limits.read(io.seawall.metrics.Meter.durations("seawall.redis.decision.duration", "How long."), histogram);
        try (SeawallMetrics metrics = new SeawallMetrics(shop.context())) {
            metrics.bindTo(new Facade(registry));

            assertThat(allowed()).isEqualTo(3);
            assertThat(registry.get("seawall.requests.in.flight").gauge().value())
                    .isEqualTo(7);
            assertThat(registry.get("seawall.redis.decision.duration")
                            .functionTimer()
                            .count())
                    .isEqualTo(1);
            assertThat(registry.getMeters())
                    .hasSize(4)
                    .allSatisfy(meter ->
                            assertThat(meter.getId().getTag("WF_DEPLOYMENT")).isEqualTo("shop.war"));
        }
        assertThat(registry.getMeters()).isEmpty();
    }

    /** Which meters it takes, and how many, is the registry's to say: its filters are somebody else's code. */
    private static final class Picky implements MeterFilter {

        private final String name;

        Picky(String name) {
            this.name = name;
        }

        @Override
        public Meter.Id map(Meter.Id id) {
            if (id.getName().equals(name)) {
                throw new IllegalStateException("no " + name);
            }
            return id;
        }
    }

    @Test
    void a_meter_that_a_registry_does_not_take_is_told_once_and_leaves_the_others_there() {
        registry.config().meterFilter(new Picky("seawall.requests.in.flight"));
        limits.counter(DECISIONS, "allowed").add(3);
        limits.read(io.seawall.metrics.Meter.gauge("seawall.requests.in.flight", "Requests."), () -> 7);
        try (SeawallMetrics metrics = new SeawallMetrics(shop.context());
                CapturedLog log = new CapturedLog(BoundRegistry.class)) {
            metrics.bindTo(registry);
            readAll();
            assertThat(allowed()).isEqualTo(3);
            assertThat(names()).containsExactlyInAnyOrder("seawall.series", "seawall.limit.decisions");
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith("WARNING ")
                    .contains("'seawall.requests.in.flight'", "'/shop'");
        }
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void a_registry_that_is_broken_from_a_moment_on_loses_no_meter_that_it_has() {
        limits.counter(DECISIONS, "allowed").add(3);
        try (SeawallMetrics metrics = new SeawallMetrics(shop.context())) {
            metrics.bindTo(registry);
            registry.config().meterFilter(new Picky("seawall.requests.in.flight"));
            limits.read(io.seawall.metrics.Meter.gauge("seawall.requests.in.flight", "Requests."), () -> 7);
            readAll();
            assertThat(allowed()).isEqualTo(3);
            assertThat(names()).containsExactlyInAnyOrder("seawall.series", "seawall.limit.decisions");
        }
    }

    @Test
    void a_registry_that_takes_nothing_holds_on_to_nothing() {
        registry.config().meterFilter(new Picky("seawall.series"));
        limits.counter(DECISIONS, "allowed").add(3);
        try (SeawallMetrics metrics = new SeawallMetrics(shop.context())) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> metrics.bindTo(registry))
                    .withMessage("no seawall.series");
            assertThat(registry.getMeters()).isEmpty();
        }
    }
}
