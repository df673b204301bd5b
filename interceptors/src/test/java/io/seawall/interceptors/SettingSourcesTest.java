package io.seawall.interceptors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.seawall.interceptors.settings.Overrides;
import io.seawall.test.CapturedLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.spi.DefinitionException;
import jakarta.enterprise.inject.spi.DeploymentException;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigBuilder;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings that an application brings with it: MicroProfile Config and {@code seawall.properties} on its class path. */
class SettingSourcesTest {

    @ApplicationScoped
    static class Orders {
        int calls;

        @Resilient(target = "orders", retry = @Retry(maxRetries = 1, backoff = "1ms"))
        void send() throws IOException {
            calls++;
            throw new IOException("failure " + calls);
        }
    }

    @TempDir
    Path classes;

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();
    private URLClassLoader application;

    @BeforeEach
    void enterApplication() throws IOException {
        application = new URLClassLoader(new URL[] {classes.toUri().toURL()}, before);
        Thread.currentThread().setContextClassLoader(application);
    }

    @AfterEach
    void leaveApplication() throws IOException {
        Thread.currentThread().setContextClassLoader(before);
        application.close();
        System.clearProperty("seawall.orders.retry.maxRetries");
    }

    private void microProfile(String line) throws IOException {
        Files.createDirectories(classes.resolve("META-INF"));
        Files.writeString(classes.resolve("META-INF/microprofile-config.properties"), line);
    }

    private void file(String text) throws IOException {
        Files.writeString(classes.resolve("seawall.properties"), text);
    }

    private static int attempts() {
        try (SeContainer container = Containers.start(Orders.class)) {
            Orders orders = container.select(Orders.class).get();
            try {
                orders.send();
            } catch (IOException failure) {
                return Integer.parseInt(String.valueOf(failure.getMessage()).substring("failure ".length()));
            }
            throw new AssertionError("the call must fail");
        }
    }

    @Test
    void without_any_the_annotation_counts() {
        assertThat(attempts()).isEqualTo(2);
    }

    @Test
    void the_file_counts_before_the_annotation() throws IOException {
        file("seawall.orders.retry.maxRetries=2");

        assertThat(attempts()).isEqualTo(3);
    }

    @Test
    void microprofile_config_counts_before_the_file() throws IOException {
        file("seawall.orders.retry.maxRetries=2");
        microProfile("seawall.orders.retry.maxRetries=3");

        assertThat(attempts()).isEqualTo(4);
    }

    @Test
    void a_system_property_counts_before_all_others() throws IOException {
        file("seawall.orders.retry.maxRetries=2");
        microProfile("seawall.orders.retry.maxRetries=3");
        System.setProperty("seawall.orders.retry.maxRetries", "4");

        assertThat(attempts()).isEqualTo(5);
    }

    @Test
    void a_wrong_value_is_a_definition_error_that_names_its_place() throws IOException {
        file("seawall.orders.timeout=soon");
        assertThatThrownBy(SettingSourcesTest::attempts)
                .isInstanceOf(DefinitionException.class)
                .hasMessageContainingAll("SettingSourcesTest$Orders.send", "'timeout'", "'soon'")
                .hasMessageContaining("key 'seawall.orders.timeout' of seawall.properties");
    }

    @Test
    void a_wrong_value_in_microprofile_config_is_a_definition_error_too() throws IOException {
        microProfile("seawall.orders.timeout=soon");
        assertThatThrownBy(SettingSourcesTest::attempts)
                .isInstanceOf(DefinitionException.class)
                .hasMessageContaining("MicroProfile Config property 'seawall.orders.timeout'");
    }

    @Test
    void an_unknown_member_in_the_file_stops_the_deployment() throws IOException {
        file("seawall.orders.timeOut=1s");

        assertThatThrownBy(SettingSourcesTest::attempts)
                .isInstanceOf(DeploymentException.class)
                .hasMessageContainingAll("'seawall.orders.timeOut' of seawall.properties", "retry.maxRetries");
    }

