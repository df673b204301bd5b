package io.seawall.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.seawall.interceptors.SeawallTargets;
import io.seawall.resilience.bulkhead.BulkheadFullException;
import io.seawall.resilience.circuitbreaker.CircuitBreaker.State;
import io.seawall.resilience.timeout.TimeLimitExceededException;
import jakarta.enterprise.inject.se.SeContainer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The catalogue and its databases, two real ones: the beans as they are deployed, without a web server. */
class CatalogueTest {

    private static final String REPLICA = "Mug of the replica";
    private static final String PRIMARY = "Mug of the primary";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private TestDatabase replicaDatabase;
    private TestDatabase primaryDatabase;
    private SeContainer shop;
    private Catalogue catalogue;
    private SeawallTargets targets;

    /** What is cold may take longer on a slow machine than the shop gives its databases. */
    @BeforeAll
    static void warmUp() {
        try (SeContainer cold = Shop.open()) {
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> !cold.select(Catalogue.class).get().products().isEmpty());
        }
    }

    @BeforeEach
    void open() throws Exception {
        replicaDatabase = new TestDatabase("replica");
        primaryDatabase = new TestDatabase("primary");
        open(replicaDatabase.url(), primaryDatabase.url());
    }

    private void open(String replicaUrl, String primaryUrl) {
        System.setProperty("SHOP_REPLICA_URL", replicaUrl);
        System.setProperty("SHOP_PRIMARY_URL", primaryUrl);
        shop = Shop.open();
        catalogue = shop.select(Catalogue.class).get();
        targets = shop.select(SeawallTargets.class).get();
    }

    @AfterEach
    void close() throws Exception {
        System.clearProperty("SHOP_REPLICA_URL");
        System.clearProperty("SHOP_PRIMARY_URL");
        replicaDatabase.release();
        primaryDatabase.release();
        if (shop != null) {
            shop.close();
        }
        replicaDatabase.close();
        primaryDatabase.close();
    }

    private String mug() throws SQLException {
        return catalogue.products().get(0).name();
    }

    @Test
    void the_replica_is_read_and_the_primary_left_in_peace() throws SQLException {
        assertThat(catalogue.products()).extracting(Product::id).containsExactly("mug", "lamp", "rope");
        assertThat(mug()).isEqualTo(REPLICA);
        assertThat(targets.names()).contains("catalogue-replica", "catalogue-primary");
    }

    @Test
    void while_the_replica_is_away_the_primary_is_read_and_only_the_circuit_of_the_replica_opens() throws Exception {
        assertThat(mug()).isEqualTo(REPLICA);
        replicaDatabase.stop();
        await().atMost(PATIENCE).until(() -> mug().equals(PRIMARY));
        await().atMost(PATIENCE).untilAsserted(() -> {
            catalogue.products();
            assertThat(targets.breakerState("catalogue-replica")).contains(State.OPEN);
        });
        assertThat(mug()).isEqualTo(PRIMARY);
        assertThat(targets.breakerState("catalogue-primary")).contains(State.CLOSED);

        replicaDatabase.restart();
        await().atMost(PATIENCE).until(() -> mug().equals(REPLICA));
    }

    @Test
    void while_both_are_slow_the_last_answer_is_given_and_nobody_waits_for_them() throws SQLException {
        // Without a network between there is no limit of the network: whoever waited for them would wait without an
        // end.
        shop.close();
        open(replicaDatabase.embeddedUrl(), primaryDatabase.embeddedUrl());
        assertThat(mug()).isEqualTo(REPLICA);
        replicaDatabase.hold();
        primaryDatabase.hold();
        for (int read = 0; read < 3; read++) {
            assertThat(mug()).isEqualTo(REPLICA);
        }
    }

    @Test
    void a_database_that_never_answers_is_given_up() {
        replicaDatabase.hold();
        primaryDatabase.hold();
        // By the limits of the driver, or by the deadline if that comes first; either is answered with 503.
        assertTimeoutPreemptively(
                PATIENCE,
                () -> assertThatThrownBy(this::mug)
                        .isInstanceOfAny(SQLException.class, TimeLimitExceededException.class));
    }

    @Test
    void while_both_are_away_the_last_answer_is_given() throws SQLException {
        assertThat(mug()).isEqualTo(REPLICA);
        replicaDatabase.stop();
        primaryDatabase.stop();
        for (int read = 0; read < 3; read++) {
            assertThat(mug()).isEqualTo(REPLICA);
        }
    }

    @Test
    void while_both_are_away_and_there_is_no_last_answer_the_failure_is_told() {
        replicaDatabase.stop();
        primaryDatabase.stop();
        assertThatThrownBy(this::mug).isInstanceOf(SQLException.class);
    }

    /** As many as there are connections, each of them held by the database. */
    private List<Future<List<Product>>> searchesThatHang(ExecutorService customers) {
        ProductSearch search = shop.select(ProductSearch.class).get();
        List<Future<List<Product>>> searches = new ArrayList<>();
        for (int customer = 0; customer < Databases.SEARCH_CONNECTIONS; customer++) {
            searches.add(customers.submit(() -> search.find(new SearchText("lamp"))));
        }
        await().atMost(PATIENCE).until(() -> replicaDatabase.held() == searches.size());
        return searches;
    }

    /** Else every one that was in use when it went would cost a call, and what the circuit tries is one call at a time. */
    @Test
    void when_a_database_is_back_no_connection_of_before_is_tried_twice() throws Exception {
        replicaDatabase.hold();
        ExecutorService customers = Executors.newFixedThreadPool(Databases.SEARCH_CONNECTIONS);
        try {
            List<Future<List<Product>>> searches = searchesThatHang(customers);
            replicaDatabase.stop();
            replicaDatabase.release();
            for (Future<List<Product>> each : searches) {
                assertThat(each).failsWithin(PATIENCE);
            }
        } finally {
            customers.shutdownNow();
        }
        replicaDatabase.restart();
        Database pool = shop.select(Databases.class).get().search();
        assertThat(pool.query(Product.ALL)).hasSize(3);
    }

    @Test
    void searches_have_their_places_and_no_more_so_that_the_checkout_has_its_own() throws Exception {
        ProductSearch search = shop.select(ProductSearch.class).get();
        SearchText lamp = new SearchText("lamp");
        assertThat(search.find(lamp)).extracting(Product::id).containsExactly("lamp");
        replicaDatabase.hold();
        ExecutorService customers = Executors.newFixedThreadPool(Databases.SEARCH_CONNECTIONS);
        try {
            searchesThatHang(customers);

            assertThatThrownBy(() -> search.find(lamp)).isInstanceOf(BulkheadFullException.class);
            assertThat(mug()).as("what the checkout reads").isEqualTo(PRIMARY);
        } finally {
            replicaDatabase.release();
            customers.shutdownNow();
        }
    }

    @Test
    void a_search_finds_parts_of_names_and_nothing_stands_for_any_letter() throws SQLException {
        ProductSearch search = shop.select(ProductSearch.class).get();
        assertThat(search.find(new SearchText("OF"))).extracting(Product::id).containsExactly("mug", "rope");
        assertThat(search.find(new SearchText("%"))).isEmpty();
        assertThat(search.find(new SearchText("_"))).isEmpty();
        assertThat(search.find(new SearchText("!"))).isEmpty();
        assertThat(search.find(new SearchText("' OR '' = '"))).isEmpty();
    }
}
