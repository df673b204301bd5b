package io.seawall.example;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import org.h2.jdbcx.JdbcDataSource;

/** Stands in, within this application, for a database server that the shop has not been told of. It has the catalogue. */
final class StandInDatabase implements AutoCloseable {

    private final String url;

    /** The database is there as long as a connection to it is, and so needs no other end. */
    private final Connection keeper;

    private StandInDatabase(String url, Connection keeper) {
        this.url = url;
        this.keeper = keeper;
    }

    static StandInDatabase open(String name) {
        // Without a hook of the JVM, which would keep the application after it was undeployed.
        String url = "jdbc:h2:mem:" + name + ";DB_CLOSE_ON_EXIT=FALSE";
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(url);
        try {
            Connection keeper = source.getConnection();
            try (Statement statement = keeper.createStatement()) {
                statement.execute(catalogue());
            }
            return new StandInDatabase(url, keeper);
        } catch (SQLException failure) {
            throw new IllegalStateException("the database " + name + " cannot be made", failure);
        }
    }

    String url() {
        return url;
    }

    @Override
    public void close() throws SQLException {
        keeper.close();
    }

    private static String catalogue() {
        try (InputStream script = StandInDatabase.class.getResourceAsStream("catalogue.sql")) {
            return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
