package io.seawall.storm.backend;

/** How a backend is down. */
public enum Outage {
    /** The database answers nobody: queries hang until it is back, with the connections and workers that wait for them. */
    HANG,
    /** Every request is refused at once, as by a load balancer that has no backend left. */
    REFUSE
}
