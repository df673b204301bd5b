package io.seawall.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The starter stands alone, and so repeats what the build says elsewhere: both must say the same. */
class StarterTest {

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
