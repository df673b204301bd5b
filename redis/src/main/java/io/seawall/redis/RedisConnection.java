package io.seawall.redis;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/** A connection of Jedis on which nothing waits past a deadline. Used by one thread at a time; closed by any. */
final class RedisConnection implements AutoCloseable {

    private final DeadlineSocket socket;
    private final Connection connection;

    private RedisConnection(DeadlineSocket socket, Connection connection) {
        this.socket = socket;
        this.connection = connection;
    }

    /**
     * Connects and logs in.
     *
     * @param timeoutMillis for all of it
     * @throws JedisException if that fails; the message holds no secret
     */
    static RedisConnection open(HostAndPort server, RedisAddress address, int timeoutMillis) {
        DeadlineSocket socket = new DeadlineSocket();
        long deadlineNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        try {
            Connection connection = Connection.builder()
                    .socketFactory(() -> connect(socket, server, deadlineNanos))
                    .clientConfig(config(address))
                    .build();
            return new RedisConnection(socket, connection);
        } catch (RuntimeException e) {
            closeQuietly(socket);
            throw e;
        }
    }

    /**
     * Sends commands in one go and reads what Redis says.
     *
     * @return a reply for each; one that is an error is the exception
     * @throws JedisException if not all replies were there by the deadline
     */
    List<@Nullable Object> ask(List<CommandArguments> commands, long deadlineNanos) {
        socket.readUntil(deadlineNanos);
        for (CommandArguments command : commands) {
            connection.sendCommand(command);
        }
        return connection.getMany(commands.size());
    }

    @Override
    public void close() {
        try {
            connection.forceDisconnect();
        } catch (IOException e) {
            throw new AssertionError("it closes quietly", e);
        }
    }

    private static Socket connect(DeadlineSocket socket, HostAndPort server, long deadlineNanos) {
        try {
            socket.readUntil(deadlineNanos);
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            // No lingering: what was not sent by the deadline is not worth a thread's time.
            socket.setSoLinger(true, 0);
            long left = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
            socket.connect(new InetSocketAddress(InetAddress.getByName(server.getHost()), server.getPort()), (int)
                    Math.max(1, left));
            return socket;
        } catch (IOException e) {
            throw new JedisConnectionException("cannot connect to " + server, e);
        }
    }

    /** Without the courtesies of a new connection, each of which is a round trip of its own. */
    private static JedisClientConfig config(RedisAddress address) {
        return DefaultJedisClientConfig.builder()
                .user(address.user())
                .password(address.password())
                .database(address.database())
                .resp2()
                .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
                .build();
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException ignored) {
            // It is not open, which is what is wanted.
        }
    }

    /** What went wrong, in the words of Redis or of the socket. */
    static RedisFailure failure(RuntimeException e) {
        Throwable root = e;
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            root = cause;
        }
        @Nullable String message = root.getMessage();
        return new RedisFailure(
                root instanceof JedisException && message != null
                        ? message
                        : root.getClass().getSimpleName() + (message == null ? "" : ": " + message),
                e);
    }
}
