package io.seawall.example;

import io.seawall.interceptors.Breaker;
import io.seawall.interceptors.Bulkhead;
import io.seawall.interceptors.Resilient;
import io.seawall.interceptors.Retry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;

/** Reads the catalogue from the primary, while the replica cannot be read. Thread-safe. */
@ApplicationScoped
public class CataloguePrimary {

    @Inject
    Databases databases;

    /**
     * All products.
     *
     * @return in the order of the shelf
     * @throws SQLException if the primary does not answer
     */
    @Resilient(
            target = "catalogue-primary",
            timeout = Databases.CATALOGUE_TIMEOUT,
            interrupt = false,
            deadline = "2s",
            retry = @Retry(maxRetries = 1, backoff = "50ms"),
            breaker = @Breaker(openFor = "5s"),
            bulkhead = @Bulkhead(max = Databases.CATALOGUE_CONNECTIONS, maxWait = "500ms"))
    public List<Product> products() throws SQLException {
        return databases.primary().query(Product.ALL);
    }
}
