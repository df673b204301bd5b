package io.seawall.example;

import io.seawall.interceptors.Breaker;
import io.seawall.interceptors.Resilient;
import io.seawall.interceptors.Retry;
import io.seawall.interceptors.Stale;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;

/**
 * What the shop sells: as the replica has it, or else the primary, or else as it was when one of them last told. Thread-safe.
 */
@ApplicationScoped
public class Catalogue {

    @Inject
    CatalogueReplica replica;

    /**
     * All products. Only the last answer is kept here, for when the databases are away or slow: nobody waits longer than half a
     * second while there is one. Retries and circuits are those of the databases.
     *
     * @return in the order of the shelf; at most ten minutes old
     * @throws SQLException if no database answers, and none has for ten minutes
     */
    @Resilient(
            target = "catalogue",
            retry = @Retry(maxRetries = 0),
            breaker = @Breaker(failures = 0),
            stale = @Stale(maxAge = "10m", softDeadline = "500ms"))
    public List<Product> products() throws SQLException {
        return replica.products();
    }
}
