package io.seawall.demo;

import org.jspecify.annotations.Nullable;

/** The services that the shop depends on, wherever they are. Closing it ends those that are played here. */
final class Services implements AutoCloseable {

    private final String address;
    private final @Nullable Downstreams here;

    private Services(String address, @Nullable Downstreams here) {
        this.address = address;
        this.here = here;
    }

    static Services here(Downstreams played) {
        return new Services("http://localhost:" + played.port(), played);
    }

    /**
     * Services of somebody else.
     *
     * @param address where, without a slash at its end
     */
    static Services elsewhere(String address) {
        return new Services(address, null);
    }

    String address() {
        return address;
    }

    /** Whether they can be told here how to behave. */
    boolean played() {
        return here != null;
    }

    @Override
    public void close() {
        if (here != null) {
            here.close();
        }
    }
}
