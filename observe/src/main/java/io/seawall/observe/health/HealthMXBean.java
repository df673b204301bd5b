package io.seawall.observe.health;

/** The health of one application, as {@code io.seawall:type=Health,name="..."}. */
public interface HealthMXBean {

    /**
     * Where the application is.
     *
     * @return {@code starting}, {@code serving} or {@code draining}
     */
    String getState();

    /**
     * Whether a load balancer should send requests.
     *
     * @return as the servlet and MicroProfile Health say
     */
    boolean isReady();

    /**
     * Begins to drain.
     *
     * @return false if the application does already
     */
    boolean drain();

    /**
     * Takes requests again.
     *
     * @return false if the application does already
     */
    boolean serve();
}
