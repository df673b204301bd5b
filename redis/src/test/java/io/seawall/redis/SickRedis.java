package io.seawall.redis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;

/**
 * A real Redis behind a proxy, healthy until it is told to {@link #fall}; for one user, with a password. On loopback, gone with
 * {@link #close}.
 */
public final class SickRedis implements SickStore {

    private static final String PASSWORD = "old-secret";

    private final RedisFault fault;
    private final TestRedis redis = TestRedis.start(user(PASSWORD));
    private final LossyProxy proxy = new LossyProxy(redis);
    private @Nullable Connection held;

    /**
     * A healthy one.
     *
     * @param fault what it is going to have
     */
    public SickRedis(RedisFault fault) {
        this.fault = fault;
        try {
            fault.prepare(this);
        } catch (Throwable notPrepared) {
            close();
            throw notPrepared;
        }
    }

    private static String[] user(String password) {
        return new String[] {"--user", "app", "on", ">" + password, "~*", "&*", "+@all"};
    }

    @Override
    public String uri() {
        return "redis://app:" + PASSWORD + "@127.0.0.1:" + proxy.port();
    }

    @Override
    public void fall() {
        fault.cause(this);
    }

    @Override
    public void recover() {
        fault.cure(this);
    }

    TestRedis redis() {
        return redis;
    }

    LossyProxy proxy() {
        return proxy;
    }

    void restartWithPassword(String password) {
        redis.kill();
        redis.restart(List.of(user(password)));
    }

    void restart() {
        redis.kill();
        redis.restart();
    }

    void config(String name, String value) {
        redis.command("CONFIG", "SET", name, value);
    }

    /** A connection that is there when no other is let in. */
    void hold() {
        held = new Connection("127.0.0.1", redis.port());
        byHeld("PING");
    }

    void byHeld(String... words) {
        Connection connection = held;
        if (connection == null) {
            throw new IllegalStateException("no connection is held");
        }
        List<String> arguments = new ArrayList<>(List.of(words).subList(1, words.length));
        connection.executeCommand(new CommandArguments(() -> words[0].getBytes(StandardCharsets.US_ASCII))
                .addObjects(arguments.toArray()));
    }

    void letGo() {
        Connection connection = held;
        held = null;
        if (connection != null) {
            connection.close();
        }
    }

    @Override
    public void close() {
        letGo();
        proxy.close();
        redis.close();
    }
}
