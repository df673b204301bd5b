package io.seawall.storm.clients;

/** The time of the clients, and their one thread. */
interface Time {

    /** Now, in nanoseconds since whenever. */
    long nanos();

    /** Runs a task on the thread of the clients, at this time; at once if it is over. */
    void at(long nanos, Runnable task);
}
