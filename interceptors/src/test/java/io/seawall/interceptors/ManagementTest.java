package io.seawall.interceptors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.seawall.interceptors.jmx.ManagementBeans;
import io.seawall.test.CapturedLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.spi.DefinitionException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import javax.management.openmbean.TabularData;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Targets as whoever runs the application sees them by JMX. */
class ManagementTest {

    private static final String APPLICATION = "io.seawall:type=Application,name=\"application\"";
    private static final String BANK = "io.seawall:type=Target,application=\"application\",name=\"bank\"";

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

    @AfterEach
    void nothing_stays_behind() throws JMException {
        System.clearProperty("seawall.bank.retry.maxRetries");
        assertThat(shown()).isEmpty();
    }

    @ApplicationScoped
    static class Bank {

        @Resilient(
                target = "bank",
                retry = @Retry(maxRetries = 1, backoff = "1ms", budget = "5/s"),
                bulkhead = @Bulkhead(max = 3))
        void deposit(Runnable inside) throws IOException {
            inside.run();
            throw new IOException("down");
        }

        @Resilient(target = "mail:*,\"?", retry = @Retry(maxRetries = 0), breaker = @Breaker(failures = 0))
        void send() {}
    }

    private Set<String> shown() throws JMException {
        return server.queryNames(new ObjectName("io.seawall:*"), null).stream()
                .map(ObjectName::getCanonicalName)
                .collect(Collectors.toSet());
    }

    private @Nullable Object attribute(String bean, String name) throws JMException {
        return server.getAttribute(new ObjectName(bean), name);
    }

    /** A number of an attribute that has several, each with a name. */
    private @Nullable Object number(String bean, String attribute, String name) throws JMException {
        TabularData all = (TabularData) Objects.requireNonNull(attribute(bean, attribute));
        return all.get(new Object[] {name}).get("value");
    }

    private @Nullable Object invoke(String bean, String operation) throws JMException {
        return server.invoke(new ObjectName(bean), operation, new Object[0], new String[0]);
    }

    @Test
    void every_target_is_shown_by_a_name_that_is_safe() throws JMException {
        try (SeContainer container = Containers.start(Bank.class)) {
            assertThat(container.isRunning()).isTrue();
            String mail = "io.seawall:type=Target,application=\"application\",name=" + ObjectName.quote("mail:*,\"?");
            assertThat(shown())
                    .containsExactlyInAnyOrder(
                            new ObjectName(APPLICATION).getCanonicalName(),
                            new ObjectName(BANK).getCanonicalName(),
                            new ObjectName(mail).getCanonicalName());
            assertThat((String[]) attribute(APPLICATION, "Targets")).containsExactly("bank", "mail:*,\"?");
            assertThat(attribute(mail, "BreakerState")).isEqualTo("NONE");
            assertThat(attribute(mail, "BulkheadMax")).isEqualTo(0);
            assertThat(attribute(mail, "RetriesGranted")).isEqualTo(0L);
        }
    }

    @Test
    void its_attributes_tell_how_it_is() throws Exception {
        try (SeContainer container = Containers.start(Bank.class)) {
            Bank bank = container.select(Bank.class).get();
            assertThatThrownBy(() -> bank.deposit(() -> assertThat(inUse()).isEqualTo(1)))
                    .isInstanceOf(IOException.class);

            assertThat(attribute(BANK, "Name")).isEqualTo("bank");
            assertThat(attribute(BANK, "BreakerState")).isEqualTo("CLOSED");
            assertThat(attribute(BANK, "BulkheadInUse")).isEqualTo(0);
            assertThat(attribute(BANK, "BulkheadWaiting")).isEqualTo(0);
            assertThat(attribute(BANK, "BulkheadMax")).isEqualTo(3);
            assertThat(attribute(BANK, "RetriesGranted")).isEqualTo(1L);
            assertThat(attribute(BANK, "RetriesRefused")).isEqualTo(0L);
            assertThat(attribute(BANK, "Calls")).isEqualTo(1L);
            assertThat(attribute(BANK, "Retries")).isEqualTo(1L);
            assertThat(attribute(BANK, "Timeouts")).isEqualTo(0L);
            assertThat(attribute(BANK, "BreakerRefusals")).isEqualTo(0L);
            assertThat(attribute(BANK, "BulkheadRefusals")).isEqualTo(0L);
            assertThat(number(BANK, "UnsuccessfulCalls", "error")).isEqualTo(1L);
            assertThat(number(BANK, "UnsuccessfulCalls", "fallback")).isEqualTo(0L);
            assertThat(number(APPLICATION, "Metrics", "seawall.calls.unsuccessful{target=bank,outcome=error}"))
                    .isEqualTo(1.0);
            assertThat((String[]) attribute(BANK, "Settings"))
                    .singleElement()
                    .asString()
                    .contains("Bank.deposit: timeout=none, interrupt=true, ", "retry.budget=0% + 5/s");
        }
    }

