package io.seawall.example;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.h2.api.ErrorCode;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.jdbcx.JdbcDataSource;

/** A pool of connections to one database, bounded in number, and in time whatever the database does. Thread-safe. */
final class Database implements AutoCloseable {

    /** Nobody waits for a connection as long as callers hold to their number. */
    private static final int LOGIN_TIMEOUT_SECONDS = 1;

    private final JdbcDataSource source = new JdbcDataSource();
    private final int maxConnections;

    private final Object lock = new Object();

    /** Whoever asks takes the one that is current, and keeps to it. */
    private volatile JdbcConnectionPool pool;

    private boolean closed;

    /**
     * Makes a pool. No connection is opened yet, so that the shop starts without its databases.
     *
     * @param url where the database is, as {@code jdbc:h2:tcp://host/path}
     * @param maxConnections how many calls it answers at a time
     * @param timeoutMillis how long it may work on an answer, and how long the network may be silent
     */
    Database(String url, int maxConnections, long timeoutMillis) {
        this.maxConnections = maxConnections;
        source.setURL(limited(url, timeoutMillis));
        pool = emptyPool(source, maxConnections);
    }

    private static JdbcConnectionPool emptyPool(JdbcDataSource source, int maxConnections) {
        JdbcConnectionPool empty = JdbcConnectionPool.create(source);
        empty.setMaxConnections(maxConnections);
        empty.setLoginTimeout(LOGIN_TIMEOUT_SECONDS);
        return empty;
    }

    /** In the words of this driver; others have properties for it ({@code socketTimeout} of PostgreSQL, of MySQL). */
    private static String limited(String url, long timeoutMillis) {
        String limited = url + ";QUERY_TIMEOUT=" + timeoutMillis;
        return url.startsWith("jdbc:h2:tcp:") ? limited + ";NETWORK_TIMEOUT=" + timeoutMillis : limited;
    }

    /**
     * Asks for products.
     *
     * @param sql one of the questions of {@link Product}
     * @param parameters what stands for each {@code ?} of it
     * @return never to be changed: it may be given to several callers
     * @throws SQLException if the database does not answer, or not in time
     */
    List<Product> query(String sql, String... parameters) throws SQLException {
        JdbcConnectionPool current = pool;
        try {
            return query(current, sql, parameters);
        } catch (IllegalStateException renewed) { // between the line above and the call
            throw new SQLException("the connections were replaced, or the shop is closing", renewed);
        } catch (SQLException failure) {
            if (isBroken(failure)) {
                renew(current);
            }
            throw failure;
        }
    }

    /** This pool does not look whether what is in it still works; of one that does (HikariCP), this is part of its work. */
    private static boolean isBroken(SQLException failure) {
        return failure.getErrorCode() == ErrorCode.CONNECTION_BROKEN_1
                || failure.getErrorCode() == ErrorCode.DATABASE_CALLED_AT_SHUTDOWN;
    }

    /** Where one connection is dead, all are: else each would cost a call, after the database is back. */
    private void renew(JdbcConnectionPool broken) {
        synchronized (lock) {
            if (closed || pool != broken) {
                return;
            }
            pool = emptyPool(source, maxConnections);
        }
        broken.dispose();
    }

    private static List<Product> query(JdbcConnectionPool pool, String sql, String... parameters) throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                List<Product> products = new ArrayList<>();
                while (rows.next()) {
                    products.add(Product.of(rows));
                }
                return List.copyOf(products);
            }
        }
    }

    /** Closes what is not in use; what is, when it comes back. */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
        }
        pool.dispose();
    }
}
