package io.seawall.example;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.seawall.interceptors.Resilient;
import io.seawall.resilience.retry.Jitter;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules that every call of the shop to something else keeps, those that are still to be written too. */
class GuardedCallsTest {

    /** Calls nothing but guarded methods: it keeps their last answer. */
    private static final String MEMORY = "catalogue";

    /** What may be done with the ways out of the shop by anybody; all else is a call, also what they do not have yet. */
    private static final Set<String> NO_CALLS = Set.of(JavaConstructor.CONSTRUCTOR_NAME, "close");

    private static final Path CLASSES = Path.of("target/classes/io/seawall/example");

    /** Beginnings of names of classes. */
    private static final List<String> WAYS_OUT = List.of(
            "java.net.http.HttpClient",
            "java.net.Socket",
            "java.net.URL",
            "java.nio.channels.",
            "java.sql.Connection",
            "javax.sql.",
            "jakarta.persistence.",
            "jakarta.ws.rs.client.",
            "jakarta.jms.",
            "jakarta.mail.");

    private static List<Resilient> calls() throws IOException {
        try (Stream<Path> files = Files.list(CLASSES)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(".class") && !name.equals("package-info.class"))
                    .flatMap(name -> Arrays.stream(methods(name.substring(0, name.length() - ".class".length()))))
                    .map(method -> method.getAnnotation(Resilient.class))
                    .filter(resilient ->
                            resilient != null && !resilient.target().equals(MEMORY))
                    .toList();
        }
    }

    private static Method[] methods(String className) {
        try {
            return Class.forName("io.seawall.example." + className).getDeclaredMethods();
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void every_dependency_has_a_circuit_of_its_own() throws IOException {
        assertThat(calls())
                .allMatch(call -> call.breaker().failures() > 0)
                .extracting(Resilient::target)
                .containsExactlyInAnyOrder("inventory", "payments", "catalogue-replica", "catalogue-primary", "search");
    }

    @Test
    void every_call_has_a_limit_of_time() throws IOException {
        assertThat(calls()).allMatch(call -> !call.timeout().isBlank());
        assertThat(calls())
                .filteredOn(call -> !call.interrupt())
                .as("whose wait the driver ends: DatabaseTest")
                .extracting(Resilient::target)
                .containsExactlyInAnyOrder("catalogue-replica", "catalogue-primary", "search");
    }

    /** Whoever writes a new call and forgets to guard it, hears of it here. */
    @Test
    void whatever_leaves_the_shop_is_in_a_guarded_method() {
        JavaClasses shop = new ClassFileImporter().importPath(CLASSES);
        List<JavaCodeUnit> callers = Stream.of(ServiceHttp.class, Database.class)
                .flatMap(way -> shop.get(way).getAccessesToSelf().stream() // calls, and references to methods
                        .filter(call -> !NO_CALLS.contains(call.getName()))
                        .filter(call -> !call.getOriginOwner().isEquivalentTo(way)))
                .map(JavaAccess::getOrigin)
                .toList();
        assertThat(callers).hasSizeGreaterThanOrEqualTo(5).allMatch(caller -> caller.isAnnotatedWith(Resilient.class));
        assertThat(shop.stream()
                        .filter(type -> !type.isEquivalentTo(ServiceHttp.class) && !type.isEquivalentTo(Database.class))
                        .filter(type -> !type.isEquivalentTo(StandInDatabase.class)) // is the database
                        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                        .map(dependency -> dependency.getTargetClass().getName()))
                .as("other ways out")
                .noneMatch(name -> WAYS_OUT.stream().anyMatch(name::startsWith));
    }

    @Test
    void every_retry_waits_at_random_and_within_a_budget() throws IOException {
        List<Resilient> retried =
                calls().stream().filter(call -> call.retry().maxRetries() > 0).collect(Collectors.toList());
        assertThat(retried)
                .hasSize(4)
                .allMatch(call -> call.retry().jitter() == Jitter.FULL)
                .noneMatch(call -> call.retry().budget().equals("none"));
    }
}
