package io.seawall;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in the one jar. How it runs: {@link ClassPathsIT}. */
class BundleIT {

    private static final Path JAR = Path.of(System.getProperty("seawall.bundle"));
    private static final String SHADED = "io.seawall.shaded.";
    private static final String SERVICES = "META-INF/services/";

    /** A list to be thought over when it grows: users may compile against what is in it. */
    private static final Set<String> PUBLIC_PACKAGES = Set.of(
            "io.seawall.cache",
            "io.seawall.events",
            "io.seawall.filter",
            "io.seawall.filter.admin",
            "io.seawall.filter.answer",
            "io.seawall.filter.caching",
            "io.seawall.filter.client",
            "io.seawall.filter.jmx",
            "io.seawall.filter.route",
            "io.seawall.filter.settings",
            "io.seawall.http",
            "io.seawall.interceptors",
            "io.seawall.interceptors.jmx",
            "io.seawall.interceptors.observers",
            "io.seawall.interceptors.rest",
            "io.seawall.interceptors.servlet",
            "io.seawall.interceptors.settings",
            "io.seawall.interceptors.threads",
            "io.seawall.interceptors.transaction",
            "io.seawall.jdk",
            "io.seawall.metrics",
            "io.seawall.metrics.jmx",
            "io.seawall.observe",
            "io.seawall.observe.health",
            "io.seawall.observe.bridge",
            "io.seawall.observe.micrometer",
            "io.seawall.observe.opentelemetry",
            "io.seawall.observe.console",
            "io.seawall.ratelimit",
            "io.seawall.redis",
            "io.seawall.resilience",
            "io.seawall.resilience.bulkhead",
            "io.seawall.resilience.chaos",
            "io.seawall.resilience.circuitbreaker",
            "io.seawall.resilience.fallback",
            "io.seawall.resilience.pipeline",
            "io.seawall.resilience.retry",
            "io.seawall.resilience.stale",
            "io.seawall.resilience.timeout",
            "io.seawall.resilience.timer",
            "io.seawall.time");

    /** Annotations that nobody reads at run time, and what only parts of Jedis need that are left out, too. */
    private static final Set<String> LEFT_OUT =
            Set.of("org.jspecify:jspecify", "com.google.errorprone:error_prone_annotations", "org.json:json");

    private static JarContents jar;

    @BeforeAll
    static void unpack() throws IOException {
        jar = JarContents.of(JAR);
    }

