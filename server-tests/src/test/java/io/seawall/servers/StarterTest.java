package io.seawall.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The starter stands alone, and so repeats what the build says elsewhere: both must say the same. */
class StarterTest {

    private static final Pattern ARTIFACT =
            Pattern.compile("<artifactId>([^<]+)</artifactId>\\s*<version>([^<]+)</version>");

    private static String pom() throws IOException {
        return Files.readString(Starter.ORIGINAL.resolve("pom.xml"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"seawall", "wildfly", "payara-micro"})
    void it_has_the_versions_that_are_tested(String name) throws IOException {
        assertThat(pom())
                .contains("<" + name + ".version>" + System.getProperty("seawall.starter." + name) + "</" + name
                        + ".version>");
    }

    /** What one pom has and the other has not, as the plugins of the servers, only the starter's own test can judge. */
    @Test
    void its_plugins_and_libraries_are_those_of_the_build() throws IOException {
        Map<String, String> own = versions(pom());
        Map<String, String> ofBuild = versions(Files.readString(Path.of("../pom.xml")));
        Map<String, String> both = new TreeMap<>(own);
        both.keySet().retainAll(ofBuild.keySet());
        both.remove("seawall"); // which is the project there
        assertThat(both)
                .hasSizeGreaterThan(5)
                .satisfies(versions -> assertThat(ofBuild).containsAllEntriesOf(versions));
        assertThat(own).containsEntry("junit-jupiter", ofBuild.get("junit-bom"));
    }

    /** By artifact, where the version is written out or a property of the same pom. */
    private static Map<String, String> versions(String pom) {
        Map<String, String> versions = new TreeMap<>();
        ARTIFACT.matcher(pom).results().forEach(found -> {
            String version = found.group(2);
            if (version.startsWith("${")) {
                String property = version.substring(2, version.length() - 1);
                int start = pom.indexOf("<" + property + ">") + property.length() + 2;
                version = pom.contains("<" + property + ">") ? pom.substring(start, pom.indexOf('<', start)) : version;
            }
            versions.put(found.group(1), version);
        });
        return versions;
    }

    @Test
    void it_needs_nothing_that_is_not_in_its_directory() throws IOException {
        assertThat(pom()).doesNotContain("<parent>", "../");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mvnw", "mvnw.cmd", ".mvn/wrapper/maven-wrapper.properties"})
    void it_is_built_by_the_same_maven(String file) {
        assertThat(Starter.ORIGINAL.resolve(file))
                .hasSameTextualContentAs(Path.of("..").resolve(file));
    }

    @Test
    void its_wrapper_can_be_executed() {
        assertThat(Starter.ORIGINAL.resolve("mvnw")).isExecutable();
    }
}
