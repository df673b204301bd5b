package io.seawall.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Where the distributions are that the profiles {@code servers} and {@code all-servers} have unpacked, and room for what a
 * running server writes. A distribution stays as it was unpacked: what is changed is copied to {@link #fresh} first.
 */
final class Installation {

    private Installation() {}

    /** The directory {@code target/servers}. */
    static Path root() {
        return Path.of(required("seawall.servers"));
    }

    /**
     * The home of a distribution.
     *
     * @param name {@code wildfly} for the one in the system property {@code seawall.servers.wildfly}
     */
    static Path of(String name) {
        Path home = root().resolve(required("seawall.servers." + name));
        if (Files.notExists(home)) {
            throw new IllegalStateException(
                    home + " is not there: run with -Pservers or -Pall-servers, which unpack it below target/servers");
        }
        return home;
    }

    /** The version of a distribution, for the support table. */
    static String version(String name) {
        return required("seawall.servers." + name + ".version");
    }

    /** The java that servers run on: {@code seawall.servers.java} is the home of a JDK, by default the running one. */
    static Path javaHome() {
        String home = System.getProperty("seawall.servers.java", "");
        return Path.of(home.isBlank() ? System.getProperty("java.home") : home);
    }

    /** An empty directory for a server to run in. */
    static Path fresh(String name) {
        Path directory = root().resolve("run").resolve(name);
        try {
            delete(directory);
            return Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(
                        file,
                        to.resolve(from.relativize(file).toString()),
                        StandardCopyOption.COPY_ATTRIBUTES,
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        if (Files.notExists(directory)) {
            return;
        }
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException failure) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static String required(String property) {
        String value = System.getProperty(property, "");
        if (value.isBlank()) {
            throw new IllegalStateException("system property " + property + " is not set: the build sets it");
        }
        return value;
    }
}
