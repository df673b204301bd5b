package io.seawall.example;

import io.seawall.interceptors.Breaker;
import io.seawall.interceptors.Bulkhead;
import io.seawall.interceptors.Resilient;
import io.seawall.interceptors.Retry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;

/** Reads the catalogue from the replica, so that the primary has its time for those who write. Thread-safe. */
@ApplicationScoped
public class CatalogueReplica {

    @Inject
    Databases databases;

    @Inject
    CataloguePrimary primary;

    /**
     * All products.
     *
     * <p>JDBC must not be interrupted, so what ends an attempt are the limits of {@link Database}; one retry is for a
     * connection that died in the pool. As many calls as there are connections, so that none waits for one
     * of those; when many ask at once, the others wait a moment for their place.
     *
     * @return in the order of the shelf
     * @throws SQLException if neither the replica nor the primary answers
     */
    @Resilient(
            target = "catalogue-replica",
            timeout = Databases.CATALOGUE_TIMEOUT,
            interrupt = false,
            deadline = "2s",
            retry = @Retry(maxRetries = 1, backoff = "50ms"),
            breaker = @Breaker(openFor = "5s"),
            bulkhead = @Bulkhead(max = Databases.CATALOGUE_CONNECTIONS, maxWait = "500ms"),
            fallback = "fromPrimary")
    public List<Product> products() throws SQLException {
        return databases.replica().query(Product.ALL);
    }

    List<Product> fromPrimary() throws SQLException {
        return primary.products();
    }
}
