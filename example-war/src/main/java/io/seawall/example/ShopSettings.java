package io.seawall.example;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;

/**
 * Where the services are that the shop depends on: system properties first, then the environment, as Seawall reads its own
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

    private static URI address(String name, String fallback) {
        String property = System.getProperty(name);
        String value = property != null ? property : System.getenv(name);
        return URI.create(value != null ? value : fallback);
    }
}
