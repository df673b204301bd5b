package io.seawall.benchmarks.redis;

import java.util.List;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClient;

/**
 * The least that a script can do, a fixed window that begins with the first request: the floor of all that ask Redis once a decision.
 */
final class PlainScript implements Limiter {

    private static final String SCRIPT = """
            local used = redis.call('INCR', KEYS[1])
            if used == 1 then
              redis.call('PEXPIRE', KEYS[1], ARGV[2])
            end
            return used <= tonumber(ARGV[1]) and 1 or 0
            """;

    private static final Object GRANTED = 1L;

    private final AutoCloseable connection;
    private final Evaluation evaluation;
    private final List<String> arguments;

    /** Runs the script. */
    @FunctionalInterface
    private interface Evaluation {
        Object of(List<String> keys, List<String> arguments);
    }

    private PlainScript(AutoCloseable connection, Evaluation evaluation, Limit limit) {
        this.connection = connection;
        this.evaluation = evaluation;
        this.arguments = List.of(Long.toString(limit.permits()), Long.toString(limit.windowMillis()));
    }

    static Limiter pooled(int port, Limit limit) {
        RedisClient redis = JedisPools.connect(port);
        String sha = redis.scriptLoad(SCRIPT);
        return new PlainScript(redis, (keys, arguments) -> redis.evalsha(sha, keys, arguments), limit);
    }

    static Limiter bare(int port, Limit limit) {
        Jedis redis = new Jedis("127.0.0.1", port);
        String sha = redis.scriptLoad(SCRIPT);
        return new PlainScript(redis, (keys, arguments) -> redis.evalsha(sha, keys, arguments), limit);
    }

    @Override
    public boolean tryAcquire(String client) {
        return evaluation.of(List.of("rate:" + client), arguments).equals(GRANTED);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
