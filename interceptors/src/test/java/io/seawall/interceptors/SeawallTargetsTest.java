package io.seawall.interceptors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.seawall.events.Events;
import io.seawall.resilience.bulkhead.BulkheadFullException;
import io.seawall.resilience.chaos.InjectedFaultException;
import io.seawall.resilience.circuitbreaker.CircuitBreaker.State;
import io.seawall.resilience.circuitbreaker.CircuitOpenException;
import io.seawall.test.CapturedLog;
import jakarta.ejb.MessageDriven;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.SessionScoped;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.DefinitionException;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.enterprise.inject.spi.InjectionTarget;
import jakarta.enterprise.inject.spi.ProcessInjectionTarget;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.Serializable;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigBuilder;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Targets that are looked at and changed while the application runs. */
class SeawallTargetsTest {

    private final Set<String> set = new HashSet<>();

    @AfterEach
    void clear() {
        set.forEach(System::clearProperty);
    }

    private void property(String key, String value) {
        set.add(key);
        System.setProperty(key, value);
    }

    @ApplicationScoped
    static class Bank {

        private int calls;

        @Resilient(target = "bank", retry = @Retry(maxRetries = 1, backoff = "1ms", budget = "none"))
        void deposit() throws IOException {
            calls++;
            throw new IOException("failure " + calls);
        }

        @Resilient(target = "bank", retry = @Retry(maxRetries = 1, backoff = "1ms", budget = "none"))
        void withdraw() throws IOException {
            calls++;
            throw new IOException("failure " + calls);
        }

        @Resilient(target = "mail", retry = @Retry(maxRetries = 0), breaker = @Breaker(failures = 0))
        String send() {
            return "sent";
        }

        int takeCalls() {
            int taken = calls;
            calls = 0;
            return taken;
        }
    }

    private static SeawallTargets targets(SeContainer container) {
        return container.select(SeawallTargets.class).get();
    }

    /** How often the bank is called in place of once. */
    private static int attempts(SeContainer container) {
        Bank bank = container.select(Bank.class).get();
        assertThatThrownBy(bank::deposit).isInstanceOf(IOException.class);
        return bank.takeCalls();
    }

    @Test
    void they_are_listed_with_the_state_of_their_circuits_and_what_they_go_by() {
        property("seawall.bank.retry.maxRetries", "2");
        try (SeContainer container = Containers.start(Bank.class)) {
            SeawallTargets targets = targets(container);

            assertThat(targets.names()).containsExactly("bank", "mail");
            assertThat(targets.breakerState("bank")).contains(State.CLOSED);
            assertThat(targets.breakerState("mail")).isEmpty();
            assertThat(targets.settings("bank"))
                    .hasSize(2)
                    .allSatisfy(line -> assertThat(line)
                            .startsWith(Bank.class.getName() + ".")
                            .contains(
                                    "timeout=none, ",
                                    "retry.maxRetries=2 (system property 'seawall.bank.retry.maxRetries'), ",
                                    "retry.backoff=1ms, ",
                                    "retry.on=none, ",
                                    "breaker.within=30s, "));
        }
    }

    @Test
    void a_circuit_is_opened_disabled_and_reset_by_hand() throws Exception {
        try (SeContainer container = Containers.start(Bank.class)) {
            SeawallTargets targets = targets(container);
            Bank bank = container.select(Bank.class).get();

            targets.forceOpen("bank");
            assertThat(targets.breakerState("bank")).contains(State.FORCED_OPEN);
            assertThatThrownBy(bank::withdraw).isInstanceOf(CircuitOpenException.class);

            targets.disable("bank");
            for (int i = 0; i < 10; i++) {
                assertThatThrownBy(bank::deposit).isInstanceOf(IOException.class);
            }

            targets.reset("bank");
            assertThat(targets.breakerState("bank")).contains(State.CLOSED);
        }
    }