    @Test
    void everything_in_it_is_ours_or_moved_out_of_everybodys_way() {
        assertThat(jar.files().keySet())
                .allMatch(name -> name.startsWith("io/seawall/") || name.startsWith("META-INF/"))
                .noneMatch(name -> name.startsWith("META-INF/versions/"))
                .noneMatch(name -> name.endsWith("module-info.class"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "com.github.benmanes",
                "redis.clients",
                "org.apache.commons.pool2",
                "org.slf4j",
                "com.google.gson",
                "io.prometheus"
            })
    void nothing_in_it_names_a_library_by_the_name_that_it_had(String library) {
        assertThat(jar.classes().keySet()).anyMatch(name -> name.startsWith(SHADED + library + "."));
        String name = library.replace(".", "[./]");
        Pattern unmoved = Pattern.compile("(?<!io[./]seawall[./]shaded[./])(?<![\\w.])" + name + "[./]");
        jar.classes()
                .values()
                .forEach(type -> assertThat(type.texts())
                        .as(type.name())
                        .noneMatch(text ->
                                !isSentence(text) && unmoved.matcher(text).find()));
    }

    /** What is written for people is left as it was. */
    private static boolean isSentence(String text) {
        return text.contains(" ");
    }

    @Test
    void it_shades_no_library_that_the_test_above_does_not_know() {
        assertThat(jar.classes().keySet())
                .filteredOn(name -> name.startsWith(SHADED))
                .allMatch(name -> Stream.of(
                                "com.github.benmanes.",
                                "redis.clients.",
                                "org.apache.commons.pool2.",
                                "org.slf4j.",
                                "com.google.gson.",
                                "io.prometheus.")
                        .anyMatch(library -> name.startsWith(SHADED + library)));
    }

    @Test
    void cdi_finds_its_beans_and_its_extensions() {
        assertThat(jar.text("META-INF/beans.xml"))
                .contains("<beans ", "bean-discovery-mode=\"annotated\"", "version=\"3.0\"");
        assertThat(jar.text(SERVICES + "jakarta.enterprise.inject.spi.Extension")
                        .lines())
                .containsExactlyInAnyOrder(
                        "io.seawall.interceptors.ResilientExtension", "io.seawall.observe.health.HealthExtension");
    }

    @Test
    void servlet_containers_find_what_each_module_has_for_their_start() {
        assertThat(jar.text("META-INF/services/jakarta.servlet.ServletContainerInitializer")
                        .lines())
                .containsExactlyInAnyOrder(
                        "io.seawall.filter.FilterSettingsCheck",
                        "io.seawall.interceptors.AnnotatedClasses",
                        "io.seawall.observe.bridge.MetricsBridges",
                        "io.seawall.observe.health.HealthInitializer");
    }

    @Test
    void every_service_that_it_announces_is_in_it() {
        Map<String, List<String>> services = jar.files().keySet().stream()
                .filter(name -> name.startsWith(SERVICES))
                .collect(Collectors.toMap(name -> name.substring(SERVICES.length()), BundleIT::providers));
        assertThat(services).isNotEmpty();
        services.forEach((service, providers) -> {
            assertThat(service).as("the service is of a server or of ours").matches("jakarta\\..*|io\\.seawall\\..*");
            assertThat(providers)
                    .as(service)
                    .isNotEmpty()
                    .allSatisfy(provider -> assertThat(jar.classes()).containsKey(provider));
        });
    }

    @Test
    void everything_that_beans_xml_excludes_is_in_it() {
        List<String> excluded = Pattern.compile("<exclude name=\"([^\"]+)\"")
                .matcher(jar.text("META-INF/beans.xml"))
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(excluded)
                .isNotEmpty()
                .allSatisfy(name -> assertThat(jar.classes().keySet())
                        .anyMatch(type -> name.endsWith("*")
                                ? type.startsWith(name.substring(0, name.indexOf('*')))
                                : type.equals(name)));
    }

    /** Weld refuses the former where JTA comes without CDI (WELD-001121); the latter would work a second time. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Ljakarta/transaction/Transactional",
                "Lorg/eclipse/microprofile/faulttolerance/",
                "Lio/smallrye/faulttolerance/"
            })
    void none_of_its_classes_carries_an_annotation_that_another_interceptor_acts_on(String descriptor) {
        jar.classes()
                .values()
                .forEach(type -> assertThat(type.texts()).as(type.name()).noneMatch(text -> text.contains(descriptor)));
    }

    @Test
    void its_classes_run_on_java_17() {
        assertThat(jar.classes().values())
                .isNotEmpty()
                .allSatisfy(
                        type -> assertThat(type.javaVersion()).as(type.name()).isLessThanOrEqualTo(17));
        assertThat(jar.classes().values())
                .filteredOn(type -> !type.name().startsWith(SHADED))
                .allSatisfy(
                        type -> assertThat(type.javaVersion()).as(type.name()).isEqualTo(17));
    }

    @Test
    void its_public_types_are_in_packages_that_introduce_themselves() {
        Set<String> packages = jar.classes().values().stream()
                .filter(type -> type.isPublic() && !type.isNested())
                .filter(type -> !type.name().startsWith(SHADED))
                .map(type -> type.name().substring(0, type.name().lastIndexOf('.')))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(packages).isSubsetOf(PUBLIC_PACKAGES);
        assertThat(packages).allSatisfy(name -> assertThat(jar.classes()).containsKey(name + ".package-info"));
    }

    @Test
    void it_tells_its_version() {
        assertThat(jar.text("META-INF/MANIFEST.MF"))
                .contains("Implementation-Version: ", "Automatic-Module-Name: io.seawall");
    }

    @Test
    void its_notice_names_every_library_in_it_with_a_licence_and_no_other() throws IOException {
        Set<String> named = Pattern.compile("(?m)^([\\w.-]+:[\\w.-]+), .+ \\((Apache License 2\\.0|MIT License)\\)$")
                .matcher(jar.text("META-INF/NOTICE"))
                .results()
                .map((MatchResult match) -> match.group(1))
                .collect(Collectors.toSet());
        Set<String> shaded = Dependency.ofTheModules().stream()
                .filter(dependency -> !dependency.isOurs())
                .map(Dependency::coordinates)
                .filter(coordinates -> !LEFT_OUT.contains(coordinates))
                .collect(Collectors.toSet());
        assertThat(shaded).isNotEmpty();
        assertThat(named).isEqualTo(shaded);
        assertThat(jar.text("META-INF/LICENSE")).contains("Apache License");
        assertThat(jar.text("META-INF/NOTICE")).contains("THE SOFTWARE IS PROVIDED \"AS IS\"");
    }

    /** What nobody in it needs was left out, and nothing else. */
    @Test
    void every_class_of_a_library_that_its_classes_need_is_in_it() {
        jar.classes()
                .values()
                .forEach(type -> assertThat(jar.classes().keySet())
                        .as(type.name())
                        .containsAll(type.references().stream()
                                .filter(name -> name.startsWith("io.seawall."))
                                .toList()));
    }

    @Test
    void it_is_small() throws IOException {
        assertThat(Files.size(JAR)).isLessThanOrEqualTo(3 * 1024 * 1024);
    }

    /** All is in the jar: what its pom would bring besides would be there twice, once where it clashes. */
    @Test
    void its_published_pom_brings_nothing_along() throws Exception {
        assertThat(PublishedPom.read(Path.of(System.getProperty("seawall.pom"))).scopes())
                .isNotEmpty()
                .containsOnly("test");
    }

    private static List<String> providers(String file) {
        return jar.text(file)
                .lines()
                .map(line -> line.replaceAll("#.*", "").strip())
                .filter(line -> !line.isEmpty())
                .toList();
    }
}
