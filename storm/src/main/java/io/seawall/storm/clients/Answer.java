package io.seawall.storm.clients;

/** What a client has got. */
public enum Answer {
    /** The products, with the stock of now. */
    FRESH,
    /** The products, with an old stock or none. */
    DEGRADED,
    /** A refusal of the rate limit, 429. */
    LIMITED,
    /** An error, or nothing in time. */
    FAILED
}
