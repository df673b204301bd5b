package io.seawall.storm.backend;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A real database of its own, in memory, with a pool of connections in front of it. Thread-safe. */
final class StockDatabase implements AutoCloseable {

    /** Longer than any outage: whoever waits for a connection waits for the database to be back. */
    private static final Duration CONNECTION_TIMEOUT = Duration.ofMinutes(5);

    private final Duration queryTime;
    private final Connection operator;
    private final HikariDataSource pool;

    /**
     * Creates it, with stock, and opens all connections.
     *
     * @param connections how many the pool has
     * @param queryTime how long each query takes
     * @throws SQLException if that fails
     */
    StockDatabase(int connections, Duration queryTime) throws SQLException {
        this.queryTime = queryTime;
        String url = "jdbc:h2:mem:" + UUID.randomUUID();
        operator = DriverManager.getConnection(url);
        run("CREATE ALIAS TAKE_MILLIS FOR '" + QueryTime.class.getName() + ".take'");
        run("CREATE TABLE STOCK (PRODUCT VARCHAR PRIMARY KEY, PIECES INT NOT NULL)");
        run("INSERT INTO STOCK VALUES ('mug', 120), ('lamp', 35), ('rope', 18)");
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(connections);
        config.setConnectionTimeout(CONNECTION_TIMEOUT.toMillis());
        // None is replaced: the number of connections is the capacity.
        config.setMaxLifetime(0);
        pool = new HikariDataSource(config);
        openAll(connections);
    }

    /** The pool opens all but the first when it has time, and a database that hangs lets nobody in. */
    private void openAll(int connections) throws SQLException {
        List<Connection> all = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            all.add(pool.getConnection());
        }
        for (Connection connection : all) {
            connection.close();
        }
    }

    /** What is in stock, after as long as a query takes. */
    Map<String, Integer> read() throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement wait = connection.prepareStatement("CALL TAKE_MILLIS(?)");
                PreparedStatement query = connection.prepareStatement("SELECT PRODUCT, PIECES FROM STOCK")) {
            wait.setLong(1, queryTime.toMillis());
            wait.executeQuery().close();
            Map<String, Integer> stock = new LinkedHashMap<>();
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    stock.put(row.getString(1), row.getInt(2));
                }
            }
            return stock;
        }
    }

    /** From now on nothing that other connections ask for goes on. */
    void hang() throws SQLException {
        run("SET EXCLUSIVE 1");
    }

    /** What hangs goes on. */
    void goOn() throws SQLException {
        run("SET EXCLUSIVE 0");
    }

    int connectionsInUse() {
        return pool.getHikariPoolMXBean().getActiveConnections();
    }

    /** Closing it again does nothing. */
    @Override
    public void close() throws SQLException {
        if (operator.isClosed()) {
            return;
        }
        try (operator) {
            // Who hangs could not end.
            goOn();
            pool.close();
        }
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = operator.createStatement()) {
            statement.execute(sql);
        }
    }
}
