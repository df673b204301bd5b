package io.seawall.redis;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.JedisClusterCRC16;

/** A connection of Jedis on which no answer is waited for past a deadline. Used by one thread at a time; closed by any. */
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
     * @param endpoint of the server
     * @param login who we are there, in which database, and whether by TLS
     * @param deadline of all of it, but for a name that is looked up
     * @param opening gets the socket before anything can be waited for, to be able to close it
     * @throws RedisFailure if that fails; the message holds no secret
     */
    static RedisConnection open(
            Endpoint endpoint, RedisAddress login, Deadline deadline, Consumer<DeadlineSocket> opening) {
        DeadlineSocket socket = new DeadlineSocket(deadline);
        opening.accept(socket);
        try {
            Connection connection = Connection.builder()
                    .socketFactory(() -> connect(socket, endpoint, login.isTls(), deadline))
                    .clientConfig(config(login))
                    .build();
            return new RedisConnection(socket, connection);
        } catch (RuntimeException e) {
            RedisFailure failure = failure(e);
            try {
                socket.close();
            } catch (IOException notClosed) {
                failure.addSuppressed(notClosed);
            }
            throw failure;
        }
    }

    /**
     * Sends commands in one go and reads what Redis says.
     *
     * @return a reply for each; one that is an error is a {@link RedisFailure}
     * @throws RedisFailure if not all replies were there by the deadline
     */
    List<@Nullable Object> ask(List<RedisCommand> commands, Deadline deadline) {
        socket.readUntil(deadline);
        try {
            for (RedisCommand command : commands) {
                connection.sendCommand(arguments(command));
            }
            List<@Nullable Object> replies = new ArrayList<>(commands.size());
            for (Object reply : connection.getMany(commands.size())) {
                replies.add(reply instanceof JedisDataException error ? failure(error) : reply);
            }
            return replies;
        } catch (JedisException e) {
            throw failure(e);
        }
    }

    private static CommandArguments arguments(RedisCommand command) {
        byte[] name = command.words().get(0);
        CommandArguments arguments = new CommandArguments(() -> name);
        for (int i = 1; i < command.words().size(); i++) {
            arguments.add(command.words().get(i));
        }
        return arguments;
    }

    /** The plain socket first: to say goodbye by TLS is to write, which may hang. */
    @Override
    public void close() {
        try {
            socket.close();
            connection.forceDisconnect();
        } catch (IOException e) {
            throw new AssertionError("it closes quietly", e);
        }
    }

    private static Socket connect(DeadlineSocket socket, Endpoint server, boolean tls, Deadline deadline) {
        try {
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            // No lingering: what was not sent by the deadline is not worth a thread's time.
            socket.setSoLinger(true, 0);
            InetSocketAddress resolved = new InetSocketAddress(InetAddress.getByName(server.host()), server.port());
            socket.connect(resolved, deadline.leftMillis());
            return tls ? withTls(socket, server) : socket;
        } catch (IOException e) {
            throw new JedisConnectionException("cannot connect to " + server, e);
        }
    }

    /** Around the socket that knows the deadline. Checks the certificate and that it is of this host. */
    private static Socket withTls(DeadlineSocket socket, Endpoint server) throws IOException {
        SSLSocket secure;
        try {
            SSLSocketFactory factory = SSLContext.getDefault().getSocketFactory();
            secure = (SSLSocket) factory.createSocket(socket, server.host(), server.port(), true);
        } catch (NoSuchAlgorithmException e) {
            throw new IOException("the JVM's own trust store cannot be read: see javax.net.ssl.trustStore", e);
        }
        SSLParameters parameters = secure.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secure.setSSLParameters(parameters);
        secure.startHandshake();
        return secure;
    }

    /** In which slot of a cluster keys with this tag are, or a key without one. */
    static int slot(String tag) {
        return JedisClusterCRC16.getSlot(tag);
    }

    /** Without the courtesies of a new connection, each of which is a round trip of its own. */
    private static JedisClientConfig config(RedisAddress login) {
        return DefaultJedisClientConfig.builder()
                .user(login.user())
                .password(login.password())
                .database(login.database())
                .resp2()
                .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
                .build();
    }

    /** What went wrong, in the words of Redis, with what to do about it, or in those of the socket. */
    private static RedisFailure failure(RuntimeException e) {
        Throwable root = e;
        for (Throwable each = e; each != null; each = each.getCause()) {
            String words = each.getMessage();
            // Before it closes a connection, Redis may say why: Jedis has that above what the socket says then.
            if (each instanceof JedisException && words != null && RedisError.of(words) != null) {
                return new RedisFailure(RedisError.explained(words), e);
            }
            root = each;
        }
        @Nullable String message = root.getMessage();
        return new RedisFailure(
                root instanceof JedisException && message != null
                        ? message
                        : root.getClass().getSimpleName() + (message == null ? "" : ": " + message),
                e);
    }
}
