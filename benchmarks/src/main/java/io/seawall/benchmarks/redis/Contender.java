package io.seawall.benchmarks.redis;

import java.util.List;

/** Who is compared. Each has a JVM and a Redis of its own. */
enum Contender {
    ARTICLE(
            "ZREMRANGEBYSCORE, ZADD, ZCARD, EXPIRE in a pipeline",
            ArticlePipeline::new,
            "zremrangebyscore",
            "zadd",
            "zcard",
            "expire"),
    PLAIN_SCRIPT("one `EVALSHA` a decision, Jedis pool", PlainScript::pooled, "evalsha"),
    /** For one thread. */
    BARE_SCRIPT("one `EVALSHA`, one connection", PlainScript::bare, "evalsha"),
    /** Sends a GET, and an EVAL that does either GET or SET: so as many as all GETs and SETs together. */
    BUCKET4J("Bucket4j 8.19.0, Jedis pool", Bucket4jBuckets::new, "get", "set"),
    REDISSON("Redisson 4.6.1, RRateLimiter", RedissonLimiters::new, "eval", "evalsha"),
    SEAWALL("**Seawall**", SeawallStore::new, "eval", "evalsha");

    private final String title;
    private final Connection connection;
    private final List<String> sent;

    /** Makes a limiter. */
    @FunctionalInterface
    private interface Connection {
        Limiter to(int port, Limit limit);
    }

    /**
     * Of those that are compared.
     *
     * @param sent by what {@code INFO commandstats} calls them: as many of these are done as commands are sent
     */
    Contender(String title, Connection connection, String... sent) {
        this.title = title;
        this.connection = connection;
        this.sent = List.of(sent);
    }

    String title() {
        return title;
    }

    List<String> sent() {
        return sent;
    }

    Limiter connect(int port, Limit limit) {
        return connection.to(port, limit);
    }
}