    private Object inUse() {
        try {
            return Objects.requireNonNull(attribute(BANK, "BulkheadInUse"));
        } catch (JMException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void its_operations_change_it() throws JMException {
        try (SeContainer container = Containers.start(Bank.class)) {
            assertThat(container.isRunning()).isTrue();
            invoke(BANK, "forceOpenBreaker");
            assertThat(attribute(BANK, "BreakerState")).isEqualTo("FORCED_OPEN");
            assertThat(number(BANK, "BreakerTransitions", "FORCED_OPEN")).isEqualTo(1L);
            assertThat(number(BANK, "BreakerTransitions", "OPEN")).isEqualTo(0L);
            invoke(BANK, "disableBreaker");
            assertThat(attribute(BANK, "BreakerState")).isEqualTo("DISABLED");
            invoke(BANK, "resetBreaker");
            assertThat(attribute(BANK, "BreakerState")).isEqualTo("CLOSED");

            System.setProperty("seawall.bank.retry.maxRetries", "3");
            assertThat((String[]) invoke(BANK, "reread"))
                    .singleElement()
                    .asString()
                    .contains("retry.maxRetries was 1, is 3");
            assertThat((String[]) invoke(APPLICATION, "reread")).isEmpty();
        }
    }

    @Test
    void a_mistake_is_told_in_words_by_classes_that_every_operator_has() throws JMException {
        try (SeContainer container = Containers.start(Bank.class)) {
            assertThat(container.isRunning()).isTrue();
            System.setProperty("seawall.bank.retry.maxRetries", "many");
            for (String bean : List.of(BANK, APPLICATION)) {
                assertThatThrownBy(() -> invoke(bean, "reread"))
                        .isInstanceOf(RuntimeMBeanException.class)
                        .cause()
                        .isExactlyInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("'retry.maxRetries'")
                        .hasMessageContaining("'many' is not a whole number")
                        .hasNoCause();
            }
            String mail = "io.seawall:type=Target,application=\"application\",name=" + ObjectName.quote("mail:*,\"?");
            assertThatThrownBy(() -> invoke(mail, "forceOpenBreaker"))
                    .cause()
                    .isExactlyInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("has no circuit breaker");
        }
    }

    @Test
    void applications_of_one_name_get_a_number() throws JMException {
        try (SeContainer one = Containers.start(Bank.class)) {
            try (SeContainer two = Containers.start(Bank.class)) {
                assertThat(one.isRunning() && two.isRunning()).isTrue();
                assertThat(shown())
                        .contains(
                                new ObjectName(BANK).getCanonicalName(),
                                new ObjectName(BANK.replace("application\"", "application#2\"")).getCanonicalName());
            }
            assertThat(shown()).hasSize(3);
        }
    }

    @ApplicationScoped
    static class Wrong {

        @Resilient(timeout = "soon")
        void call() {}
    }

    @Test
    void of_an_application_that_could_not_be_deployed_nothing_is_shown() throws JMException {
        assertThatThrownBy(() -> Containers.start(Bank.class, Wrong.class)).isInstanceOf(DefinitionException.class);
        assertThat(shown()).isEmpty();
    }

    @ApplicationScoped
    static class Unguarded {}

    @Test
    void an_application_without_targets_is_not_shown() throws JMException {
        try (SeContainer container = Containers.start(Unguarded.class)) {
            assertThat(container.isRunning()).isTrue();
            assertThat(shown()).isEmpty();
        }
    }

    @Test
    void what_somebody_has_taken_out_is_not_missed() throws JMException {
        try (SeContainer container = Containers.start(Bank.class);
                CapturedLog log = new CapturedLog(ManagementBeans.class)) {
            assertThat(container.isRunning()).isTrue();
            server.unregisterMBean(new ObjectName(BANK));
            assertThat(log.lines()).isEmpty();
        }
    }
}
