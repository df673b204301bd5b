package io.seawall.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.h2.api.ErrorCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The limits that end a wait for a database, which nobody interrupts: there is no {@code @Resilient} here. */
class DatabaseTest {

    private static final long TIMEOUT_MILLIS = 1000;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** It looks at so many rows that it takes longer than anybody is patient, and finds none. */
    private static final String ENDLESS = "SELECT X AS id FROM SYSTEM_RANGE(1, 1000000000000) WHERE MOD(X, 2) > 1";

    private final ExecutorService shop = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task);
        thread.setDaemon(true); // should the limit not hold
        return thread;
    });

    private TestDatabase server;

    @BeforeEach
    void open() throws Exception {
        server = new TestDatabase("limits");
    }

    @AfterEach
    void close() throws Exception {
        server.close();
        shop.shutdownNow();
    }

    private Future<List<Product>> ask(Database database, String sql) {
        return shop.submit(() -> database.query(sql));
    }

    @Test
    void a_database_that_works_on_an_answer_for_too_long_is_stopped() {
        // Past the network, so that its limit is no help.
        try (Database database = new Database(server.embeddedUrl(), 1, TIMEOUT_MILLIS)) {
            assertThat(ask(database, ENDLESS))
                    .failsWithin(PATIENCE)
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            stopped -> assertThat(stopped.getErrorCode()).isEqualTo(ErrorCode.STATEMENT_WAS_CANCELED));
        }
    }

    @Test
    void a_network_that_is_silent_for_too_long_is_given_up() {
        try (Database database = new Database(server.url(), 1, TIMEOUT_MILLIS)) {
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> !database.query(Product.ALL).isEmpty());
            server.hold();
            assertThat(ask(database, Product.ALL))
                    .failsWithin(PATIENCE)
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOf(SQLException.class);
            await().atMost(PATIENCE).until(() -> server.held() > 0); // the question has come
        }
    }
}
