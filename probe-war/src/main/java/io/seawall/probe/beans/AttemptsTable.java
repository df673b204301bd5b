package io.seawall.probe.beans;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/** A row for each attempt that was committed, in the server's default data source. Thread-safe. */
@ApplicationScoped
public class AttemptsTable {

    /** Makes the table, if it is not there. Not within a transaction: some databases commit then. */
    public void create() {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("create table ATTEMPTS (RUN_ID varchar(36) not null, ATTEMPT int not null)");
        } catch (SQLException there) {
            rows("none"); // fails as well if it was for another reason
        }
    }

    /**
     * Writes a row in the transaction under way.
     *
     * @param run the run
     * @param attempt number of the attempt
     */
    public void insert(Run run, int attempt) {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement("insert into ATTEMPTS values (?, ?)")) {
            statement.setString(1, run.id());
            statement.setInt(2, attempt);
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Counts.
     *
     * @param run id of the run
     * @return its committed rows, if no transaction is under way
     */
    public int rows(String run) {
        try (Connection connection = connect();
                PreparedStatement statement =
                        connection.prepareStatement("select count(*) from ATTEMPTS where RUN_ID = ?")) {
            statement.setString(1, run);
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                return result.getInt(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** TomEE has no name of the specification for it: there {@code PROBE_DATA_SOURCE} has another. */
    @SuppressWarnings("BanJNDI") // A name that the tests choose.
    private static Connection connect() throws SQLException {
        try {
            String name = System.getProperty("PROBE_DATA_SOURCE", "java:comp/DefaultDataSource");
            return ((DataSource) new InitialContext().lookup(name)).getConnection();
        } catch (NamingException e) {
            throw new IllegalStateException("no default data source", e);
        }
    }
}
