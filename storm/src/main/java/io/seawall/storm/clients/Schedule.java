package io.seawall.storm.clients;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When each client asks: one after another, each again after the same time, whatever became of the last question. So the
 * load is the same in every second, and it does not wait for a shop that is slow.
 */
final class Schedule {

    private final long periodNanos;
    private final double[] places;

    /**
     * Gives each client its place in the period.
     *
     * @param clients how many
     * @param period the time from a question of a client to its next
     * @param random where in its part of the period a client asks
     */
    Schedule(int clients, Duration period, RandomGenerator random) {
        periodNanos = period.toNanos();
        places = new double[clients];
        for (int client = 0; client < clients; client++) {
            places[client] = (client + random.nextDouble()) / clients;
        }
    }

    int client(long question) {
        return (int) (question % places.length);
    }

    /** Nanoseconds from the beginning to a question, from 0; later questions are later. */
    long at(long question) {
        return question / places.length * periodNanos + (long) (places[client(question)] * periodNanos);
    }
}
