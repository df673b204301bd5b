package io.seawall.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.h2.jdbcx.JdbcDataSource;
import org.h2.tools.Server;

/** One database server that the shop depends on, behind a {@link Relay} that its {@link Switch} tells how to behave. Thread-safe. */
final class DemoDatabase implements HttpHandler, AutoCloseable {

    private final String name;
    private final Switch control;

    /** The data are in memory, and there as long as a connection to them is. */
    private final Connection keeper;

    private final Server server;
    private final Relay relay;

    /**
     * Starts one, on the loopback interface.
     *
     * @param name as {@code primary}
     * @param script makes what is in it
     * @throws SQLException if it cannot be made
     * @throws IOException if there is no port
     */
    DemoDatabase(String name, String script) throws SQLException, IOException {
        this.name = name;
        control = new Switch("/" + name);
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:mem:" + name + ";DB_CLOSE_ON_EXIT=FALSE");
        source.setUser("keeper");
        source.setPassword(UUID.randomUUID().toString());
        keeper = source.getConnection();
        try (Statement statement = keeper.createStatement()) {
            statement.execute(script);
            // Whoever else is on this machine may read what the shop sells, as the shop does, and no more: the owner of
            // a
            // database of H2 can run code in this process.
            statement.execute("CREATE USER \"\" PASSWORD ''");
            statement.execute("GRANT SELECT ON product TO \"\"");
        }
        server = Server.createTcpServer("-tcpPort", "0", "-tcpDaemon").start();
        relay = new Relay(server.getPort(), control);
    }

    /** Where it is told how to behave. */
    String path() {
        return control.path();
    }

    /** For JDBC. */
    String url() {
        return "jdbc:h2:tcp://127.0.0.1:" + relay.port() + "/mem:" + name;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        String body = Downstream.body(exchange);
        String request =
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
        control.answer(request, body)
                .orElseGet(() -> control.nothingElse(url()))
                .send(exchange);
    }

    @Override
    public void close() {
        relay.close();
        server.stop();
        try {
            keeper.close();
        } catch (SQLException lessTelling) {
            // It was in memory, and goes with the process.
        }
    }
}
