package io.seawall.benchmarks.redis;

import java.util.List;

/** Who is compared. */
enum Contender {
    ARTICLE("`ZREMRANGEBYSCORE`, `ZADD`, `ZCARD`, `EXPIRE` in a pipeline", "zremrangebyscore zadd zcard expire") {
        @Override
        Limiter connect(int port, Limit limit) {
            return new ArticlePipeline(port, limit);
        }
    },
    PLAIN_SCRIPT("one `EVALSHA` a decision", "evalsha") {
        @Override
        Limiter connect(int port, Limit limit) {
            return PlainScript.pooled(port, limit);
        }
    },
    /** For one thread. */
    BARE_SCRIPT("one `EVALSHA`, without a pool", "evalsha") {
        @Override
        Limiter connect(int port, Limit limit) {
            return PlainScript.bare(port, limit);
        }
    },
    /** Sends a GET, and an EVAL that does either GET or SET: so as many as all GETs and SETs together. */
    BUCKET4J("Bucket4j", "get set") {
        @Override
        Limiter connect(int port, Limit limit) {
            return new Bucket4jBuckets(JedisPools.connect(port), limit);
        }
    },
    /** For one client: the more ask at once, the more of them ask in vain. */
    BUCKET4J_FEW("Bucket4j, 8 connections", "get set") {
        @Override
        Limiter connect(int port, Limit limit) {
            return new Bucket4jBuckets(JedisPools.connectFew(port), limit);
        }
    },
    REDISSON("Redisson", "eval evalsha") {
        @Override
        Limiter connect(int port, Limit limit) {
            return new RedissonLimiters(port, limit);
        }
    },
    SEAWALL("**Seawall**", "eval evalsha ping") {
        @Override
        Limiter connect(int port, Limit limit) {
            return SeawallStore.exact(port, limit);
        }
    },
    /** For one client: a node that has permits in hand need not ask. */
    SEAWALL_LEASES("**Seawall**, leases of up to 10,000 permits", "eval evalsha ping") {
        @Override
        Limiter connect(int port, Limit limit) {
            return SeawallStore.withLeases(port, limit);
        }
    };

    private final String title;
    private final String sent;

    /**
     * Of those that are compared.
     *
     * @param sent by what {@code INFO commandstats} calls them: as many of these are done as commands are sent
     */
    Contender(String title, String sent) {
        this.title = title;
        this.sent = sent;
    }

    String title() {
        return title;
    }

    List<String> sent() {
        return List.of(sent.split(" ", -1));
    }

    /** Makes a limiter on a port of loopback. */
    abstract Limiter connect(int port, Limit limit);
}
