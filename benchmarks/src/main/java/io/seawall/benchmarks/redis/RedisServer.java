package io.seawall.benchmarks.redis;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/** A Redis of its own: on loopback, without persistence, empty, gone with {@link #close}. */
final class RedisServer implements AutoCloseable {

    private static final int LONGEST_START_MILLIS = 20_000;

    private final int port = freePort();
    private final Process process;
    private final Jedis connection;

    /**
     * Starts a server and waits until it answers.
     *
     * @param executable {@code redis-server}
     * @param directory for its log
     */
    RedisServer(Path executable, Path directory) throws IOException, InterruptedException {
        Path log = directory.resolve("redis-" + port + ".log");
        process = Children.start(new ProcessBuilder(List.of(
                        executable.toString(),
                        "--port",
                        Integer.toString(port),
                        "--bind",
                        "127.0.0.1",
                        "--save",
                        "",
                        "--appendonly",
                        "no",
                        "--dir",
                        directory.toString()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile()));
        try {
            connection = connect(log);
        } catch (IOException | InterruptedException | RuntimeException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private Jedis connect(Path log) throws IOException, InterruptedException {
        for (int waited = 0; process.isAlive() && waited < LONGEST_START_MILLIS; waited += 10) {
            try {
                Jedis first = new Jedis("127.0.0.1", port);
                first.ping();
                return first;
            } catch (JedisException e) {
                Thread.sleep(10);
            }
        }
        throw new IllegalStateException("Redis does not start:\n" + Files.readString(log));
    }

    int port() {
        return port;
    }

    RedisCounters counters() {
        return RedisCounters.parse(connection.info("everything"), connection.clientList());
    }

    String version() {
        return RedisCounters.field(connection.info("server"), "redis_version");
    }

    @Override
    public void close() {
        connection.close();
        process.destroyForcibly().onExit().join();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException("no port of loopback is free", e);
        }
    }
}
