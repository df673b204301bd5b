package io.seawall.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoDatabaseTest {

    private static final String SCRIPT = "CREATE TABLE product (id INT); INSERT INTO product VALUES (1)";

    /** As the demo does. */
    @BeforeAll
    static void listenOnLoopbackAlone() {
        System.setProperty("h2.bindAddress", "127.0.0.1");
    }

    private static Connection connect(String url) throws SQLException {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(url);
        return source.getConnection();
    }

    @Test
    void the_shop_may_read() throws Exception {
        try (DemoDatabase database = new DemoDatabase("reading", SCRIPT);
                Connection shop = connect(database.url());
                Statement statement = shop.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id FROM product")) {
            assertThat(rows.next()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE ALIAS run AS 'int run() { return 1; }'",
                "DELETE FROM product",
                "SHUTDOWN",
                "SET EXCLUSIVE 1"
            })
    void and_neither_it_nor_anybody_else_on_this_machine_may_more(String sql) throws Exception {
        try (DemoDatabase database = new DemoDatabase("more", SCRIPT);
                Connection anybody = connect(database.url());
                Statement statement = anybody.createStatement()) {
            assertThatThrownBy(() -> statement.execute(sql))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("rights");
        }
    }
}
