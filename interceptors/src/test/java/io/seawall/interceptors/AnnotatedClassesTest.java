package io.seawall.interceptors;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.events.Events;
import io.seawall.events.SeawallEvent;
import io.seawall.events.StoreEvent;
import io.seawall.metrics.MetricRegistry;
import io.seawall.metrics.Sample;
import io.seawall.test.CapturedLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The way from the servlet container, which finds the classes that CDI does not show, to the warning. */
class AnnotatedClassesTest {

    /** What a bean archive holds besides beans: no scope, so no bean. */
    static class NoBean {
        @Resilient
        void call() {}
    }

    @ApplicationScoped
    static class IsABean {
        @Resilient
        void call() {}
    }

    private final CapturedLog log = new CapturedLog(ResilientExtension.class);
    private final AnnotatedClasses classes = new AnnotatedClasses();
    private final Map<String, Object> attributes = new HashMap<>();
    private final List<Object> listeners = new ArrayList<>();

    /** As much of one as is needed. */
    private final ServletContext context = (ServletContext) Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {ServletContext.class},
            (proxy, method, arguments) -> answer(method.getName(), arguments));

    private @Nullable Object answer(String method, Object[] arguments) {
        switch (method) {
            case "setAttribute" -> attributes.put((String) arguments[0], arguments[1]);
            case "getAttribute" -> {
                return attributes.get((String) arguments[0]);
            }
            case "removeAttribute" -> attributes.remove((String) arguments[0]);
            case "getContextPath" -> {
                return "/shop";
            }
            case "addListener" -> listeners.add(arguments[0]);
            case "getFilterRegistrations" -> {
                return Map.of();
            }
            case "getInitParameter", "addFilter" -> {
                return null;
            }
            default -> throw new UnsupportedOperationException(method);
        }
        return null;
    }

    @AfterEach
    void endCapture() {
        log.close();
    }

    private List<String> warnings() {
        return log.lines().stream().filter(line -> line.startsWith("WARNING")).toList();
    }

    private void find(Class<?>... found) {
        classes.onStartup(Set.of(found), context);
        assertThat(listeners).containsExactly(classes);
    }

    @Test
    void where_cdi_has_started_first_it_is_told_when_the_servlet_context_starts() {
        try (SeContainer container = Containers.start(IsABean.class)) {
            assertThat(container.isRunning()).isTrue();
            find(NoBean.class, IsABean.class);
            classes.contextInitialized(new ServletContextEvent(context));
        }
        assertThat(warnings()).singleElement().asString().contains(NoBean.class.getName(), "no bean", "scope");
        assertThat(attributes).isEmpty();
    }

    @Test
    void where_the_server_tells_extensions_of_the_servlet_context_they_take_the_classes_out_of_it() {
        find(NoBean.class);
        try (SeContainer container = Containers.start(IsABean.class)) {
            container.getBeanManager().getExtension(ResilientExtension.class).start(context);
            classes.contextInitialized(new ServletContextEvent(context));
        }
        assertThat(warnings()).singleElement().asString().contains(NoBean.class.getName());
        assertThat(attributes).isEmpty();
    }

    @Test
    void the_events_of_a_filter_that_has_come_first_and_those_of_the_targets_are_one() {
        Events ofFilter = new Events();
        attributes.put(Events.ATTRIBUTE, ofFilter);
        find(IsABean.class);
        try (SeContainer container = Containers.start(IsABean.class);
                CapturedLog words = new CapturedLog(Events.class)) {
            classes.contextInitialized(new ServletContextEvent(context));
            Events events = (Events) Objects.requireNonNull(attributes.get(Events.ATTRIBUTE));

            container.select(SeawallTargets.class).get().forceOpen(IsABean.class.getName() + ".call");
            ofFilter.tell(new StoreEvent(Instant.EPOCH, "api", "redis", false, "Redis does not answer"));

            assertThat(events.recent().list())
                    .extracting(SeawallEvent::kind)
                    .containsExactly("store-down", "circuit-forced-open");
            assertThat(ofFilter.recent()).isSameAs(events.recent());
            assertThat(words.lines()).hasSize(2);
        }
        assertThat(attributes).isEmpty();
    }

    @Test
    void the_metrics_and_the_targets_are_where_they_are_looked_for_until_the_application_ends() {
        find(IsABean.class);
        try (SeContainer container = Containers.start(IsABean.class)) {
            assertThat(container.isRunning()).isTrue();
            classes.contextInitialized(new ServletContextEvent(context));

            MetricRegistry metrics = (MetricRegistry)
                    Objects.requireNonNull(attributes.get(MetricRegistry.ATTRIBUTE_PREFIX + Resilient.class.getName()));
            assertThat(metrics.families())
                    .filteredOn(family -> family.meter().name().equals("seawall.calls"))
                    .singleElement()
                    .satisfies(family -> assertThat(family.samples())
                            .containsExactly(new Sample.Value(List.of(IsABean.class.getName() + ".call"), 0)));
            assertThat(((SeawallTargets) Objects.requireNonNull(attributes.get(SeawallTargets.ATTRIBUTE))).names())
                    .containsExactly(IsABean.class.getName() + ".call");
        }
        assertThat(attributes).isEmpty();
    }

    /** Filters leave their metrics under their name, which may be any. */
    @Test
    void the_metrics_of_a_filter_stay_whatever_it_is_called() {
        MetricRegistry ofFilter = new MetricRegistry("filter", "resilience");
        attributes.put(MetricRegistry.ATTRIBUTE_PREFIX + "resilience", ofFilter);
        find(IsABean.class);
        try (SeContainer container = Containers.start(IsABean.class)) {
            assertThat(container.isRunning()).isTrue();
            classes.contextInitialized(new ServletContextEvent(context));
            assertThat(attributes).containsEntry(MetricRegistry.ATTRIBUTE_PREFIX + "resilience", ofFilter);
        }
        assertThat(attributes).containsOnlyKeys(MetricRegistry.ATTRIBUTE_PREFIX + "resilience");
    }

    @Test
    void without_cdi_nothing_is_said_and_nothing_fails() {
        find(NoBean.class);
        classes.contextInitialized(new ServletContextEvent(context));
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void an_application_without_the_annotation_gets_no_listener() {
        classes.onStartup(null, context);
        assertThat(listeners).isEmpty();
        assertThat(attributes).isEmpty();
    }
}
