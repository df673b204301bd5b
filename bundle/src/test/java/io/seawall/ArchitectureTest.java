package io.seawall;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.members;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.Externalizable;
import java.io.ObjectInputStream;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Who may know whom: the house of docs/design/house.md. */
@AnalyzeClasses(packages = "io.seawall", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String JDK = "java..";
    private static final String NULLNESS = "org.jspecify.annotations..";
    private static final String TIME = "io.seawall.time";
    private static final String FOR_THE_JDK = "io.seawall.jdk";
    private static final String HTTP = "io.seawall.http";
    private static final String METRICS = "io.seawall.metrics";
    private static final String EVENTS = "io.seawall.events";
    private static final String RATELIMIT = "io.seawall.ratelimit";
    private static final String RESILIENCE = "io.seawall.resilience";
    private static final String FILTER = "io.seawall.filter";
    private static final String OBSERVE = "io.seawall.observe";
    private static final String SERVLETS = "jakarta.servlet..";

    @ArchTest
    static final ArchRule no_package_depends_on_itself_through_others =
            slices().matching("io.seawall.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule durations_know_the_jdk_only = knows(TIME, JDK, NULLNESS);

    @ArchTest
    static final ArchRule what_is_cleared_away_in_the_jdk_knows_the_jdk_only = knows(FOR_THE_JDK, JDK, NULLNESS);

    @ArchTest
    static final ArchRule what_is_said_over_http_knows_the_jdk_only = knows(HTTP, JDK, NULLNESS);

    @ArchTest
    static final ArchRule what_is_counted_knows_the_jdk_only = knows(METRICS, JDK, NULLNESS);

    @ArchTest
    static final ArchRule what_happens_knows_how_durations_are_written = knows(EVENTS, JDK, NULLNESS, TIME);

    @ArchTest
    static final ArchRule what_is_shown_by_jmx_knows_what_is_counted =
            knows(METRICS + ".jmx", JDK, NULLNESS, METRICS, "javax.management");

    @ArchTest
    static final ArchRule limits_know_neither_resilience_nor_any_adapter =
            knows(RATELIMIT, JDK, NULLNESS, TIME, METRICS);

    @ArchTest
    static final ArchRule strategies_know_the_jdk_only = knows(RESILIENCE, JDK, NULLNESS);

    @ArchTest
    static final ArchRule alarms_know_the_jdk_only = knows(RESILIENCE + ".timer", JDK, NULLNESS);

    @ArchTest
    static final ArchRule a_pattern_knows_no_other_pattern = slices().matching("io.seawall.resilience.(*)")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(resideInAPackage(RESILIENCE + ".pipeline"), DescribedPredicate.alwaysTrue())
            .ignoreDependency(DescribedPredicate.alwaysTrue(), resideInAPackage(RESILIENCE + ".timer"));

    @ArchTest
    static final ArchRule resilience_knows_neither_limits_nor_any_adapter =
            knows(RESILIENCE + "..", JDK, NULLNESS, TIME, METRICS, EVENTS);

    /** A pattern says to whom it was given what has happened; the pipeline makes an event of it. */
    @ArchTest
    static final ArchRule only_the_pipeline_tells_of_events = noClasses()
            .that()
            .resideInAPackage(RESILIENCE + "..")
            .and()
            .resideOutsideOfPackage(RESILIENCE + ".pipeline")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(EVENTS);

    /** It would lock out others for as long as it takes, and every call of a storm would wait there. */
    @ArchTest
    static final ArchRule no_call_computes_in_a_map = noClasses()
            .that(resideInAPackage(RESILIENCE + "..")
                    .and(DescribedPredicate.not(resideInAPackage(RESILIENCE + ".pipeline")))
                    .or(simpleName("Pipeline"))
                    .or(simpleName("ResilientInterceptor")))
            .should()
            .callMethodWhere(DescribedPredicate.describe(
                    "compute, computeIfAbsent, computeIfPresent or merge of a map",
                    call -> call.getTargetOwner().isAssignableTo(Map.class)
                            && (call.getName().startsWith("compute")
                                    || call.getName().equals("merge"))));

    @ArchTest
    static final ArchRule kept_answers_know_their_spi_and_caffeine =
            knows("io.seawall.cache", JDK, NULLNESS, RESILIENCE + ".stale", "com.github.benmanes.caffeine.cache");

    @ArchTest
    static final ArchRule only_kept_answers_know_caffeine = noClasses()
            .that()
            .resideOutsideOfPackage("io.seawall.cache")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.github.benmanes..");

    @ArchTest
    static final ArchRule the_redis_store_knows_limits_and_its_client = knows(
            "io.seawall.redis",
            JDK,
            "javax.net.ssl",
            NULLNESS,
            TIME,
            METRICS,
            RATELIMIT,
            "redis.clients..",
            "org.apache.commons.pool2..");

    @ArchTest
    static final ArchRule nothing_is_read_by_java_serialization =
            noClasses().should().dependOnClassesThat().belongToAnyOf(ObjectInputStream.class, Externalizable.class);

    @ArchTest
    static final ArchRule only_one_class_knows_jedis = noClasses()
            .that()
            .doNotHaveSimpleName("RedisConnection")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("redis.clients..", "org.apache.commons.pool2..");

    @ArchTest
    static final ArchRule the_filter_knows_limits_stores_and_servlets = knows(
            FILTER + "..",
            JDK,
            NULLNESS,
            TIME,
            FOR_THE_JDK,
            METRICS,
            METRICS + ".jmx",
            EVENTS,
            RATELIMIT,
            "io.seawall.redis",
            SERVLETS);

    @ArchTest
    static final ArchRule filters_in_jmx_know_no_other_room =
            knows(FILTER + ".jmx", JDK, NULLNESS, METRICS, METRICS + ".jmx");

    @ArchTest
    static final ArchRule settings_of_the_filter_know_no_other_room =
            knows(FILTER + ".settings", JDK, NULLNESS, SERVLETS);

    @ArchTest
    static final ArchRule what_caches_are_told_knows_neither_limits_nor_clients =
            knows(FILTER + ".caching", JDK, NULLNESS, TIME, FILTER + ".settings", SERVLETS);

    @ArchTest
    static final ArchRule who_the_client_is_knows_neither_routes_nor_answers =
            knows(FILTER + ".client", JDK, NULLNESS, FILTER + ".settings", RATELIMIT, SERVLETS);

    @ArchTest
    static final ArchRule what_a_request_is_knows_who_the_client_is =
            knows(FILTER + ".route", JDK, NULLNESS, FILTER + ".settings", FILTER + ".client", RATELIMIT, SERVLETS);

    @ArchTest
    static final ArchRule answers_know_neither_clients_nor_routes =
            knows(FILTER + ".answer", JDK, NULLNESS, FILTER + ".settings", RATELIMIT, SERVLETS);

    @ArchTest
    static final ArchRule what_administrators_are_told_knows_no_other_room =
            knows(FILTER + ".admin", JDK, NULLNESS, SERVLETS);

    @ArchTest
    static final ArchRule the_interceptors_know_resilience_and_cdi = knows(
            "io.seawall.interceptors",
            JDK,
            NULLNESS,
            TIME,
            FOR_THE_JDK,
            METRICS,
            EVENTS,
            "io.seawall.cache",
            RESILIENCE + "..",
            "io.seawall.interceptors.jmx",
            "io.seawall.interceptors.observers",
            "io.seawall.interceptors.servlet",
            "io.seawall.interceptors.settings",
            "io.seawall.interceptors.threads",
            "io.seawall.interceptors.transaction",
            "jakarta.enterprise..",
            "jakarta.inject..",
            "jakarta.interceptor..",
            "jakarta.decorator..",
            "jakarta.annotation..",
            "jakarta.ejb..",
            "jakarta.servlet..");

    @ArchTest
    static final ArchRule the_filter_of_answers_knows_rejections_and_servlets =
            knows("io.seawall.interceptors.servlet", JDK, NULLNESS, HTTP, RESILIENCE, SERVLETS);

    @ArchTest
    static final ArchRule settings_know_microprofile_config =
            knows("io.seawall.interceptors.settings", JDK, NULLNESS, "org.eclipse.microprofile.config");

    @ArchTest
    static final ArchRule what_operators_see_knows_targets = knows(
            "io.seawall.interceptors.jmx",
            JDK,
            NULLNESS,
            METRICS,
            METRICS + ".jmx",
            RESILIENCE + ".pipeline",
            RESILIENCE + ".circuitbreaker",
            RESILIENCE + ".bulkhead",
            RESILIENCE + ".retry",
            "javax.naming");

    @ArchTest
    static final ArchRule one_package_knows_jmx = noClasses()
            .that()
            .resideOutsideOfPackage(METRICS + ".jmx")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("javax.management..", "java.lang.management..");

    @ArchTest
    static final ArchRule threads_of_servers_know_names_and_the_engine = knows(
            "io.seawall.interceptors.threads",
            JDK,
            NULLNESS,
            EVENTS,
            RESILIENCE,
            RESILIENCE + ".pipeline",
            RESILIENCE + ".timer",
            "javax.naming");

    @ArchTest
    static final ArchRule observers_are_told_by_cdi =
            knows("io.seawall.interceptors.observers", JDK, NULLNESS, METRICS, EVENTS, "jakarta.enterprise..");

    @ArchTest
    static final ArchRule attempts_in_transactions_know_transactions_and_ejb = knows(
            "io.seawall.interceptors.transaction",
            JDK,
            NULLNESS,
            RESILIENCE,
            "javax.naming",
            "jakarta.enterprise.inject.spi",
            "jakarta.interceptor",
            "jakarta.ejb",
            "jakarta.transaction");

    /** They would have to be loaded for a look at the members of a class, and stop the start where they are missing. */
    @ArchTest
    static final ArchRule what_not_every_server_has_is_in_no_signature_of_a_bean_archive = members()
            .that()
            .areDeclaredInClassesThat(resideInAPackage("io.seawall.interceptors..")
                    // which beans.xml excludes where there are no servlets, or no EJBs
                    .and(DescribedPredicate.not(simpleName("AnnotatedClasses")))
                    .and(DescribedPredicate.not(resideInAPackage("io.seawall.interceptors.servlet")))
                    .and(DescribedPredicate.not(simpleName("EjbExceptionMapper"))))
            .should(new ArchCondition<JavaMember>("name only what every server has") {
                @Override
                public void check(JavaMember member, ConditionEvents events) {
                    typesOf(member)
                            .filter(resideInAnyPackage(
                                    "jakarta.ejb..", "jakarta.transaction..", "jakarta.servlet..", "org.eclipse.."))
                            .forEach(type -> events.add(
                                    SimpleConditionEvent.violated(member, member.getFullName() + " names " + type)));
                }
            });

    private static Stream<JavaClass> typesOf(JavaMember member) {
        return member instanceof JavaCodeUnit code
                ? Stream.concat(Stream.of(code.getRawReturnType()), code.getRawParameterTypes().stream())
                : Stream.of(((JavaField) member).getRawType());
    }

    @ArchTest
    static final ArchRule answers_of_rest_resources_know_rejections_and_rest = knows(
            "io.seawall.interceptors.rest",
            JDK,
            NULLNESS,
            HTTP,
            RESILIENCE,
            "jakarta.ws.rs..",
            "jakarta.annotation",
            "jakarta.ejb");

    @ArchTest
    static final ArchRule nothing_but_the_answers_of_rest_resources_knows_rest = noClasses()
            .that()
            .resideOutsideOfPackage("io.seawall.interceptors.rest")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta.ws.rs..", "io.seawall.interceptors.rest");

    @ArchTest
    static final ArchRule what_is_shown_knows_what_is_counted_servlets_and_prometheus =
            knows(OBSERVE, JDK, NULLNESS, METRICS, SERVLETS, "io.prometheus..");

    @ArchTest
    static final ArchRule meters_of_micrometer_know_what_is_counted =
            knows(OBSERVE + ".micrometer", JDK, NULLNESS, METRICS, OBSERVE, "jakarta.servlet", "io.micrometer..");

    @ArchTest
    static final ArchRule meters_of_opentelemetry_know_what_is_counted = knows(
            OBSERVE + ".opentelemetry", JDK, NULLNESS, METRICS, OBSERVE, "jakarta.servlet", "io.opentelemetry.api..");

    @ArchTest
    static final ArchRule bridges_know_where_they_lead_and_cdi = knows(
            OBSERVE + ".bridge",
            JDK,
            NULLNESS,
            OBSERVE + ".micrometer",
            OBSERVE + ".opentelemetry",
            "jakarta.servlet",
            "jakarta.enterprise..",
            "io.micrometer.core.instrument",
            "io.opentelemetry.api.metrics");

    /** Or it could not be loaded where they are not: these are loaded after a look whether they are there. */
    @ArchTest
    static final ArchRule only_their_bridges_know_micrometer_and_opentelemetry = noClasses()
            .that()
            .resideOutsideOfPackages(OBSERVE + ".micrometer", OBSERVE + ".opentelemetry")
            .and()
            .doNotHaveSimpleName("MicrometerBridge")
            .and()
            .doNotHaveSimpleName("OpenTelemetryBridge")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.micrometer..", "io.opentelemetry..");

    @ArchTest
    static final ArchRule health_knows_targets_and_filters = knows(
            "io.seawall.observe.health",
            JDK,
            NULLNESS,
            TIME,
            FILTER,
            FILTER + ".admin",
            FILTER + ".settings",
            "io.seawall.interceptors",
            "io.seawall.interceptors.settings",
            SERVLETS,
            "jakarta.enterprise..",
            METRICS + ".jmx",
            "org.eclipse.microprofile.health");

    @ArchTest
    static final ArchRule one_class_knows_microprofile_health = noClasses()
            .that()
            .doNotHaveSimpleName("MicroProfileHealth")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.eclipse.microprofile.health..");

    /** Every servlet is off unless its user declares it. */
    @ArchTest
    static final ArchRule nothing_declares_itself = noClasses()
            .should()
            .beAnnotatedWith("jakarta.servlet.annotation.WebServlet")
            .orShould()
            .beAnnotatedWith("jakarta.servlet.annotation.WebFilter")
            .orShould()
            .callMethodWhere(DescribedPredicate.describe(
                    "ServletContext.addServlet", call -> call.getName().equals("addServlet")));

    @ArchTest
    static final ArchRule the_console_knows_what_it_shows_and_steers = knows(
            "io.seawall.observe.console",
            JDK,
            NULLNESS,
            METRICS,
            SERVLETS,
            "io.seawall.events",
            RATELIMIT,
            RESILIENCE + ".circuitbreaker",
            FILTER,
            FILTER + ".admin",
            FILTER + ".client",
            FILTER + ".settings",
            "io.seawall.interceptors",
            "io.seawall.observe",
            "io.seawall.observe.health",
            "com.google.gson..");

    @ArchTest
    static final ArchRule only_the_console_knows_gson = noClasses()
            .that()
            .resideOutsideOfPackage("io.seawall.observe.console")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.google.gson..", "io.seawall.observe.console");

    @ArchTest
    static final ArchRule only_what_is_shown_knows_prometheus = noClasses()
            .that()
            .resideOutsideOfPackage(OBSERVE + "..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.prometheus..", OBSERVE + "..");

    /** Called or referred to, as in {@code System::nanoTime}. */
    private static final Set<String> CLOCKS_AND_CHANCE = Set.of(
            "java.lang.System.nanoTime",
            "java.lang.System.currentTimeMillis",
            "java.time.Instant.now",
            "java.lang.Thread.sleep",
            "java.util.concurrent.TimeUnit.sleep",
            "java.util.concurrent.ThreadLocalRandom.current",
            "java.lang.Math.random");

    @ArchTest
    static final ArchRule time_and_chance_come_in_by_the_door = noClasses()
            .that()
            // The one place each where the system's clock and chance are the default.
            .doNotHaveFullyQualifiedName("io.seawall.metrics.SampledDurations")
            .and()
            .doNotHaveFullyQualifiedName("io.seawall.ratelimit.InMemoryLimitStore")
            .and()
            .doNotHaveFullyQualifiedName("io.seawall.redis.RedisLimitStore")
            .and()
            .doNotHaveFullyQualifiedName("io.seawall.filter.RefusedClients")
            .and()
            // By the clock of sockets and parked threads, which is no other than the real one.
            .doNotHaveFullyQualifiedName("io.seawall.redis.Deadline")
            .and()
            .doNotHaveFullyQualifiedName("io.seawall.resilience.pipeline.Surroundings")
            .and()
            .doNotHaveFullyQualifiedName("io.seawall.observe.console.ConsoleServlet")
            .and()
            .doNotHaveFullyQualifiedName("io.seawall.observe.health.Health")
            .and()
            .doNotHaveFullyQualifiedName("io.seawall.observe.health.HealthExtension")
            .should()
            .accessTargetWhere(DescribedPredicate.describe(
                    "a clock or a source of chance",
                    access -> CLOCKS_AND_CHANCE.contains(access.getTargetOwner().getName() + "."
                            + access.getTarget().getName())));

    @ArchTest
    static final ArchRule nothing_stays_behind_in_a_thread = noClasses()
            .that()
            // Which takes away what it has put there.
            .doNotHaveFullyQualifiedName(RESILIENCE + ".RetriesOff")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(ThreadLocal.class);

    @ArchTest
    static final ArchRule static_state_is_final =
            fields().that().areStatic().and().doNotHaveName("$VALUES").should().beFinal();

    @ArchTest
    static final ArchRule request_data_meets_no_regular_expression = noClasses()
            .that()
            .resideInAPackage(FILTER + "..")
            .should()
            .dependOnClassesThat(resideInAPackage("java.util.regex"));

    /** It would ask the name server about what a client sends, and reads 127.1 as an address. */
    @ArchTest
    static final ArchRule request_data_is_never_looked_up_as_a_name = noClasses()
            .that()
            .resideInAPackage(FILTER + "..")
            .should()
            .dependOnClassesThat()
            .haveNameMatching("java\\.net\\.Inet.*");

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
