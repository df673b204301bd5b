package io.seawall.interceptors.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** Which place counts, and what is said of keys that mean nothing. */
class OverridesTest {

    private static final List<String> MEMBERS = List.of("timeout", "breaker.within", "breaker.openFor");

    private static Overrides overrides(Properties systemProperties, Map<String, String> environment) {
        return new Overrides(
                new SystemProperties(systemProperties),
                new Environment(environment),
                MicroProfileSettings.none(),
                new PropertiesFile(new Properties(), null));
    }

    @Test
    void the_environment_counts_where_no_system_property_is() {
        Properties properties = new Properties();
        Overrides overrides = overrides(
                properties, Map.of("SEAWALL_PAY_MENTS_BREAKER_OPENFOR", "10s", "SEAWALL_OTHER_TIMEOUT", "1s"));
        assertThat(overrides.find("pay-ments", "breaker.openFor"))
                .isEqualTo(new Overrides.Setting("environment variable 'SEAWALL_PAY_MENTS_BREAKER_OPENFOR'", "10s"));
        assertThat(overrides.find("pay-ments", "timeout")).isNull();
        properties.setProperty("seawall.pay-ments.breaker.openFor", "20s");
        assertThat(overrides.find("pay-ments", "breaker.openFor"))
                .isEqualTo(new Overrides.Setting("system property 'seawall.pay-ments.breaker.openFor'", "20s"));
    }

    @Test
    void an_unknown_member_in_the_environment_may_be_somebody_elses_and_is_only_told() {
        Overrides overrides = overrides(
                new Properties(),
                Map.of("SEAWALL_PAYMENTS_SERVICE_HOST", "10.0.0.1", "SEAWALL_PAYMENTS_BREAKER_WITHIN", "1s"));
        assertThat(overrides.unknownMembers(List.of("payments"), MEMBERS)).isEmpty();
        assertThat(overrides.suspects(List.of("payments"), MEMBERS))
                .singleElement()
                .asString()
                .contains("environment variable 'SEAWALL_PAYMENTS_SERVICE_HOST'");
    }

    @Test
    void a_blank_variable_is_one_that_is_not_set() {
        Overrides overrides = overrides(new Properties(), Map.of("SEAWALL_PAYMENTS_TIMEOUT", " "));
        assertThat(overrides.find("payments", "timeout")).isNull();
    }

    @Test
    void a_target_whose_name_begins_with_another_is_told_apart_also_if_it_is_another_applications() {
        Properties properties = new Properties();
        properties.setProperty("seawall.shop.payments.timeout", "1s");
        Overrides overrides = overrides(properties, Map.of());
        assertThat(overrides.unknownMembers(List.of("shop", "shop.payments"), MEMBERS))
                .isEmpty();
        assertThat(overrides.unknownMembers(List.of("shop"), MEMBERS)).isEmpty();
    }

    @Test
    void a_member_in_the_wrong_group_is_no_member_of_another_target() {
        Properties properties = new Properties();
        properties.setProperty("seawall.payments.breaker.timeout", "1s");
        Overrides overrides = overrides(properties, Map.of("SEAWALL_PAYMENTS_BREAKER_TIMEOUT", "1s"));
        assertThat(overrides.unknownMembers(List.of("payments"), MEMBERS))
                .singleElement()
                .asString()
                .contains("'seawall.payments.breaker.timeout'");
        assertThat(overrides.suspects(List.of("payments"), MEMBERS)).hasSize(1);
    }

    @Test
    void settings_of_health_are_no_targets() {
        Properties properties = new Properties();
        properties.setProperty("seawall.health.critical", "payments");
        Properties file = new Properties();
        file.setProperty("seawall.health.store-grace", "5s");
        Overrides overrides = new Overrides(
                new SystemProperties(properties),
                new Environment(Map.of("SEAWALL_HEALTH_CRITICAL_STORE", "true")),
                MicroProfileSettings.none(),
                new PropertiesFile(file, null));
        for (List<String> targets : List.of(List.of("payments"), List.of("health"))) {
            assertThat(overrides.unknownMembers(targets, MEMBERS)).isEmpty();
            assertThat(overrides.suspects(targets, MEMBERS)).isEmpty();
        }
        assertThat(overrides.find("seawall.health.critical"))
                .isEqualTo(new Overrides.Setting("system property 'seawall.health.critical'", "payments"));
        assertThat(overrides.unknownKeys("seawall.health.", List.of("critical", "store-grace")))
                .isEmpty();
        assertThat(overrides.unknownKeys("seawall.health.", List.of("critical")))
                .containsExactly(
                        "key 'seawall.health.store-grace' of seawall.properties is no setting: use one of critical"
                                + " after 'seawall.health.', or remove it");
    }
}
