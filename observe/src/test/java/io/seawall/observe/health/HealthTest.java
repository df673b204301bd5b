package io.seawall.observe.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import io.seawall.interceptors.SeawallTargets;
import io.seawall.observe.health.HealthReport.State;
import io.seawall.test.CapturedLog;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What an application is ready for, by a clock that the test moves. */
class HealthTest {

    private final FakeTargets targets = new FakeTargets("inventory", "payments");
    private final Map<String, Boolean> stores = new TreeMap<>();
    private boolean draining;
    private long nanos = Long.MAX_VALUE - 1; // it may wrap

    private Health health(Set<String> critical, boolean isStoreCritical, Duration grace) {
        return health(targets, critical, isStoreCritical, grace);
    }

    private Health health(SeawallTargets of, Set<String> critical, boolean isStoreCritical, Duration grace) {
        Health.Sources sources = new Health.Sources() {
            @Override
            public SeawallTargets targets() {
                return of;
            }

            @Override
            public Map<String, Boolean> stores() {
                return stores;
            }
        };
        return new Health(new HealthSettings(critical, isStoreCritical, grace), () -> draining, sources, () -> nanos);
    }

    private Health started(Set<String> critical) {
        Health health = health(critical, false, Duration.ZERO);
        health.start();
        return health;
    }

    @Test
    void it_is_not_ready_until_it_has_started() {
        Health health = health(Set.of(), false, Duration.ZERO);
        assertThat(health.look()).isEqualTo(new HealthReport(State.STARTING, List.of()));
        assertThat(health.look().isReady()).isFalse();

        health.start();

        assertThat(health.look().state()).isEqualTo(State.SERVING);
        assertThat(health.look().isReady()).isTrue();
    }

    @Test
    void it_is_not_ready_while_it_drains() {
        Health health = started(Set.of());
        draining = true;
        assertThat(health.look().state()).isEqualTo(State.DRAINING);
        assertThat(health.look().isReady()).isFalse();
        draining = false;
        assertThat(health.look().isReady()).isTrue();
    }

    @Test
    void an_open_circuit_of_a_target_that_is_not_critical_is_told_and_does_no_more() {
        Health health = started(Set.of("payments"));
        targets.forceOpen("inventory");
        assertThat(health.look().isReady()).isTrue();
        assertThat(health.look().data())
                .isEqualTo(Map.of("state", "serving", "impaired", "target inventory: circuit open"));
    }

    @Test
    void an_open_circuit_of_a_critical_target_makes_it_not_ready_until_it_lets_calls_through() {
        Health health = started(Set.of("payments"));
        targets.forceOpen("payments");
        assertThat(health.look().isReady()).isFalse();
        assertThat(health.look().data()).isEqualTo(Map.of("state", "serving", "down", "target payments: circuit open"));
        targets.reset("payments");
        assertThat(health.look().isReady()).isTrue();
    }

    @Test
    void a_store_that_is_away_counts_only_if_it_is_critical_and_only_after_its_grace() {
        Health health = health(Set.of(), true, Duration.ofSeconds(10));
        health.start();
        stores.put("api", false);
        assertThat(health.look().isReady()).isTrue();
        nanos += Duration.ofSeconds(10).toNanos() - 1;
        assertThat(health.look().isReady()).isTrue();
        nanos += 1;
        assertThat(health.look().isReady()).isFalse();
        assertThat(health.look().data()).containsEntry("down", "store api: away for 10 s");

        stores.put("api", true);
        assertThat(health.look().isReady()).isTrue();
        stores.put("api", false);
        assertThat(health.look().isReady()).as("the grace begins anew").isTrue();
    }

    @Test
    void a_store_that_is_away_and_not_critical_is_told() {
        Health health = started(Set.of());
        stores.put("api", false);
        assertThat(health.look().isReady()).isTrue();
        assertThat(health.look().data()).containsEntry("impaired", "store api: away for 0 s");
    }

    @Test
    void the_answer_stays_small_however_many_circuits_are_open() {
        FakeTargets many = new FakeTargets(
                IntStream.range(0, 1000).mapToObj(i -> "target-" + i).toArray(String[]::new));
        many.names().forEach(many::forceOpen);
        Health health = health(many, Set.of("target-7"), false, Duration.ZERO);
        health.start();

        assertThat(health.look().dependencies())
                .hasSize(1 + HealthReport.MOST_OTHERS)
                .filteredOn(DependencyHealth::critical)
                .extracting(DependencyHealth::name)
                .containsExactly("target-7");
    }

    @Test
    void a_critical_target_that_is_not_there_stops_the_deployment_once_targets_are_known() {
        Health known = health(Set.of("paymemts"), false, Duration.ZERO);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> known.requireKnown(List.of()))
                .withMessage(
                        "'critical' of the health of the application names [paymemts], and there is no such target:"
                                + " use one of [inventory, payments], or remove it");
    }

    @Test
    void a_critical_target_that_nobody_has_heard_of_does_not_count() {
        Health health = started(Set.of("paymemts"));
        assertThat(health.look().isReady()).isTrue();
    }

    @Test
    void a_critical_target_without_a_circuit_is_told_since_it_is_never_down() {
        targets.withoutCircuit.add("payments");
        Health health = started(Set.of("inventory", "payments"));
        try (CapturedLog log = new CapturedLog(Health.class)) {
            health.requireKnown(List.of());
            assertThat(log.lines())
                    .containsExactly(
                            "WARNING 'critical' of the health of the application names [payments], which has no"
                                    + " circuit breaker and so is never down: give it one, or remove it");
        }
        assertThat(health.look().dependencies())
                .extracting(DependencyHealth::name, DependencyHealth::up, DependencyHealth::words)
                .containsExactly(
                        tuple("inventory", true, "circuit lets calls through"),
                        tuple("payments", true, "has no circuit"));
    }
}
