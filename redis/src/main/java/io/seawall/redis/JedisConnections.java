package io.seawall.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionPool;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/**
 * Scripts over a small pool of Jedis connections.
 *
 * <p>Jedis marks a connection broken after any time-out or I/O error, and the pool closes a broken one: a late reply must
 * never be read as the answer to the next question. Nothing is retried.
 */
final class JedisConnections implements RedisConnections {

    /** Made as they are needed: a Redis that answers within a millisecond needs a few, one that is 10 ms away needs these. */
    static final int MAX_CONNECTIONS = 64;

    /** With this our scripts begin what they say of keys that are not ours. */
    private static final String FOREIGN = "FOREIGN ";

    private final RedisAddress address;
    private final int timeoutMillis;
    private final ConnectionPool pool;

    JedisConnections(RedisAddress address, Duration timeout, int maxConnections) {
        this.address = address;
        this.timeoutMillis = Math.toIntExact(timeout.toMillis());
        GenericObjectPoolConfig<Connection> poolConfig = new GenericObjectPoolConfig<>();
        poolConfig.setMaxTotal(maxConnections);
        poolConfig.setMaxIdle(maxConnections);
        poolConfig.setMaxWait(timeout);
        // MBeans and the evictor's thread would outlive the application if ever close() were missed.
        poolConfig.setJmxEnabled(false);
        poolConfig.setTimeBetweenEvictionRuns(Duration.ofMillis(-1));
        pool = new ConnectionPool(hostAndPort(), config(timeoutMillis), poolConfig);
    }

    @Override
    public List<Long> run(ScriptCall call) {
        try (Connection connection = pool.getResource()) {
            return run(connection, call);
        } catch (JedisException e) {
            throw failure(e);
        }
    }

    @Override
    public @Nullable Object send(String command, List<byte[]> arguments) {
        CommandArguments line = new CommandArguments(() -> command.getBytes(StandardCharsets.US_ASCII));
        arguments.forEach(line::add);
        try (Connection connection = pool.getResource()) {
            return connection.executeCommand(line);
        } catch (JedisDataException e) {
            throw new RedisFailure(describe(e), e, false);
        } catch (JedisException e) {
            throw failure(e);
        }
    }

    @Override
    public void probe(ScriptCall call, int connectMillis) {
        try (Connection connection = new Connection(hostAndPort(), config(connectMillis))) {
            connection.connect();
            run(connection, call); // loads the script and warms up what the next call needs
            connection.setSoTimeout(timeoutMillis);
            run(connection, call);
        } catch (JedisException e) {
            throw failure(e);
        }
        pool.clear();
    }

    @Override
    public void close() {
        pool.close();
    }

    private static List<Long> run(Connection connection, ScriptCall call) {
        Object reply;
        try {
            reply = connection.executeCommand(
                    line(Command.EVALSHA, call.script().sha1(), call));
        } catch (JedisNoScriptException e) {
            // Redis was restarted or its scripts were flushed. The script did not run, so this is not a second time.
            reply = connection.executeCommand(line(Command.EVAL, call.script().text(), call));
        }
        if (reply instanceof List<?> list) {
            return list.stream().map(Long.class::cast).toList();
        }
        throw new JedisException("the script replied " + reply);
    }

    private static CommandArguments line(Command command, String script, ScriptCall call) {
        CommandArguments line =
                new CommandArguments(command).add(script).add(call.keys().size());
        call.keys().forEach(line::key);
        call.arguments().forEach(line::add);
        return line;
    }

    private HostAndPort hostAndPort() {
        return new HostAndPort(address.host(), address.port());
    }

    /** Without the courtesies of a new connection, each of which is a round trip of its own. */
    private DefaultJedisClientConfig config(int timeoutMillis) {
        return DefaultJedisClientConfig.builder()
                .connectionTimeoutMillis(timeoutMillis)
                .socketTimeoutMillis(timeoutMillis)
                .user(address.user())
                .password(address.password())
                .database(address.database())
                .resp2()
                .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
                .build();
    }

    private static RedisFailure failure(JedisException e) {
        Throwable root = e;
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            root = cause;
        }
        if (root instanceof InterruptedException) {
            Thread.currentThread().interrupt(); // the pool swallowed it while waiting
            return new RedisFailure("the thread was interrupted", e, false);
        }
        if (root instanceof NoSuchElementException) {
            return new RedisFailure("all connections are in use", e, false);
        }
        String message = describe(root);
        return message.startsWith(FOREIGN)
                ? new RedisFailure(message.substring(FOREIGN.length()), e, false)
                : new RedisFailure(message, e, true);
    }

    private static String describe(Throwable root) {
        @Nullable String message = root.getMessage();
        return root instanceof JedisException && message != null
                ? message
                : root.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    }
}
