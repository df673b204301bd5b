package io.seawall.example;

import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;

/** The beans of the shop with Seawall, as they are deployed, without a web server. */
final class Shop {

    private Shop() {}

    static SeContainer open() {
        return SeContainerInitializer.newInstance()
                .addBeanClasses(
                        Catalogue.class,
                        CatalogueReplica.class,
                        CataloguePrimary.class,
                        ProductSearch.class,
                        Databases.class,
                        ShopSettings.class)
                .initialize();
    }
}
