package io.seawall.example;

import io.seawall.interceptors.Breaker;
import io.seawall.interceptors.Bulkhead;
import io.seawall.interceptors.Resilient;
import io.seawall.interceptors.Retry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;

/**
 * Searches the catalogue, on the replica alone. However slow that is, and however many search, they hold so many threads and
 * connections and no more: the checkout has its own. Thread-safe.
 */
@ApplicationScoped
public class ProductSearch {

    @Inject
    Databases databases;

    /**
     * Finds products by their names.
     *
     * @param text a part of the name
     * @return in the order of the shelf
     * @throws SQLException if the replica does not answer
     */
    @Resilient(
            target = "search",
            timeout = Databases.SEARCH_TIMEOUT,
            interrupt = false,
            retry = @Retry(maxRetries = 0),
            breaker = @Breaker(openFor = "5s"),
            bulkhead = @Bulkhead(max = Databases.SEARCH_CONNECTIONS))
    public List<Product> find(SearchText text) throws SQLException {
        return databases.search().query(Product.BY_NAME, text.pattern());
    }
}
