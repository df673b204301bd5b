package io.seawall.observe.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.seawall.interceptors.Resilient;
import io.seawall.interceptors.ResilientExtension;
import io.seawall.interceptors.ResilientInterceptor;
import io.seawall.interceptors.SeawallTargets;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.enterprise.util.AnnotationLiteral;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The checks that a server with MicroProfile Health finds, on Weld SE. */
class MicroProfileHealthTest {

    /** Beans that call something. */
    @ApplicationScoped
    public static class Payments {

        @Resilient(target = "payments")
        public String pay() {
            return "paid";
        }
    }

    @AfterEach
    void clear() {
        System.clearProperty("seawall.health.critical");
        System.clearProperty("seawall.health.store-grace");
    }

    @SuppressWarnings("unchecked") // addExtensions(Class<? extends Extension>...) makes an array of generics
    private static SeContainer start() {
        return SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addExtensions(ResilientExtension.class, HealthExtension.class)
                .addBeanClasses(ResilientInterceptor.class, Payments.class)
                .initialize();
    }

    private static HealthCheckResponse check(SeContainer container, AnnotationLiteral<?> kind) {
        return container.select(HealthCheck.class, kind).get().call();
    }

    @Test
    void it_is_ready_and_started_and_says_nothing_of_being_alive() {
        try (SeContainer container = start()) {
            HealthCheckResponse ready = check(container, Readiness.Literal.INSTANCE);
            assertThat(ready.getName()).isEqualTo("seawall");
            assertThat(ready.getStatus()).isEqualTo(Status.UP);
            assertThat(ready.getData()).contains(Map.of("state", "serving"));
            assertThat(check(container, Startup.Literal.INSTANCE).getStatus()).isEqualTo(Status.UP);
            assertThat(container
                            .select(HealthCheck.class, Liveness.Literal.INSTANCE)
                            .isUnsatisfied())
                    .isTrue();
        }
    }

    @Test
    void a_critical_target_is_named_outside_where_there_is_no_servlet() {
        System.setProperty("seawall.health.critical", "payments");
        try (SeContainer container = start()) {
            SeawallTargets targets = container.select(SeawallTargets.class).get();
            targets.forceOpen("payments");
            HealthCheckResponse down = check(container, Readiness.Literal.INSTANCE);
            assertThat(down.getStatus()).isEqualTo(Status.DOWN);
            assertThat(down.getData()).contains(Map.of("state", "serving", "down", "target payments: circuit open"));
            targets.reset("payments");
            assertThat(check(container, Readiness.Literal.INSTANCE).getStatus()).isEqualTo(Status.UP);
        }
    }

    @Test
    void a_circuit_that_is_not_critical_is_told_and_does_no_more() {
        try (SeContainer container = start()) {
            container.select(SeawallTargets.class).get().forceOpen("payments");
            HealthCheckResponse up = check(container, Readiness.Literal.INSTANCE);
            assertThat(up.getStatus()).isEqualTo(Status.UP);
            assertThat(up.getData()).contains(Map.of("state", "serving", "impaired", "target payments: circuit open"));
        }
    }

    @Test
    void a_wrong_setting_stops_the_deployment() {
        System.setProperty("seawall.health.store-grace", "soon");
        assertThatThrownBy(() -> start().close())
                .hasMessageContaining(
                        "system property 'seawall.health.store-grace' is 'soon': 'soon' is not a duration");
    }

    /** Run in a class loader of its own, by the test below. */
    public static final class WithoutTheApi implements Callable<String> {

        @Override
        @SuppressWarnings("unchecked") // as above
        public String call() {
            try (SeContainer container = SeContainerInitializer.newInstance()
                    .disableDiscovery()
                    .addExtensions(ResilientExtension.class, HealthExtension.class)
                    .addBeanClasses(ResilientInterceptor.class, Payments.class)
                    .initialize()) {
                return container.select(Payments.class).get().pay();
            }
        }
    }

    @Test
    void nobody_misses_the_api_where_it_is_not() throws Exception {
        List<URL> classPath = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (!entry.contains("microprofile") && !entry.contains("smallrye")) {
                classPath.add(new File(entry).toURI().toURL());
            }
        }
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader without =
                new URLClassLoader(classPath.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            thread.setContextClassLoader(without);
            assertThatThrownBy(() -> without.loadClass(HealthCheck.class.getName()))
                    .isInstanceOf(ClassNotFoundException.class);
            Callable<?> run = (Callable<?>) without.loadClass(WithoutTheApi.class.getName())
                    .getConstructor()
                    .newInstance();
            assertThat(run.call()).isEqualTo("paid");
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
