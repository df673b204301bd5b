package io.seawall.demo;

import org.jspecify.annotations.Nullable;

/** The services and databases that the shop depends on, wherever they are. Closing it ends those that are played here. */
final class Services implements AutoCloseable {

    private final String address;
    private final @Nullable Downstreams here;
    private final @Nullable DemoDatabases databases;

    private Services(String address, @Nullable Downstreams here, @Nullable DemoDatabases databases) {
        this.address = address;
        this.here = here;
        this.databases = databases;
    }

    static Services here(Downstreams played, DemoDatabases databases) {
        return new Services("http://localhost:" + played.port(), played, databases);
    }

    /**
     * Services of somebody else; the databases are then those that the shop has in its memory.
     *
     * @param address where, without a slash at its end
     */
    static Services elsewhere(String address) {
        return new Services(address, null, null);
    }

    String address() {
        return address;
    }

    /** The databases that are played here; null where the shop has its own. */
    @Nullable
    DemoDatabases databases() {
        return databases;
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
        if (databases != null) {
            databases.close();
        }
    }
}
