package io.seawall.servers;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A copy of the directory {@code starter}, as a user makes one. What Maven must know there for a test stands in
 * {@code .mvn/maven.config}: so the commands are those of the README.
 */
final class Starter {

    static final Path ORIGINAL = Path.of("../starter");

    private final Path directory;
    private final int port;

    private Starter(Path directory, int port) {
        this.directory = directory;
        this.port = port;
    }

    /** Copies it to a new directory of that name, with free ports to listen on. */
    static Starter copy(String name) throws IOException {
        Path directory = Installation.fresh(name);
        try (var files = Files.walk(ORIGINAL)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path relative = ORIGINAL.relativize(file);
                if (!relative.startsWith("target") && Files.isRegularFile(file)) {
                    Path copied = directory.resolve(relative);
                    Files.createDirectories(copied.getParent());
                    Files.copy(file, copied, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
        List<Integer> ports = Ports.free(2);
        List<String> options = new ArrayList<>(List.of(
                "--batch-mode",
                "--no-transfer-progress",
                "-Dport=" + ports.get(0),
                "-Dmanagement.port=" + ports.get(1),
                "-Dmaven.repo.local=" + property("repository"),
                "-Dmaven.repo.local.tail=" + withSeawall(directory.resolveSibling(name + "-repository"))));
        String settings = property("settings").replaceFirst("settings: ", "");
        if (Files.exists(Path.of(settings))) {
            options.addAll(List.of("--settings", settings));
        }
        if (property("offline").equals("offline: true")) {
            options.add("--offline");
        }
        Files.write(directory.resolve(".mvn/maven.config"), options); // an option a line, so blanks in paths do no harm
        return new Starter(directory, ports.get(0));
    }

    /**
     * Lays Seawall as it was built just now into a repository that the child reads behind the user's: a snapshot that were
     * installed there would be found by builds that should not.
     */
    private static Path withSeawall(Path repository) throws IOException {
        String version = property("version");
        Path bundle = Path.of("../bundle");
        put(bundle.resolve("target/seawall-" + version + ".jar"), repository, "seawall", version, ".jar");
        put(bundle.resolve("dependency-reduced-pom.xml"), repository, "seawall", version, ".pom");
        put(Path.of("../pom.xml"), repository, "seawall-parent", version, ".pom");
        return repository.toAbsolutePath();
    }

    private static void put(Path file, Path repository, String artifact, String version, String ending)
            throws IOException {
        Path directory = Files.createDirectories(
                repository.resolve("io/seawall").resolve(artifact).resolve(version));
        Files.copy(file, directory.resolve(artifact + "-" + version + ending), StandardCopyOption.REPLACE_EXISTING);
    }

    private static String property(String name) {
        return System.getProperty("seawall.starter." + name, "");
    }

    /** Runs a command in the copy: Maven, its server, and the application in it. */
    ServerProcess run(String command, Map<String, String> environment) throws IOException {
        return ServerProcess.start(
                List.of(command.split(" ", -1)), environment, directory, directory.resolve("output.log"));
    }

    /** The address of something in the application. */
    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + "/app" + path);
    }

    @Override
    public String toString() {
        return directory + ", whose output.log tells more,";
    }
}
