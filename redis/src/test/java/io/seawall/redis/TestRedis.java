package io.seawall.redis;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;
import redis.embedded.core.ExecutableProvider;

/**
 * A real Redis for a test: on loopback, on a port of its own, without persistence, gone with {@link #close}. It can be
 * killed, stopped like a hung process, and started again on the same port.
 */
public final class TestRedis implements AutoCloseable {

    /** On a busy machine, what takes Redis long takes very long. */
    private static final int COMMAND_MILLIS = 30_000;

    private final int port;
    private final List<String> options;
    private final Map<String, String> environment;
    private final @Nullable String sentinelConfiguration;
    private final Path directory;
    private @Nullable Process process;

    private TestRedis(
            int port, List<String> options, Map<String, String> environment, @Nullable String sentinelConfiguration) {
        this.port = port;
        this.options = options;
        this.environment = environment;
        this.sentinelConfiguration = sentinelConfiguration;
        try {
            directory = Files.createTempDirectory("seawall-redis");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Starts a server and waits until it answers.
     *
     * @param options of redis-server, for example {@code --requirepass secret}
     * @return the server
     */
    public static TestRedis start(String... options) {
        return start(Map.of(), options);
    }

    /** The same, with variables in its environment. */
    static TestRedis start(Map<String, String> environment, String... options) {
        TestRedis redis = new TestRedis(freePort(), List.of(options), environment, null);
        redis.restart();
        return redis;
    }

    /**
     * Starts a sentinel and waits until it answers.
     *
     * @param configuration lines of its configuration, without port and address
     * @return the sentinel
     */
    static TestRedis startSentinel(String configuration) {
        TestRedis sentinel = new TestRedis(freePort(), List.of(), Map.of(), configuration);
        sentinel.restart();
        return sentinel;
    }

    /**
     * A server that is not started yet.
     *
     * @return the server; {@link #restart} starts it
     */
    public static TestRedis absent() {
        return new TestRedis(freePort(), List.of(), Map.of(), null);
    }

    /**
     * Where it listens.
     *
     * @return a port of loopback
     */
    public int port() {
        return port;
    }

    /**
     * Its address as an init-param.
     *
     * @return a URI without password
     */
    public String uri() {
        return "redis://127.0.0.1:" + port;
    }

    private String executable() throws IOException {
        String other = System.getProperty("seawall.test.redis");
        return other == null
                ? ExecutableProvider.newJarResourceProvider(directory.toFile())
                        .get()
                        .getPath()
                : other;
    }

    /** Starts the server on its port; empty, unless its options say that it keeps its data. */
    public void restart() {
        restart(options);
    }

    /** Starts the server on its port with other options than its own. */
    void restart(List<String> otherOptions) {
        List<String> command = new ArrayList<>();
        try {
            command.add(executable());
            if (sentinelConfiguration == null) {
                command.addAll(List.of("--port", Integer.toString(port), "--bind", "127.0.0.1", "--save", ""));
                command.addAll(List.of("--dir", directory.toString()));
                command.addAll(otherOptions);
            } else {
                Path file = Files.writeString(
                        directory.resolve("sentinel.conf"),
                        "port " + port + "\nbind 127.0.0.1\n" + sentinelConfiguration + "\n");
                command.addAll(List.of(file.toString(), "--sentinel"));
            }
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("log").toFile());
            builder.environment().putAll(environment);
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Awaitility.await("Redis to listen on port " + port)
                .atMost(20, TimeUnit.SECONDS)
                .until(this::listens);
    }

    /** Ends the server as a crash would: nothing is saved, connections are reset. */
    public void kill() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly();
            Awaitility.await().until(() -> !running.isAlive());
        }
    }

    /** Lets the server hang: connections stay, new ones are accepted by the kernel, nothing is answered. */
    public void hang() {
        signal("STOP");
    }

    /** Ends {@link #hang}. */
    public void goOn() {
        signal("CONT");
    }

    /**
     * A client of the test's own.
     *
     * @return a client; to be closed
     */
    public RedisClient client() {
        return RedisClient.create("127.0.0.1", port);
    }

    /**
     * Sends any command.
     *
     * @param name of the command, for example {@code REPLICAOF}
     * @param arguments of the command
     * @return its reply, as Jedis gives it
     */
    public Object command(String name, String... arguments) {
        try (Connection connection = new Connection("127.0.0.1", port)) {
            connection.setSoTimeout(COMMAND_MILLIS);
            return connection.executeCommand(new CommandArguments(() -> name.getBytes(StandardCharsets.US_ASCII))
                    .addObjects((Object[]) arguments));
        }
    }

    /** Sends a command that keeps the server busy, and waits for nothing. */
    void order(String... words) {
        StringBuilder order = new StringBuilder("*" + words.length + "\r\n");
        for (String word : words) {
            order.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(order.toString().getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it keeps its files. */
    Path directory() {
        return directory;
    }

    /**
     * How often the server has carried out a command since it was started.
     *
     * @param client of it
     * @param command in lower case
     * @return the number
     */
    public static long calls(RedisClient client, String command) {
        Matcher matcher =
                Pattern.compile("cmdstat_" + command + ":calls=(\\d+)").matcher(client.info("commandstats"));
        return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    }

    /**
     * How many clients are connected.
     *
     * @return the number, without the one that asks
     */
    public long connections() {
        String list = new String((byte[]) command("CLIENT", "LIST"), StandardCharsets.US_ASCII);
        return list.lines().count() - 1;
    }

    /** Ends the server and removes its files. */
    @Override
    public void close() {
        if (process != null && process.isAlive()) {
            goOn();
        }
        kill();
        try (var files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void signal(String name) {
        if (process == null) {
            throw new IllegalStateException("not started");
        }
        try {
            int exit = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new IllegalStateException("kill -" + name + " ended with " + exit);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private boolean listens() {
        try (RedisClient client = client()) {
            return client.ping() != null;
        } catch (JedisException e) {
            // with a password it listens, and refuses us
            return e.getMessage() != null && e.getMessage().startsWith("NOAUTH");
        }
    }

    /** One that leaves room for the bus of a cluster, which is 10,000 above it. */
    static int freePort() {
        while (true) {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                if (socket.getLocalPort() < 55_000) {
                    return socket.getLocalPort();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
