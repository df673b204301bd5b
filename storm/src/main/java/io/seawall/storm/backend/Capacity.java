package io.seawall.storm.backend;

import java.time.Duration;

/**
 * How much a backend can do.
 *
 * @param connections connections to its database, at least 1
 * @param queryTime how long each query takes, at least 1 ms
 * @param queue how many requests may wait for a worker, at least 1; one more is refused
 */
public record Capacity(int connections, Duration queryTime, int queue) {

    /** A query of a database that has something to do, and long beside what sleeping is off by. */
    private static final Duration QUERY_TIME = Duration.ofMillis(40);

    /** Of what is asked for: room enough to catch up after an outage, if nobody asks for more. */
    private static final double ROOM = 1.5;

    /** How long the last one in the queue waits. It is longer than callers do: of that, backends stay down. */
    private static final int QUEUE_SECONDS = 2;

    /** A capacity that exists. */
    public Capacity {
        if (connections < 1 || queryTime.toMillis() < 1 || queue < 1) {
            throw new IllegalArgumentException(
                    "a backend of " + connections + " connections, queries of " + queryTime.toMillis()
                            + " ms and a queue of " + queue + " has no capacity: each must be at least 1");
        }
    }

    /**
     * Half as much again as is asked for.
     *
     * @param requestsPerSecond what is asked for
     * @return connections and a queue for it
     */
    public static Capacity forLoad(int requestsPerSecond) {
        int connections = (int) Math.ceil(requestsPerSecond * ROOM * QUERY_TIME.toMillis() / 1_000);
        return new Capacity(connections, QUERY_TIME, QUEUE_SECONDS * perSecond(connections, QUERY_TIME));
    }

    /**
     * How many requests it can answer in a second.
     *
     * @return connections by time of a query
     */
    public int perSecond() {
        return perSecond(connections, queryTime);
    }

    private static int perSecond(int connections, Duration queryTime) {
        return (int) (connections * 1_000L / queryTime.toMillis());
    }
}
