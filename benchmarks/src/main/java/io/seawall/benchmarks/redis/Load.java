package io.seawall.benchmarks.redis;

import java.time.Duration;
import java.util.List;

/**
 * What is asked, and by how many at once. Goes to another JVM as one line.
 *
 * @param limit of each client
 * @param clients how many there are
 * @param kind of the threads
 * @param threads that ask, each one request after the other
 * @param times how often each client asks, evenly over the time; 0: clients are drawn at random, without a pause, until it is over
 * @param millis for how long; 0 if each client asks so often as soon as it can
 */
record Load(Limit limit, int clients, ThreadKind kind, int threads, int times, long millis) {

    static Load atRandom(Limit limit, int clients, ThreadKind kind, int threads, long millis) {
        return new Load(limit, clients, kind, threads, 0, millis);
    }

    static Load evenly(Limit limit, int clients, int threads, int times, long millis) {
        return new Load(limit, clients, ThreadKind.PLATFORM, threads, times, millis);
    }

    /** Each client once, so that Redis knows it. */
    Load filling() {
        return new Load(limit, clients, kind, threads, 1, 0);
    }

    Load lasting(long newMillis) {
        return new Load(limit, clients, kind, threads, times, newMillis);
    }

    String line() {
        return String.join(
                " ",
                Long.toString(limit.permits()),
                Long.toString(limit.windowMillis()),
                Integer.toString(clients),
                kind.name(),
                Integer.toString(threads),
                Integer.toString(times),
                Long.toString(millis));
    }

    static Load parse(List<String> words) {
        return new Load(
                new Limit(Long.parseLong(words.get(0)), Duration.ofMillis(Long.parseLong(words.get(1)))),
                Integer.parseInt(words.get(2)),
                ThreadKind.valueOf(words.get(3)),
                Integer.parseInt(words.get(4)),
                Integer.parseInt(words.get(5)),
                Long.parseLong(words.get(6)));
    }
}
