package io.seawall.interceptors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ClassFileTest {

    /** Every method that a class of the JDK calls of {@link String} is one that there is: nothing was read out of step. */
    @Test
    void what_is_read_of_the_classes_of_the_jdk_are_methods_that_there_are() throws IOException {
        List<String> methods = Stream.of(String.class.getMethods(), String.class.getDeclaredMethods())
                .flatMap(Stream::of)
                .map(SelfCalls::signature)
                .toList();
        Path packages = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("modules/java.base/java");
        try (Stream<Path> files = Files.walk(packages)) {
            List<Path> classes =
                    files.filter(file -> file.toString().endsWith(".class")).toList();
            assertThat(classes).hasSizeGreaterThan(1000);
            for (Path file : classes) {
                try (InputStream in = Files.newInputStream(file)) {
                    assertThat(ClassFile.read(new DataInputStream(in)).callsOf(String.class))
                            .as(file.toString())
                            .filteredOn(method -> !method.startsWith("<"))
                            .isSubsetOf(methods);
                }
            }
        }
    }

    @Test
    void what_is_no_class_file_is_refused() {
        for (byte[] content : List.of(new byte[0], new byte[100])) {
            assertThatThrownBy(() -> ClassFile.read(new DataInputStream(new ByteArrayInputStream(content))))
                    .isInstanceOf(IOException.class);
        }
    }
}