    @Test
    void what_is_none_of_ours_in_the_file_stops_the_deployment() throws IOException {
        file("orders.timeout=1s");

        assertThatThrownBy(SettingSourcesTest::attempts)
                .isInstanceOf(DeploymentException.class)
                .hasMessageContainingAll("'orders.timeout' of seawall.properties", "seawall.<target>.<member>");
    }

    @Test
    void a_file_that_cannot_be_read_stops_the_deployment() throws IOException {
        file("seawall.orders.timeout=\\u00zz");

        assertThatThrownBy(SettingSourcesTest::attempts)
                .hasMessageContainingAll("seawall.properties", "cannot be read", "seawall.<target>.<member>=value");
    }

    @Test
    void a_target_in_the_file_that_this_application_does_not_have_is_told() throws IOException {
        file("seawall.order.timeout=1s");
        try (CapturedLog log = new CapturedLog(ResilientExtension.class)) {
            attempts();
            assertThat(log.lines())
                    .anySatisfy(line -> assertThat(line)
                            .startsWith("WARNING")
                            .contains("'seawall.order.timeout'", "no target of this application", "[orders]"));
        }
    }

    @Test
    void an_unknown_member_in_microprofile_config_may_be_somebody_elses_and_is_only_told() throws IOException {
        microProfile("seawall.orders.service.host=10.0.0.1");
        try (CapturedLog log = new CapturedLog(ResilientExtension.class)) {
            attempts();
            assertThat(log.lines())
                    .anySatisfy(line -> assertThat(line)
                            .startsWith("WARNING")
                            .contains("MicroProfile Config property 'seawall.orders.service.host'"));
        }
    }

    @Test
    void an_expression_in_microprofile_config_that_names_nothing_stops_the_deployment() throws IOException {
        microProfile("seawall.orders.timeout=${nobody.has.set.this}");
        assertThatThrownBy(SettingSourcesTest::attempts)
                .isInstanceOf(DeploymentException.class)
                .hasMessageContainingAll(
                        "MicroProfile Config property 'seawall.orders.timeout'", "names what is not set", "default");
    }

    @Test
    void an_expression_for_a_target_of_another_application_is_none_of_ours() throws IOException {
        microProfile("seawall.others.timeout=${nobody.has.set.this}");
        assertThat(attempts()).isEqualTo(2);
    }

    @Test
    void what_microprofile_config_cannot_read_is_a_definition_error() throws IOException {
        microProfile("seawall.orders.timeout=${seawall.orders.timeout}");
        assertThatThrownBy(SettingSourcesTest::attempts)
                .isInstanceOf(DefinitionException.class)
                .hasMessageContainingAll("SettingSourcesTest$Orders.send", "'timeout'", "cannot be read")
                .hasMessageContaining("MicroProfile Config property 'seawall.orders.timeout'");
    }

    /** What some servers show of MicroProfile: its API alone. */
    private static final class Unusable extends ConfigProviderResolver {

        @Override
        public Config getConfig() {
            throw new IllegalStateException("nobody has implemented it");
        }

        @Override
        public Config getConfig(ClassLoader loader) {
            return getConfig();
        }

        @Override
        public ConfigBuilder getBuilder() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void registerConfig(Config config, ClassLoader classLoader) {}

        @Override
        public void releaseConfig(Config config) {}
    }

    @Test
    void without_an_implementation_microprofile_config_is_left_out_and_that_is_told() throws IOException {
        file("seawall.orders.retry.maxRetries=2");
        ConfigProviderResolver usable = ConfigProviderResolver.instance();
        ConfigProviderResolver.setInstance(new Unusable());
        try (CapturedLog log =
                new CapturedLog(Class.forName(Overrides.class.getPackageName() + ".MicroProfileSettings"))) {
            assertThat(attempts()).isEqualTo(3);
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith("WARNING")
                    .contains("MicroProfile Config", "does not work");
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        } finally {
            ConfigProviderResolver.setInstance(usable);
        }
    }
}
