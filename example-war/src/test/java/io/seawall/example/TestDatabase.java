package io.seawall.example;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.jdbcx.JdbcDataSource;
import org.h2.tools.Server;

/** A real database on a server of its own, with the catalogue, that can be slowed and stopped. Public for its function of SQL. */
public final class TestDatabase implements AutoCloseable {

    /** By name, since a function of SQL is a static method. */
    private static final Map<String, TestDatabase> ALL = new ConcurrentHashMap<>();

    private final AtomicInteger held = new AtomicInteger();

    /** Open while the database answers. */
    private volatile CountDownLatch answering = new CountDownLatch(0);

    private final String name;
    private final Connection keeper;
    private Server server;

    /**
     * Starts one.
     *
     * @param name of the database, and of the mug that it sells: so one sees which database has answered
     */
    TestDatabase(String name) throws SQLException, IOException {
        this.name = name;
        ALL.put(name, this);
        server = start("0");
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(embeddedUrl());
        keeper = source.getConnection();
        try (InputStream script = Product.class.getResourceAsStream("catalogue.sql");
                Statement statement = keeper.createStatement()) {
            statement.execute(new String(script.readAllBytes(), StandardCharsets.UTF_8));
            statement.execute("UPDATE product SET name = 'Mug of the " + name + "' WHERE id = 'mug'");
            statement.execute("ALTER TABLE product RENAME TO product_row");
            statement.execute("CREATE ALIAS answers FOR '" + TestDatabase.class.getName() + ".answers'");
            statement.execute("CREATE VIEW product AS SELECT * FROM product_row WHERE answers('" + name + "')");
        }
    }

    private static Server start(String port) throws SQLException {
        return Server.createTcpServer("-tcpPort", port, "-tcpDaemon").start();
    }

    /** What the view of products asks for each row. */
    public static boolean answers(String name) throws InterruptedException {
        return Objects.requireNonNull(ALL.get(name)).answers();
    }

    private boolean answers() throws InterruptedException {
        CountDownLatch latch = answering;
        if (latch.getCount() > 0) {
            held.incrementAndGet();
            latch.await();
        }
        return true;
    }

    String url() {
        return "jdbc:h2:tcp://localhost:" + server.getPort() + "/mem:" + name;
    }

    /** Past its server. */
    String embeddedUrl() {
        return "jdbc:h2:mem:" + name + ";DB_CLOSE_ON_EXIT=FALSE";
    }

    /** From now on, no question is answered. */
    void hold() {
        answering = new CountDownLatch(1);
    }

    /** How many questions have come since. */
    int held() {
        return held.get();
    }

    /** All are answered, also those that wait. */
    void release() {
        answering.countDown();
    }

    /** The server goes, with all connections; the data stay. */
    void stop() {
        server.stop();
    }

    void restart() throws SQLException {
        server = start(Integer.toString(server.getPort()));
    }

    @Override
    public void close() throws SQLException {
        release();
        server.stop();
        keeper.close();
        ALL.remove(name);
    }
}
