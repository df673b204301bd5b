package io.seawall.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/** Open Liberty, with the features of a server.xml of ours. Applications come and go as configuration that is dropped in. */
final class OpenLiberty extends Server {

    private static final String SERVER = "seawall";

    OpenLiberty() {
        super(
                "liberty",
                "Open Liberty " + Installation.version("liberty"),
                EnumSet.complementOf(EnumSet.of(
                        Capability.FAILS_WITH_FILTER,
                        Capability.LETS_APPLICATIONS_GO,
                        Capability.LETS_FILTERS_END,
                        Capability.MICROPROFILE_FAULT_TOLERANCE,
                        Capability.TRANSACTION_MANAGER,
                        // Its container does not find a queue that the application defines (CNTR4016W).
                        Capability.MESSAGING)));
    }

    /** It takes spaces off the end. */
    @Override
    String pathAsRead(String target) {
        String read = target;
        while (read.endsWith("%20")) {
            read = read.substring(0, read.length() - 3);
        }
        return read;
    }

    @Override
    List<String> command(Map<String, String> systemProperties) throws IOException {
        Path home = Installation.of("liberty");
        Files.createDirectories(applications());
        String configuration = Files.readString(Path.of("src/test/servers/liberty-server.xml"));
        Files.writeString(directory().resolve("servers").resolve(SERVER).resolve("server.xml"), configuration);
        List<String> command = new ArrayList<>();
        command.add(Installation.javaHome().resolve("bin/java").toString());
        command.add("@" + home.resolve("lib/platform/java").resolve(openModules()));
        command.add("-Xmx512m");
        command.add("-javaagent:" + home.resolve("bin/tools/ws-javaagent.jar"));
        command.add("-Dseawall.http.port=" + port());
        command.add("-Dseawall.jms.port=" + Ports.free(1).get(0));
        command.add("-Dseawall.h2=" + Installation.of("h2"));
        // No port for commands: the process is stopped by a signal.
        command.add("-Dcommand.port=-1");
        systemProperties.forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.addAll(List.of("-jar", home.resolve("bin/tools/ws-server.jar").toString(), SERVER));
        return command;
    }

    @Override
    Map<String, String> environment() {
        return Map.of("WLP_USER_DIR", directory().toString());
    }

    @Override
    boolean isReady() {
        return log().contains("CWWKF0011I");
    }

    @Override
    void deploy(String application, Path archive) throws DeploymentFailedException {
        int logged = log().length();
        String element = archive.toString().endsWith(".ear") ? "enterpriseApplication" : "webApplication";
        write(application, """
                <server>
                  <%1$s id="%2$s" name="%2$s" location="%3$s"%4$s/>
                </server>
                """.formatted(
                        element,
                        application,
                        archive.toAbsolutePath(),
                        element.equals("webApplication") ? " contextRoot=\"/" + application + "\"" : ""));
        String started = "CWWKZ0001I: Application " + application + " started";
        awaitDeployment(() -> log().substring(logged).contains(started) || hasFailed(application, logged));
        if (hasFailed(application, logged)) {
            delete(application);
            throw refused(application, logged);
        }
    }

    @Override
    void undeploy(String application) {
        int logged = log().length();
        delete(application);
        awaitDeployment(() -> log().substring(logged).contains("CWWKZ0009I: The application " + application + " has"));
    }

    private boolean hasFailed(String application, int logged) {
        String since = log().substring(logged);
        return since.contains("while starting the application " + application + ".")
                || since.contains("CWWKZ0012I: The application " + application + " was not started");
    }

    private void write(String application, String xml) {
        try {
            Path whole = Files.writeString(directory().resolve(application + ".xml"), xml);
            Files.move(whole, applications().resolve(application + ".xml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void delete(String application) {
        try {
            Files.delete(applications().resolve(application + ".xml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path applications() {
        return directory().resolve("servers").resolve(SERVER).resolve("configDropins/overrides");
    }

    /** What the server's own script opens. */
    private static String openModules() throws IOException {
        String release = Files.readString(Installation.javaHome().resolve("release"));
        int major = release.lines()
                .filter(line -> line.startsWith("JAVA_VERSION="))
                .map(line -> line.replaceAll("\\D+(\\d+).*", "$1"))
                .mapToInt(Integer::parseInt)
                .findFirst()
                .orElseThrow();
        return major < 24 ? "java9.options" : "java24.options";
    }
}
