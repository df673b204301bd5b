package io.seawall.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * HAProxy on loopback, in front of servers that it asks in turn. It appends the client's address to {@code X-Forwarded-For}, and
 * tells in {@link #NODE} which server has answered. It runs from a file in {@code target/servers}, logs beside, and ends with
 * {@link #close}, or with the tests' JVM.
 */
final class HaProxy implements AutoCloseable {

    /** The field of an answer that holds the server's {@link Server#name}. */
    static final String NODE = "X-Node";

    private static final Duration TO_START = Duration.ofSeconds(20);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private static final String CONFIGURATION = """
            defaults
              mode http
              option forwardfor
              retries 0
              timeout connect 10s
              timeout client 60s
              timeout server 60s
            listen nodes
              bind 127.0.0.1:%d
              balance roundrobin
              http-response set-header %s %%s
            %s%s
            """;

    /** 404 is a server that drains: nothing new goes there. */
    private static final String CHECKS = """
              option httpchk GET /probe/health/ready
              http-check disable-on-404
              default-server check inter 200ms fall 3 rise 1
              timeout check 10s
            """;

    private final int port = Ports.free(1).get(0);
    private final ServerProcess process;

    private HaProxy(Path executable, List<Server> nodes, String name, String checks) {
        String servers = nodes.stream()
                .map(node -> "  server " + node.name() + " 127.0.0.1:" + node.port())
                .collect(Collectors.joining("\n"));
        Path directory = Installation.root();
        try {
            Path configuration = Files.writeString(
                    directory.resolve(name + ".cfg"), CONFIGURATION.formatted(port, NODE, checks, servers));
            process = ServerProcess.start(
                    List.of(executable.toString(), "-db", "-f", configuration.toString()),
                    Map.of(),
                    directory,
                    directory.resolve(name + ".log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the package puts it, or wherever the shell would find it. */
    static Optional<Path> executable() {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.concat(Arrays.stream(path.split(":", -1)), Stream.of("/usr/sbin"))
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, "haproxy"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Returns when it takes requests. */
    static HaProxy start(List<Server> nodes) {
        return start(nodes, "haproxy", "");
    }

    /** The same; it asks the probe of each server whether it is ready. */
    static HaProxy startWithChecks(List<Server> nodes) {
        return start(nodes, "haproxy-with-checks", CHECKS);
    }

    private static HaProxy start(List<Server> nodes, String name, String checks) {
        Path executable = executable().orElseThrow(() -> new IllegalStateException("haproxy is not installed"));
        HaProxy started = new HaProxy(executable, nodes, name, checks);
        try {
            Awaitility.await("HAProxy to listen")
                    .atMost(TO_START)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(BETWEEN_LOOKS)
                    .until(() -> started.listens() || !started.process.isAlive());
        } catch (ConditionTimeoutException tooSlow) {
            throw started.failedStart("does not listen after " + TO_START.toSeconds() + " s");
        }
        if (!started.process.isAlive()) {
            throw started.failedStart("ended while it started");
        }
        return started;
    }

    private IllegalStateException failedStart(String problem) {
        close();
        return new IllegalStateException("HAProxy " + problem + ":\n" + process.log());
    }

    int port() {
        return port;
    }

    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
