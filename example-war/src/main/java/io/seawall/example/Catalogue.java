package io.seawall.example;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** What the shop sells. Thread-safe. */
@ApplicationScoped
public class Catalogue {

    private static final List<Product> PRODUCTS = List.of(
            new Product("mug", "Harbour mug", 1250),
            new Product("lamp", "Storm lamp", 4900),
            new Product("rope", "Ten metres of rope", 1875));

    /**
     * All products.
     *
     * @return in the order of the shelf
     */
    public List<Product> products() {
        return PRODUCTS;
    }

    /**
     * Looks a product up.
     *
     * @param id the id of the product
     * @return empty if the shop does not sell it
     */
    public Optional<Product> find(String id) {
        return PRODUCTS.stream().filter(product -> product.id().equals(id)).findFirst();
    }
}
