package io.seawall.observe.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import io.seawall.test.CapturedLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.inject.Singleton;
import jakarta.servlet.ServletException;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsBridgesTest {

    private static final SimpleMeterRegistry REGISTRY = new SimpleMeterRegistry();
    private static final InMemoryMetricReader READER = InMemoryMetricReader.create();
    private static final SdkMeterProvider PROVIDER =
            SdkMeterProvider.builder().registerMetricReader(READER).build();

    @AfterEach
    void nothing_stays_behind() {
        assertThat(REGISTRY.getMeters()).isEmpty();
        assertThat(READER.collectAllMetrics()).isEmpty();
    }

    @ApplicationScoped
    static class HasRegistry {

        @Produces
        @Singleton
        MeterRegistry registry() {
            return REGISTRY;
        }
    }

    @ApplicationScoped
    static class HasAnother {

        @Produces
        @Singleton
        MeterRegistry registry() {
            return REGISTRY;
        }
    }

    @ApplicationScoped
    static class HasMeter {

        @Produces
        @ApplicationScoped
        Meter meter() {
            return PROVIDER.get("server");
        }
    }

    @ApplicationScoped
    static class HasNothing {}

    @ApplicationScoped
    static class HasBroken {

        @Produces
        @Singleton
        MeterRegistry registry() {
            throw new UnsupportedOperationException("no registry today");
        }
    }

    @Test
    void a_bean_that_cannot_be_made_is_told_and_stops_nothing() throws Exception {
        try (SeContainer cdi = cdi(HasBroken.class, HasMeter.class);
                CapturedLog log = new CapturedLog(MetricsBridges.class)) {
            assertThat(cdi.isRunning()).isTrue();
            Server server = deploy("");
            assertThat(toOpenTelemetry()).isEqualTo(1);
            assertThat(log.lines())
                    .first()
                    .asString()
                    .startsWith("WARNING metrics do not go to the bean of type io.micrometer");
            server.stop();
        }
    }

    private static SeContainer cdi(Class<?>... beans) {
        return SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addBeanClasses(beans)
                .initialize();
    }

    private static Server deploy(String bridge) throws Exception {
        ServletContextHandler application = new ServletContextHandler("/shop");
        application.addServletContainerInitializer(new MetricsBridges());
        application.setInitParameter("seawall.metrics.bridge", bridge);
        Server server = new Server();
        server.setHandler(application);
        server.start();
        return server;
    }

    private static int toMicrometer() {
        return REGISTRY.getMeters().size();
    }

    private static int toOpenTelemetry() {
        return READER.collectAllMetrics().size();
    }

    @Test
    void a_registry_that_is_a_bean_gets_the_metrics_until_the_application_ends() throws Exception {
        try (SeContainer cdi = cdi(HasRegistry.class, HasMeter.class);
                CapturedLog log = new CapturedLog(MetricsBridges.class)) {
            assertThat(cdi.isRunning()).isTrue();
            Server server = deploy("");
            assertThat(toMicrometer()).isEqualTo(1);
            assertThat(toOpenTelemetry()).isZero();
            assertThat(log.lines())
                    .containsExactly("INFO the metrics of '/shop' go to the bean of type"
                            + " io.micrometer.core.instrument.MeterRegistry, and to JMX");
            server.stop();
        }
    }

    @Test
    void without_one_a_meter_gets_them() throws Exception {
        try (SeContainer cdi = cdi(HasMeter.class)) {
            assertThat(cdi.isRunning()).isTrue();
            Server server = deploy("auto");
            assertThat(toOpenTelemetry()).isEqualTo(1);
            server.stop();
        }
    }

    @Test
    void the_application_may_choose() throws Exception {
        try (SeContainer cdi = cdi(HasRegistry.class, HasMeter.class)) {
            assertThat(cdi.isRunning()).isTrue();
            Server server = deploy("opentelemetry");
            assertThat(toMicrometer()).isZero();
            assertThat(toOpenTelemetry()).isEqualTo(1);
            server.stop();
            Server neither = deploy("none");
            assertThat(toMicrometer()).isZero();
            assertThat(toOpenTelemetry()).isZero();
            neither.stop();
        }
    }

    @Test
    void of_several_none_is_guessed() throws Exception {
        try (SeContainer cdi = cdi(HasRegistry.class, HasAnother.class);
                CapturedLog log = new CapturedLog(BeanOfType.class)) {
            assertThat(cdi.isRunning()).isTrue();
            deploy("micrometer").stop();
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith("WARNING there are several beans of type io.micrometer.core.instrument.MeterRegistry");
        }
    }

    @Test
    void without_such_a_bean_or_without_cdi_nothing_happens() throws Exception {
        try (CapturedLog log = new CapturedLog(MetricsBridges.class)) {
            deploy("").stop();
            try (SeContainer cdi = cdi(HasNothing.class)) {
                assertThat(cdi.isRunning()).isTrue();
                deploy("").stop();
            }
            assertThat(log.lines()).noneMatch(line -> line.startsWith("INFO"));
        }
    }

    @Test
    void a_word_that_it_does_not_know_stops_the_deployment() {
        assertThatExceptionOfType(ServletException.class)
                .isThrownBy(() -> deploy("statsd"))
                .withMessageContaining(
                        "context-param seawall.metrics.bridge is 'statsd': write auto, micrometer, opentelemetry or none");
    }

    @ApplicationScoped
    static class HasClosed {

        @Produces
        @Singleton
        MeterRegistry registry() {
            throw new IllegalStateException("the registry is closed");
        }
    }

    /** There is CDI: what its bean throws is no word about that. */
    @Test
    void a_bean_that_is_in_no_state_to_be_made_is_told_as_well() throws Exception {
        try (SeContainer cdi = cdi(HasClosed.class);
                CapturedLog log = new CapturedLog(MetricsBridges.class)) {
            assertThat(cdi.isRunning()).isTrue();
            deploy("").stop();
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith("WARNING metrics do not go to the bean of type io.micrometer");
        }
    }
}
