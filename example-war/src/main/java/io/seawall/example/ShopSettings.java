package io.seawall.example;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the services and databases are that the shop depends on: system properties first, then the environment, as Seawall reads its own
 * settings.
 */
@ApplicationScoped
public class ShopSettings {

    /**
     * The address of the inventory service.
     *
     * @return {@code SHOP_INVENTORY_URL}, or port 8081 of this machine
     * @throws IllegalArgumentException if it is set to something that is no URI
     */
    public URI inventory() {
        return address("SHOP_INVENTORY_URL", "http://localhost:8081/inventory");
    }

    /**
     * The address of the payments service.
     *
     * @return {@code SHOP_PAYMENTS_URL}, or port 8081 of this machine
     * @throws IllegalArgumentException if it is set to something that is no URI
     */
    public URI payments() {
        return address("SHOP_PAYMENTS_URL", "http://localhost:8081/payments");
    }

    /**
     * The database that is written to.
     *
     * @return {@code SHOP_PRIMARY_URL}, of JDBC; empty for one in the memory of this application
     */
    public Optional<String> primary() {
        return database("SHOP_PRIMARY_URL");
    }

    /**
     * The copy of the primary that is read from.
     *
     * @return {@code SHOP_REPLICA_URL}, of JDBC; empty for one in the memory of this application
     */
    public Optional<String> replica() {
        return database("SHOP_REPLICA_URL");
    }

    private static URI address(String name, String fallback) {
        String value = value(name);
        return URI.create(value != null ? value : fallback);
    }

    private static Optional<String> database(String name) {
        return Optional.ofNullable(value(name)).filter(url -> !url.isBlank());
    }

    private static @Nullable String value(String name) {
        String property = System.getProperty(name);
        return property != null ? property : System.getenv(name);
    }
}
