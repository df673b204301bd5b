package io.seawall;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What Maven resolved.
 *
 * @param group its groupId
 * @param artifact its artifactId
 * @param file its jar
 */
record Dependency(String group, String artifact, Path file) {

    /** The modules that are in the jar, and all that comes with them at run time. */
    static List<Dependency> ofTheModules() throws IOException {
        return Files.readAllLines(Path.of(System.getProperty("seawall.dependencies"))).stream()
                .map(String::strip)
                .filter(line -> line.contains(":jar:"))
                .map(Dependency::parse)
                .toList();
    }

    /** {@code group:artifact:jar:version:scope:file -- module name}, with colons in the file on Windows. */
    private static Dependency parse(String line) {
        String[] parts = line.split(":", 6);
        String file = parts[5];
        return new Dependency(parts[0], parts[1], Path.of(file.substring(0, file.indexOf(".jar") + ".jar".length())));
    }

    String coordinates() {
        return group + ":" + artifact;
    }

    boolean isOurs() {
        return group.equals("io.seawall");
    }
}
