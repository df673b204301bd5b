package io.seawall;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may know whom: the house of docs/design/house.md. */
@AnalyzeClasses(packages = "io.seawall", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String JDK = "java..";
    private static final String NULLNESS = "org.jspecify.annotations..";
    private static final String TIME = "io.seawall.time";
    private static final String RATELIMIT = "io.seawall.ratelimit";
    private static final String RESILIENCE = "io.seawall.resilience";

    @ArchTest
    static final ArchRule no_package_depends_on_itself_through_others =
            slices().matching("io.seawall.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule durations_know_the_jdk_only = knows(TIME, JDK, NULLNESS);

    @ArchTest
    static final ArchRule limits_know_neither_resilience_nor_any_adapter = knows(RATELIMIT, JDK, NULLNESS, TIME);

    @ArchTest
    static final ArchRule strategies_know_the_jdk_only = knows(RESILIENCE, JDK, NULLNESS);

    @ArchTest
    static final ArchRule retry_knows_no_other_pattern = knowsAsPattern("retry");

    @ArchTest
    static final ArchRule circuit_breaker_knows_no_other_pattern = knowsAsPattern("circuitbreaker");

    @ArchTest
    static final ArchRule timeout_knows_no_other_pattern = knowsAsPattern("timeout");

    @ArchTest
    static final ArchRule fallback_knows_no_other_pattern = knowsAsPattern("fallback");

    @ArchTest
    static final ArchRule only_the_pipeline_knows_all_patterns =
            knows(RESILIENCE + ".pipeline", JDK, NULLNESS, TIME, RESILIENCE + "..");

    @ArchTest
    static final ArchRule the_redis_store_knows_limits_and_its_client =
            knows("io.seawall.redis", JDK, NULLNESS, TIME, RATELIMIT, "redis.clients..", "org.apache.commons.pool2..");

    @ArchTest
    static final ArchRule only_one_class_knows_jedis = noClasses()
            .that()
            .doNotHaveSimpleName("JedisConnections")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("redis.clients..", "org.apache.commons.pool2..");

    @ArchTest
    static final ArchRule the_filter_knows_limits_stores_and_servlets =
            knows("io.seawall.filter", JDK, NULLNESS, TIME, RATELIMIT, "io.seawall.redis", "jakarta.servlet..");

    @ArchTest
    static final ArchRule the_interceptors_know_resilience_and_cdi = knows(
            "io.seawall.interceptors",
            JDK,
            NULLNESS,
            TIME,
            RESILIENCE + "..",
            "jakarta.enterprise..",
            "jakarta.inject..",
            "jakarta.interceptor..",
            "jakarta.annotation..");

    @ArchTest
    static final ArchRule time_and_chance_come_in_by_the_door = noClasses()
            .that()
            // The one place each where the system's clock is the default.
            .doNotHaveSimpleName("InMemoryLimitStore")
            .and()
            .doNotHaveSimpleName("Targets")
            .should()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callMethod(Math.class, "random");

    @ArchTest
    static final ArchRule nothing_stays_behind_in_a_thread =
            noClasses().should().dependOnClassesThat().areAssignableTo(ThreadLocal.class);

    @ArchTest
    static final ArchRule static_state_is_final =
            fields().that().areStatic().and().doNotHaveName("$VALUES").should().beFinal();

    @ArchTest
    static final ArchRule request_data_meets_no_regular_expression = noClasses()
            .that()
            .resideInAPackage("io.seawall.filter")
            .should()
            .dependOnClassesThat(resideInAPackage("java.util.regex"));

    private static ArchRule knowsAsPattern(String pattern) {
        String own = RESILIENCE + "." + pattern;
        return knows(own, JDK, NULLNESS, TIME, RESILIENCE);
    }

    private static ArchRule knows(String own, String... others) {
        String[] allowed = new String[others.length + 1];
        allowed[0] = own;
        System.arraycopy(others, 0, allowed, 1, others.length);
        return classes()
                .that()
                .resideInAPackage(own)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed);
    }
}
