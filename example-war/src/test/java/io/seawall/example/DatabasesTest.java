package io.seawall.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.enterprise.inject.se.SeContainer;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

/** The databases of a shop that was told of none. */
class DatabasesTest {

    @Test
    void a_shop_that_was_told_of_no_database_has_its_own_and_nothing_of_it_stays() throws SQLException {
        try (SeContainer shop = Shop.open()) {
            assertThat(shop.select(Catalogue.class).get().products())
                    .extracting(Product::name)
                    .containsExactly("Harbour mug", "Storm lamp", "Ten metres of rope");
            assertThat(shop.select(ProductSearch.class).get().find(new SearchText("lamp")))
                    .containsExactly(new Product("lamp", "Storm lamp", 4900));
        }
        assertThat(DriverManager.drivers())
                .noneMatch(driver -> driver.getClass().getName().startsWith("org.h2."));
        assertGone("shop-primary");
        assertGone("shop-replica");
    }

    private static void assertGone(String name) {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:mem:" + name + ";IFEXISTS=TRUE");
        assertThatThrownBy(source::getConnection)
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("not found");
    }
}
