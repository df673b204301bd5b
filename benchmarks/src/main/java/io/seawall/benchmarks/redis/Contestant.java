package io.seawall.benchmarks.redis;

import java.io.IOException;

/** A contender at work: in a JVM of its own, on a Redis of its own, so that what they spend is what it costs. */
final class Contestant implements AutoCloseable {

    private final Contender contender;
    private final LoadJvm jvm;
    private final RedisServer redis;

    Contestant(Contender contender, LoadJvm jvm, RedisServer redis) {
        this.contender = contender;
        this.jvm = jvm;
        this.redis = redis;
    }

    Contender contender() {
        return contender;
    }

    RedisCounters counters() {
        return redis.counters();
    }

    /** The same JVM on another Redis: what differs then is not what the compiler has made of it. */
    Contestant on(RedisServer other) {
        return new Contestant(contender, jvm, other);
    }

    Outcome run(Load load) throws IOException, InterruptedException {
        return jvm.run(redis.port(), load);
    }

    /** To be called when all clients have asked before: their limit is endless then, or used up. */
    Figures measure(Load load) throws IOException, InterruptedException {
        RedisCounters before = counters();
        Outcome outcome = run(load);
        RedisCounters after = counters();
        long expected = load.limit().isEndless() ? outcome.decisions() : 0;
        if (outcome.granted() != expected) {
            throw new IllegalStateException(
                    contender + " has granted " + outcome.granted() + " and not " + expected + " requests of " + load);
        }
        return Figures.of(outcome, before, after, contender.sent());
    }

    @Override
    public void close() {
        jvm.close();
        redis.close();
    }
}
