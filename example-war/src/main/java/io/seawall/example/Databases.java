package io.seawall.example;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.h2.Driver;

/**
 * The databases of the shop: a primary, a replica of it for reading, and connections to the replica for searches alone.
 * Opened by the first who asks, closed with the application. Thread-safe.
 *
 * <p>On a server with data sources of its own, this is what an administrator sets there.
 */
@ApplicationScoped
public class Databases {

    static final int CATALOGUE_CONNECTIONS = 20;

    static final int SEARCH_CONNECTIONS = 5;

    /** {@link #CATALOGUE_MILLIS}, for {@code @Resilient}. */
    static final String CATALOGUE_TIMEOUT = "1s";

    /** {@link #SEARCH_MILLIS}, for {@code @Resilient}; searches take longer, by their nature. */
    static final String SEARCH_TIMEOUT = "3s";

    private static final long CATALOGUE_MILLIS = 1000;

    private static final long SEARCH_MILLIS = 3000;

    private static final Logger LOG = System.getLogger(Databases.class.getName());

    @Inject
    ShopSettings settings;

    /** The last opened is the first to be closed. */
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    private Database primary;
    private Database replica;
    private Database search;

    Database primary() {
        return primary;
    }

    Database replica() {
        return replica;
    }

    Database search() {
        return search;
    }

    @PostConstruct
    void open() {
        try {
            String replicaUrl = orInMemory(settings.replica(), "shop-replica");
            primary = pool(orInMemory(settings.primary(), "shop-primary"), CATALOGUE_CONNECTIONS, CATALOGUE_MILLIS);
            replica = pool(replicaUrl, CATALOGUE_CONNECTIONS, CATALOGUE_MILLIS);
            search = pool(replicaUrl, SEARCH_CONNECTIONS, SEARCH_MILLIS);
        } catch (RuntimeException failure) {
            close(); // nobody else does, of a bean that was never made
            throw failure;
        } finally {
            // Data sources need no DriverManager, which would keep the driver after the application is gone.
            Driver.unload();
        }
    }

    @PreDestroy
    void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception failure) {
                LOG.log(Level.WARNING, "a database did not close in order", failure);
            }
        }
    }

    private Database pool(String url, int maxConnections, long timeoutMillis) {
        Database pool = new Database(url, maxConnections, timeoutMillis);
        open.push(pool);
        return pool;
    }

    private String orInMemory(Optional<String> url, String name) {
        return url.orElseGet(() -> {
            StandInDatabase standIn = StandInDatabase.open(name);
            open.push(standIn);
            return standIn.url();
        });
    }
}
