package io.seawall.redis;

/** One or several real Redis that can fall ill and get well, on loopback, gone with {@link #close}. */
public interface SickStore extends AutoCloseable {

    /**
     * Its address as an init-param.
     *
     * @return a URI, with user and password if there are any
     */
    String uri();

    /** Falls ill. What follows of it may take a moment to show. */
    void fall();

    /** Gets well, or waits until it is. */
    void recover();

    @Override
    void close();
}
