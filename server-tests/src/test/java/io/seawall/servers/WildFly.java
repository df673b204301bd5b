package io.seawall.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/** WildFly, {@code standalone.xml}. Applications come and go through the directory that its deployment scanner looks at. */
final class WildFly extends Server {

    private final String configuration;

    WildFly() {
        this("wildfly", "standalone.xml", EnumSet.complementOf(EnumSet.of(Capability.MESSAGING)));
    }

    WildFly(String name, String configuration, EnumSet<Capability> capabilities) {
        super(
                name,
                "WildFly " + System.getProperty("seawall.servers.wildfly", "").replace("wildfly-", ""),
                capabilities);
        this.configuration = configuration;
    }

    @Override
    List<String> command(Map<String, String> systemProperties) throws IOException {
        Path home = Installation.of("wildfly");
        Installation.copy(home.resolve("standalone"), directory());
        scanOften(directory().resolve("configuration").resolve(configuration));
        List<Integer> ports = Ports.free(6);
        List<String> command = new ArrayList<>(List.of(
                home.resolve("bin/standalone.sh").toString(),
                "-c",
                configuration,
                "-Djboss.server.base.dir=" + directory(),
                "-Djboss.bind.address=127.0.0.1",
                "-Djboss.bind.address.management=127.0.0.1",
                "-Djboss.bind.address.unsecure=127.0.0.1",
                "-Djboss.http.port=" + port(),
                "-Djboss.https.port=" + ports.get(0),
                "-Djboss.management.http.port=" + ports.get(1),
                "-Djboss.management.https.port=" + ports.get(2),
                "-Djboss.ajp.port=" + ports.get(3)));
        systemProperties.forEach((key, value) -> command.add("-D" + key + "=" + value));
        return command;
    }

    @Override
    boolean isReady() {
        return log().contains("WFLYSRV0025");
    }

    /** WildFly holds on to the class loader of the application that was undeployed last. */
    @Override
    int markersKept() {
        return 2;
    }

    @Override
    void deploy(String application, Path archive) throws DeploymentFailedException {
        int logged = log().length();
        String extension = archive.getFileName().toString().replaceFirst(".*\\.", ".");
        String file = application + extension;
        try {
            Files.copy(archive, deployments().resolve(file + ".isdeploying-later"));
            Files.move(
                    deployments().resolve(file + ".isdeploying-later"),
                    deployments().resolve(file));
            awaitDeployment(() -> is(file, ".deployed") || is(file, ".failed"));
            if (is(file, ".failed")) {
                remove(file, ".failed");
                throw refused(application, logged);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    void undeploy(String application) {
        String file =
                Files.exists(deployments().resolve(application + ".ear")) ? application + ".ear" : application + ".war";
        try {
            Files.delete(deployments().resolve(file + ".deployed"));
            awaitDeployment(() -> is(file, ".undeployed"));
            remove(file, ".undeployed");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path deployments() {
        return directory().resolve("deployments");
    }

    private boolean is(String file, String state) {
        return Files.exists(deployments().resolve(file + state));
    }

    /** The archive first: with neither the archive nor a marker nothing is deployed anew. */
    private void remove(String file, String state) throws IOException {
        Files.delete(deployments().resolve(file));
        Files.delete(deployments().resolve(file + state));
    }

    private static void scanOften(Path configuration) throws IOException {
        String xml = Files.readString(configuration);
        Files.writeString(configuration, xml.replace("scan-interval=\"5000\"", "scan-interval=\"300\""));
    }
}