    @Test
    void what_is_not_there_is_told_with_what_is() {
        try (SeContainer container = Containers.start(Bank.class)) {
            SeawallTargets targets = targets(container);

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> targets.reread("bnak"))
                    .withMessage("there is no target 'bnak': the targets are [bank, mail]");
            assertThatIllegalStateException()
                    .isThrownBy(() -> targets.forceOpen("mail"))
                    .withMessageContaining("target 'mail' has no circuit breaker");
        }
    }

    @Test
    void settings_that_are_read_again_count_for_all_methods_of_the_target_at_once_and_are_told() {
        try (SeContainer container = Containers.start(Bank.class);
                CapturedLog log = new CapturedLog(Events.class)) {
            assertThat(attempts(container)).isEqualTo(2);

            property("seawall.bank.retry.maxRetries", "3");
            property("seawall.bank.breaker.failures", "50");
            assertThat(attempts(container)).as("nobody has read them").isEqualTo(2);
            List<String> changes = targets(container).reread("bank");

            assertThat(attempts(container)).isEqualTo(4);
            assertThat(changes)
                    .satisfiesExactlyInAnyOrder(
                            change -> assertThat(change)
                                    .startsWith("retry.maxRetries was 1, is 3 (system property"
                                            + " 'seawall.bank.retry.maxRetries') in ")
                                    .contains("Bank.deposit", "Bank.withdraw"),
                            change -> assertThat(change).startsWith("breaker.failures was 5, is 50 "));
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith("INFO the settings of target 'bank' were read again: ")
                    .contains(changes.get(0), changes.get(1));

            System.clearProperty("seawall.bank.retry.maxRetries");
            assertThat(targets(container).reread("bank"))
                    .singleElement()
                    .asString()
                    .startsWith("retry.maxRetries was 3, is 1 (annotation) in ");
            assertThat(attempts(container)).isEqualTo(2);
        }
    }

    @Test
    void where_nothing_is_different_nothing_changes_and_that_is_told() {
        try (SeContainer container = Containers.start(Bank.class);
                CapturedLog log = new CapturedLog(LiveTargets.class)) {
            assertThat(targets(container).reread("bank")).isEmpty();
            assertThat(log.lines())
                    .containsExactly("INFO the settings of target 'bank' were read again: nothing has changed");
        }
    }

    @Test
    void a_wrong_value_changes_nothing_and_is_told_in_the_words_of_the_deployment() {
        try (SeContainer container = Containers.start(Bank.class)) {
            property("seawall.bank.retry.maxRetries", "3");
            property("seawall.bank.timeout", "soon");

            String words = deploymentProblem();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> targets(container).reread("bank"))
                    .satisfies(wrong -> assertThat(words).contains(wrong.getMessage()))
                    .withMessageContaining("Bank.")
                    .withMessageContaining("'timeout' (set by system property 'seawall.bank.timeout'): 'soon' is not");
            assertThat(attempts(container)).isEqualTo(2);
        }
    }

    private static String deploymentProblem() {
        try {
            Containers.start(Bank.class).close();
            return "none";
        } catch (DefinitionException | DeploymentException problem) {
            return String.valueOf(problem.getMessage());
        }
    }

    @Test
    void members_that_contradict_each_other_change_nothing() {
        try (SeContainer container = Containers.start(Bank.class)) {
            property("seawall.bank.retry.maxRetries", "3");
            property("seawall.bank.timeout", "10ms");
            property("seawall.bank.bulkhead.max", "1");
            property("seawall.bank.bulkhead.maxWait", "10ms");

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> targets(container).reread("bank"))
                    .withMessageContaining("maxWait is 10ms: use less than timeout");
            assertThat(attempts(container)).isEqualTo(2);
            assertThat(targets(container).settings("bank"))
                    .allSatisfy(line -> assertThat(line).contains("retry.maxRetries=1,"));
        }
    }

    @Test
    void a_member_that_there_is_not_changes_nothing() {
        try (SeContainer container = Containers.start(Bank.class)) {
            property("seawall.bank.retry.maxRetries", "3");
            property("seawall.bank.timeuot", "1s");

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> targets(container).reread("bank"))
                    .withMessageContaining("system property 'seawall.bank.timeuot' names no member");
            assertThat(attempts(container)).isEqualTo(2);
        }
    }

    @Test
    void of_all_targets_those_without_a_mistake_change() {
        try (SeContainer container = Containers.start(Bank.class)) {
            property("seawall.bank.retry.maxRetries", "3");
            property("seawall.mail.timeout", "soon");

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> targets(container).rereadAll())
                    .withMessageContaining("'seawall.mail.timeout'")
                    .withMessageContaining("what has changed all the same: bank: retry.maxRetries was 1, is 3");
            assertThat(attempts(container)).isEqualTo(4);

            property("seawall.mail.timeout", "1s");
            assertThat(targets(container).rereadAll())
                    .singleElement()
                    .asString()
                    .startsWith("mail: timeout was none, is 1s ");
        }
    }

    @Test
    void what_is_done_by_hand_outlasts_other_settings() {
        try (SeContainer container = Containers.start(Bank.class)) {
            SeawallTargets targets = targets(container);
            targets.forceOpen("bank");
            property("seawall.bank.breaker.failures", "50");

            assertThat(targets.reread("bank")).isNotEmpty();

            assertThat(targets.breakerState("bank")).contains(State.FORCED_OPEN);
        }
    }

    @ApplicationScoped
    static class Door {

        @Resilient(
                target = "door",
                retry = @Retry(maxRetries = 0),
                breaker = @Breaker(failures = 0),
                fallback = "closed")
        String knock(Runnable inside) {
            inside.run();
            return "open";
        }

        String closed(Runnable inside) {
            return "closed";
        }

        String elsewhere(Runnable inside) {
            return "elsewhere";
        }
    }

    @Test
    void a_bulkhead_and_another_fallback_come_and_go() {
        try (SeContainer container = Containers.start(Door.class)) {
            Door door = container.select(Door.class).get();
            property("seawall.door.bulkhead.max", "1");
            property("seawall.door.fallback", "elsewhere");
            targets(container).reread("door");
            door.knock(() -> assertThat(CompletableFuture.supplyAsync(() -> door.knock(() -> {}))
                            .join())
                    .isEqualTo("elsewhere"));

            property("seawall.door.fallback", "");
            targets(container).reread("door");
            door.knock(() -> assertThatThrownBy(CompletableFuture.supplyAsync(() -> door.knock(() -> {}))::join)
                    .hasCauseInstanceOf(BulkheadFullException.class));

            System.clearProperty("seawall.door.bulkhead.max");
            System.clearProperty("seawall.door.fallback");
            targets(container).reread("door");
            door.knock(() -> assertThat(CompletableFuture.supplyAsync(() -> door.knock(() -> {}))
                            .join())
                    .isEqualTo("open"));
        }
    }

    @Test
    void a_transaction_for_each_attempt_that_nobody_can_begin_changes_nothing() {
        try (SeContainer container = Containers.start(Bank.class)) {
            property("seawall.bank.transaction", "PER_ATTEMPT");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> targets(container).reread("bank"))
                    .withMessageContaining("nobody to begin the transactions of");
            assertThat(attempts(container)).isEqualTo(2);
        }
    }

    @Test
    void a_target_misbehaves_only_while_its_settings_say_so() {
        property("seawall.mail.chaos.failurePercent", "100");
        try (CapturedLog log = new CapturedLog(Events.class)) {
            try (SeContainer container = Containers.start(Bank.class)) {
                Bank bank = container.select(Bank.class).get();
                assertThatThrownBy(bank::send).isInstanceOf(InjectedFaultException.class);
                assertThat(log.lines())
                        .satisfiesExactly(line -> assertThat(line)
                                .startsWith("WARNING target 'mail' is told to misbehave:")
                                .contains("100% fail"));

                System.clearProperty("seawall.mail.chaos.failurePercent");
                targets(container).reread("mail");
                assertThat(bank.send()).isEqualTo("sent");
                assertThat(log.lines().get(1)).isEqualTo("INFO target 'mail' does not misbehave any more");

                property("seawall.mail.chaos.failurePercent", "100");
                targets(container).reread("mail");
            }
            assertThat(log.lines())
                    .as("it ends with the application")
                    .last()
                    .isEqualTo("INFO target 'mail' does not misbehave any more");
        }
    }

    @Test
    void misbehaviour_that_makes_no_sense_stops_the_deployment() {
        property("seawall.mail.chaos.delay", "1s");
        assertThat(deploymentProblem())
                .contains("'chaos'", "delayPercent is 0", "system property 'seawall.mail.chaos.delay'");
        System.clearProperty("seawall.mail.chaos.delay");

        property("seawall.mail.chaos.failurePercent", "101");
        assertThat(deploymentProblem()).contains("failurePercent is 101: use 0 to 100");
        System.clearProperty("seawall.mail.chaos.failurePercent");

        property("seawall.mail.chaos.faults", "10");
        assertThat(deploymentProblem()).contains("'seawall.mail.chaos.faults' names no member", "chaos.failurePercent");
    }

    @SessionScoped
    static class Session implements Serializable {
        private static final long serialVersionUID = 1L;

        @Inject
        @SuppressWarnings("serial") // a proxy of the container's
        SeawallTargets targets;
    }

    @Test
    void a_bean_that_may_be_passivated_can_keep_them() {
        try (SeContainer container = Containers.start(Bank.class, Session.class)) {
            assertThat(container.isRunning()).isTrue(); // else the deployment had failed
            assertThat(targets(container)).isInstanceOf(Serializable.class);
        }
    }

    @MessageDriven
    static class Late {
        @Resilient(target = "late", transaction = TransactionMode.SHARED)
        public void onMessage() {}
    }

    @Test
    void a_message_driven_bean_that_came_late_is_read_again_too() {
        try (SeContainer container = Containers.start()) {
            AnnotatedType<Late> type = container.getBeanManager().createAnnotatedType(Late.class);
            container
                    .getBeanManager()
                    .getExtension(ResilientExtension.class)
                    .compileMessageDriven(new ProcessInjectionTarget<Late>() {
                        @Override
                        public AnnotatedType<Late> getAnnotatedType() {
                            return type;
                        }

                        @Override
                        public InjectionTarget<Late> getInjectionTarget() {
                            throw new UnsupportedOperationException();
                        }

                        @Override
                        public void setInjectionTarget(InjectionTarget<Late> injectionTarget) {}

                        @Override
                        public void addDefinitionError(Throwable error) {
                            throw new AssertionError(error);
                        }
                    });
            property("seawall.late.timeout", "1s");

            assertThat(targets(container).reread("late"))
                    .singleElement()
                    .asString()
                    .startsWith("timeout was none, is 1s ");
        }
    }

    /** JMX comes on threads that belong to no application. */
    @Test
    void files_are_found_and_opened_again_on_threads_of_nobody(@TempDir Path classes) throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Path file = classes.resolve("seawall.properties");
        try (URLClassLoader application =
                new URLClassLoader(new URL[] {classes.toUri().toURL()}, before)) {
            Thread.currentThread().setContextClassLoader(application);
            try (SeContainer container = Containers.start(Bank.class)) {
                SeawallTargets targets = targets(container);
                Thread.currentThread().setContextClassLoader(null);

                Files.writeString(file, "seawall.bank.retry.maxRetries=2");
                assertThat(targets.reread("bank"))
                        .singleElement()
                        .asString()
                        .contains("is 2 (key 'seawall.bank.retry.maxRetries' of seawall.properties)");
                Files.writeString(file, "seawall.bank.retry.maxRetries=3");
                targets.reread("bank");
                assertThat(attempts(container)).isEqualTo(4);

                Files.writeString(file, "seawall.bank.retry.maxRetries=\\u00zz");
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> targets.reread("bank"))
                        .withMessageContainingAll("seawall.properties", "cannot be read");
                assertThat(Thread.currentThread().getContextClassLoader()).isNull();
                Thread.currentThread().setContextClassLoader(application);
            }
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    @ApplicationScoped
    static class Pair {

        @Resilient(target = "pair", retry = @Retry(maxRetries = 0), breaker = @Breaker(failures = 0), fallback = "old")
        String one() {
            throw new IllegalStateException();
        }

        @Resilient(target = "pair", retry = @Retry(maxRetries = 0), breaker = @Breaker(failures = 0), fallback = "old")
        String two() {
            throw new IllegalStateException();
        }

        String old() {
            return "old";
        }

        String other() {
            return "other";
        }
    }

    /**
     * The settings change from old to new, while callers ask one method after the other: who has met the new fallback in one
     * method never meets the old one in the other.
     */
    @Test
    void no_caller_meets_the_old_settings_after_the_new_ones() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(4);
        try (SeContainer container = Containers.start(Pair.class);
                CapturedLog log = new CapturedLog(Events.class)) {
            Pair pair = container.select(Pair.class).get();
            SeawallTargets targets = targets(container);
            for (int round = 0; round < 300; round++) {
                List<Future<?>> asked = new ArrayList<>();
                for (int caller = 0; caller < 4; caller++) {
                    asked.add(callers.submit(() -> askUntilNew(pair)));
                }
                property("seawall.pair.fallback", "other");
                targets.reread("pair");
                for (Future<?> caller : asked) {
                    caller.get(60, TimeUnit.SECONDS);
                }
                property("seawall.pair.fallback", "old");
                targets.reread("pair");
            }
            assertThat(log.lines()).hasSize(600);
        } finally {
            callers.shutdownNow();
        }
    }

    private static void askUntilNew(Pair pair) {
        for (int met = 0; met < 100; ) {
            for (String answer : List.of(pair.one(), pair.two())) {
                assertThat(met > 0 && answer.equals("old")).as("old after new").isFalse();
                met += answer.equals("other") ? 1 : 0;
            }
        }
    }

    @ApplicationScoped
    static class TwoRules {

        @Resilient(target = "two", breaker = @Breaker(failures = 3))
        void one() {}

        @Resilient(target = "two", breaker = @Breaker(failures = 4))
        void two() {}
    }

    @Test
    void methods_that_agree_only_by_a_setting_contradict_each_other_without_it() {
        property("seawall.two.breaker.failures", "5");
        try (SeContainer container = Containers.start(TwoRules.class)) {
            System.clearProperty("seawall.two.breaker.failures");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> targets(container).reread("two"))
                    .withMessageContainingAll(
                            "'breaker.failures'", "TwoRules.one", "TwoRules.two", "share one circuit");
            assertThat(targets(container).settings("two"))
                    .allSatisfy(line -> assertThat(line).contains("breaker.failures=5 (system property"));
        }
    }

    /** A server's, which may ask for the application of the thread, and whose values may change. */
    private static final class ServersConfig extends ConfigProviderResolver {

        private final Map<String, String> values = new HashMap<>();
        private final Set<ClassLoader> askedBy = new HashSet<>();

        @Override
        public Config getConfig() {
            return (Config) Proxy.newProxyInstance(
                    Config.class.getClassLoader(), new Class<?>[] {Config.class}, (proxy, method, arguments) -> {
                        askedBy.add(Thread.currentThread().getContextClassLoader());
                        return method.getName().equals("getOptionalValue")
                                ? Optional.ofNullable(values.get((String) arguments[0]))
                                : List.of();
                    });
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
    void microprofile_config_is_asked_as_the_application() {
        ConfigProviderResolver before = ConfigProviderResolver.instance();
        ServersConfig config = new ServersConfig();
        ConfigProviderResolver.setInstance(config);
        ClassLoader application = Thread.currentThread().getContextClassLoader();
        try (SeContainer container = Containers.start(Bank.class)) {
            SeawallTargets targets = targets(container);
            config.values.put("seawall.bank.retry.maxRetries", "3");
            Thread.currentThread().setContextClassLoader(null);
            try {
                targets.reread("bank");
            } finally {
                Thread.currentThread().setContextClassLoader(application);
            }
            assertThat(attempts(container)).isEqualTo(4);
            assertThat(config.askedBy).containsExactly(application);
        } finally {
            ConfigProviderResolver.setInstance(before);
        }
    }

    @ApplicationScoped
    static class Catalogue {

        private boolean down;

        void down() {
            down = true;
        }

        @Resilient(
                target = "catalogue",
                retry = @Retry(maxRetries = 0),
                breaker = @Breaker(failures = 0),
                stale = @Stale(maxAge = "1h"))
        String find(String name) {
            if (down) {
                throw new IllegalStateException("down");
            }
            return name;
        }
    }

    @Test
    void last_good_answers_outlast_other_settings_unless_there_are_to_be_none() {
        try (SeContainer container = Containers.start(Catalogue.class)) {
            Catalogue catalogue = container.select(Catalogue.class).get();
            catalogue.find("shoes");
            catalogue.down();

            property("seawall.catalogue.timeout", "1s");
            assertThat(targets(container).reread("catalogue")).isNotEmpty();
            assertThat(catalogue.find("shoes")).isEqualTo("shoes");

            property("seawall.catalogue.stale.maxAge", "2h");
            assertThat(targets(container).reread("catalogue")).isNotEmpty();
            assertThat(catalogue.find("shoes")).isEqualTo("shoes");

            property("seawall.catalogue.stale.maxEntries", "0");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> targets(container).reread("catalogue"));
            assertThat(catalogue.find("shoes")).isEqualTo("shoes");

            System.clearProperty("seawall.catalogue.stale.maxEntries");
            property("seawall.catalogue.stale.maxAge", "");
            assertThat(targets(container).reread("catalogue")).isNotEmpty();
            assertThatThrownBy(() -> catalogue.find("shoes")).hasMessage("down");

            System.clearProperty("seawall.catalogue.stale.maxAge");
            assertThat(targets(container).reread("catalogue")).isNotEmpty();
            assertThatThrownBy(() -> catalogue.find("shoes")).as("forgotten").hasMessage("down");
        }
    }

    @Test
    void what_would_do_nothing_for_any_method_of_the_target_changes_nothing() {
        try (SeContainer container = Containers.start(Bank.class)) {
            property("seawall.bank.bulkhead.maxWait", "10ms");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> targets(container).reread("bank"))
                    .withMessageContainingAll("maxWait is 10ms", "system property 'seawall.bank.bulkhead.maxWait'");
            assertThat(targets(container).settings("bank"))
                    .allSatisfy(line -> assertThat(line).contains("bulkhead.maxWait=none"));
        }
    }
}
