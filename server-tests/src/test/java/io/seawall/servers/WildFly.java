package io.seawall.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * WildFly. Applications come and go through its management API: the deployment scanner loses track when a marker file is
 * deleted while it writes the next one.
 */
final class WildFly extends Server {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final String METRICS_OF_SERVER = "/metrics-of-server";

    private final String configuration;

    /** What follows a tag of the configuration. */
    private Map<String, String> added = Map.of();

    private final int managementPort = Ports.free(1).get(0);
    private final Login operator = Login.of("ada");
    private final Map<String, String> deployments = new HashMap<>();
    private final HttpClient management = HttpClient.newHttpClient();

    /** As most would start it. */
    static WildFly standard(String name) {
        return new WildFly(
                name,
                "standalone.xml",
                EnumSet.complementOf(EnumSet.of(Capability.MICROPROFILE_FAULT_TOLERANCE, Capability.MESSAGING)));
    }

    /** With messaging. */
    static WildFly full() {
        return new WildFly(
                "wildfly-full",
                "standalone-full.xml",
                EnumSet.complementOf(EnumSet.of(Capability.MICROPROFILE_FAULT_TOLERANCE)));
    }

    /** Without EJBs, but with a transaction manager. */
    static WildFly microProfile() {
        return new WildFly(
                "wildfly-microprofile",
                "standalone-microprofile.xml",
                EnumSet.of(
                        Capability.TRANSACTIONS,
                        Capability.DATA_SOURCE,
                        Capability.REST,
                        Capability.MICROPROFILE_CONFIG,
                        Capability.HOT_DEPLOYMENT,
                        Capability.LETS_FILTERS_END));
    }

    /** As most would start it, with the subsystem that has a registry of Micrometer for every application. */
    static WildFly withMicrometer() {
        WildFly server = standard("wildfly-micrometer");
        server.added = Map.of(
                "<extensions>",
                "<extension module=\"org.wildfly.extension.micrometer\"/>",
                "<profile>",
                "<subsystem xmlns=\"urn:wildfly:micrometer:community:2.0\"><prometheus-registry context=\""
                        + METRICS_OF_SERVER + "\"/></subsystem>");
        return server;
    }

    private WildFly(String name, String configuration, EnumSet<Capability> capabilities) {
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
        Path file = directory().resolve("configuration").resolve(configuration);
        openManagement(file);
        for (Map.Entry<String, String> addition : added.entrySet()) {
            String tag = addition.getKey();
            Files.writeString(file, Files.readString(file).replace(tag, tag + addition.getValue()));
        }
        knowOperator(
                file.resolveSibling("application-users.properties"),
                file.resolveSibling("application-roles.properties"));
        List<Integer> ports = Ports.free(3);
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
                "-Djboss.ajp.port=" + ports.get(1),
                "-Djboss.management.http.port=" + managementPort,
                "-Djboss.management.https.port=" + ports.get(2)));
        systemProperties.forEach((key, value) -> command.add("-D" + key + "=" + value));
        return command;
    }

    @Override
    boolean isReady() {
        return log().contains("WFLYSRV0025");
    }

    @Override
    Optional<Login> operator() {
        return Optional.of(operator);
    }

    /** What {@code add-user.sh -a -u ada -g operator} writes. */
    private void knowOperator(Path users, Path roles) throws IOException {
        String secret = operator.user() + ":ApplicationRealm:" + operator.password();
        Files.writeString(
                users, operator.user() + "=" + HexFormat.of().formatHex(md5(secret)) + "\n", StandardOpenOption.APPEND);
        Files.writeString(roles, operator.user() + "=operator\n", StandardOpenOption.APPEND);
    }

    /** The digest of RFC 7616 that this file is made of. */
    private static byte[] md5(String text) {
        try {
            return MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The other configurations answer for the server alone. */
    @Override
    Optional<URI> health() {
        return configuration.contains("microprofile")
                ? Optional.of(URI.create("http://127.0.0.1:" + managementPort + "/health"))
                : Optional.empty();
    }

    /** WildFly holds on to the class loader of the application that was undeployed last. */
    @Override
    int markersKept() {
        return 2;
    }

    @Override
    void deploy(String application, Path archive) throws DeploymentFailedException {
        int logged = log().length();
        String file = archive.getFileName().toString();
        String deployment = application + file.substring(file.lastIndexOf('.'));
        String content = ",\"content\":[{\"url\":\"" + archive.toAbsolutePath().toUri() + "\"}]";
        if (!manage("add", deployment, content + ",\"enabled\":true")) {
            throw refused(application, logged);
        }
        deployments.put(application, deployment);
    }

    @Override
    void undeploy(String application) {
        if (!manage("remove", deployments.remove(application), "")) {
            throw new IllegalStateException(application + " cannot be removed:\n" + log());
        }
    }

    /** Asks for an operation on a deployment; what fails is rolled back by the server. */
    private boolean manage(String operation, String deployment, String parameters) {
        String body = "{\"operation\":\"" + operation + "\",\"address\":[{\"deployment\":\"" + deployment + "\"}]"
                + parameters + "}";
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + "/management"))
                .header("Content-Type", "application/json")
                .timeout(PATIENCE)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return management
                            .send(request, HttpResponse.BodyHandlers.ofString())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What the server's registry of Micrometer has, as Prometheus gets it. */
    String metricsOfServer() {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + managementPort + METRICS_OF_SERVER))
                .timeout(PATIENCE)
                .build();
        try {
            return management
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Runs a command of the command line interface, which must succeed. */
    void cli(String command) throws IOException {
        Command.run(
                Map.of(),
                Installation.of("wildfly").resolve("bin/jboss-cli.sh").toString(),
                "--connect",
                "--controller=127.0.0.1:" + managementPort,
                command);
    }

    /** Without a password, in this copy, on loopback, for the time of the tests. */
    private static void openManagement(Path configuration) throws IOException {
        String xml = Files.readString(configuration);
        Files.writeString(
                configuration, xml.replace(" http-authentication-factory=\"management-http-authentication\"", ""));
    }
}
