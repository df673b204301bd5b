package io.seawall.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A real server, unpacked below {@code target/servers}, on loopback, on free ports of its own, in a fresh directory. It logs
 * to {@code target/servers/<name>.log}. It ends with {@link #close}, or with the tests' JVM.
 *
 * <p>A subclass says how to start it ({@link #command}), when it is ready ({@link #isReady}), and how applications come and
 * go. Every wait is bounded.
 */
abstract class Server implements AutoCloseable {

    private static final Duration TO_START = Duration.ofMinutes(2);
    private static final Duration TO_DEPLOY = Duration.ofSeconds(90);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);
    private static final int LINES_OF_LOG = 150;

    private final String name;
    private final String title;
    private final Set<Capability> capabilities;
    private final int port = Ports.free(1).get(0);
    private final Path directory;
    private ServerProcess process;

    /**
     * A server that is not started yet.
     *
     * @param name for files: lower case, unique among those that run at once
     * @param title for the support table, with the version
     * @param capabilities what it brings
     */
    Server(String name, String title, Set<Capability> capabilities) {
        this.name = name;
        this.title = title.replace(".Final", ""); // which says nothing in a table
        this.capabilities = capabilities;
        directory = Installation.fresh(name);
    }

    static Server wildFly() {
        return wildFly("wildfly");
    }

    static Server wildFly(String name) {
        return WildFly.standard(name);
    }

    static Server wildFlyMicroProfile() {
        return WildFly.microProfile();
    }

    static Server payaraMicro() {
        return new PayaraMicro();
    }

    static Server payara() {
        return payara("payara");
    }

    static Server payara(String name) {
        return new Payara(name);
    }

    static Server glassFish() {
        return new GlassFish();
    }

    static Server openLiberty() {
        return new OpenLiberty();
    }

    static Server tomEe() {
        return new TomEe();
    }

    static Server tomcat() {
        return new Tomcat(true);
    }

    static Server jetty() {
        return new Jetty(true);
    }

    /** Prepares {@link #directory} and tells how to start the server there. */
    abstract List<String> command(Map<String, String> systemProperties) throws IOException;

    /** Whether the server takes applications: mostly, whether it has said so in its {@link #log}. */
    abstract boolean isReady();

    /** Deploys an application with the context root {@code /name}, and returns when it answers requests. */
    abstract void deploy(String application, Path archive) throws DeploymentFailedException;

    /** Takes an application away, and returns when it is gone. */
    abstract void undeploy(String application);

    /** Environment of the server's process, on top of the tests' own and {@code JAVA_HOME}. */
    Map<String, String> environment() {
        return Map.of();
    }

    /** Where it answers MicroProfile Health, if it does. */
    Optional<URI> health() {
        return Optional.empty();
    }

    /** Somebody who has the role {@code operator} in every application, where the server was told of one before it started. */
    Optional<Login> operator() {
        return Optional.empty();
    }

    /** A target as the server itself and all that it calls are told of it: not always what was sent. */
    String pathAsRead(String target) {
        return target;
    }

    /** How many of the probe's markers the server keeps of the last application that it had: none, if it lets go of all. */
    int markersKept() {
        return 0;
    }

    /** All that the server has logged, in whatever files it does. */
    String log() {
        return process == null ? "" : process.log();
    }

    /** The process of the server's JVM. */
    long pid() {
        return process.jvm();
    }

    final void start(Map<String, String> systemProperties) {
        try {
            Path log = Installation.root().resolve(name + ".log");
            Files.deleteIfExists(log);
            process = ServerProcess.start(command(systemProperties), environment(), directory, log);
            await(TO_START, () -> isReady() || !process.isAlive());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ConditionTimeoutException tooSlow) {
            throw failedStart("did not start within " + TO_START.toSeconds() + " s");
        }
        if (!process.isAlive()) {
            throw failedStart("ended while it started");
        }
    }

    final URI uri(String application) {
        return URI.create("http://127.0.0.1:" + port + "/" + application);
    }

    final String name() {
        return name;
    }

    final String title() {
        return title;
    }

    final boolean has(Capability capability) {
        return capabilities.contains(capability);
    }

    /** The port for HTTP. */
    final int port() {
        return port;
    }

    /** Empty at first: a place for what this server writes. */
    final Path directory() {
        return directory;
    }

    /** Writes a line to the server's standard input. */
    final void tell(String line) {
        process.tell(line);
    }

    /** Waits for the end of a deployment, one way or the other. */
    final void awaitDeployment(BooleanSupplier done) {
        try {
            await(TO_DEPLOY, () -> done.getAsBoolean() || !process.isAlive());
        } catch (ConditionTimeoutException tooSlow) {
            throw new IllegalStateException(
                    name + " was not done within " + TO_DEPLOY.toSeconds() + " s:\n" + lastLines(log()), tooSlow);
        }
        if (!process.isAlive()) {
            throw new IllegalStateException(name + " has ended:\n" + lastLines(log()));
        }
    }

    /** A failure with all that was logged since the log had the given length. */
    final DeploymentFailedException refused(String application, int logged) {
        return new DeploymentFailedException(name, application, log().substring(logged));
    }

    /** Ends the server and all that it has started. */
    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
    }

    private IllegalStateException failedStart(String problem) {
        String log = lastLines(log());
        close();
        return new IllegalStateException(name + " " + problem + ":\n" + log);
    }

    private static void await(Duration atMost, BooleanSupplier done) {
        Awaitility.await()
                .atMost(atMost)
                .pollDelay(Duration.ZERO)
                .pollInterval(BETWEEN_LOOKS)
                .until(done::getAsBoolean);
    }

    private static String lastLines(String log) {
        List<String> lines = log.lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES_OF_LOG), lines.size()));
    }
}
