package io.seawall.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The shop while its databases are ill. Each test has a demo of its own, whose circuits are closed. */
class DatabaseOutageIT {

    private static final int SEARCHES = 30;

    private static final Pattern REQUESTS = Pattern.compile("\"requests\":(\\d+)");

    private DemoProcess demo;
    private Operator operator;

    @BeforeEach
    void open() {
        demo = DemoProcess.start();
        operator = new Operator(demo);
    }

    @AfterEach
    void close() {
        if (demo != null) {
            demo.close();
        }
    }

    @Test
    void while_the_replica_is_away_the_primary_is_read_and_the_replica_again_when_it_is_back() {
        readForTheFirstTime();
        demo.tell("primary", "ok"); // counts from zero
        assertListed(demo.products());
        assertThat(asked("replica")).isPositive();
        assertThat(asked("primary")).as("it is left to those who write").isZero();

        demo.tell("replica", "fail");
        eventually().untilAsserted(() -> {
            assertListed(demo.products());
            assertThat(operator.circuit("catalogue-replica")).isEqualTo("open");
        });
        assertThat(asked("primary")).isPositive();
        assertThat(operator.circuit("catalogue-primary")).isEqualTo("closed");

        demo.tell("replica", "ok");
        eventually().untilAsserted(() -> {
            assertListed(demo.products());
            assertThat(operator.circuit("catalogue-replica")).isEqualTo("closed");
        });
        assertThat(asked("replica")).isPositive();
    }

    @Test
    void while_both_databases_hang_the_last_answer_is_told_and_orders_are_taken() {
        readForTheFirstTime();
        demo.tell("replica", "hang");
        demo.tell("primary", "hang");

        // Neither answers before this test ends.
        assertListed(demo.products());
        assertThat(demo.checkout().statusCode()).isEqualTo(201);
        assertThat(operator.metric("seawall_calls_unsuccessful_total", "outcome=\"stale\",target=\"catalogue\""))
                .isPositive();
    }

    @Test
    void while_both_databases_are_away_and_none_has_ever_answered_the_customer_is_told_so() {
        demo.tell("replica", "fail");
        demo.tell("primary", "fail");

        HttpResponse<String> answer = demo.products();

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(demo.checkout().statusCode()).isEqualTo(503);
    }

    @Test
    void searches_that_hang_leave_the_checkout_alone() throws Exception {
        URI search = demo.shop("/api/search?q=lamp");
        assertThat(demo.get(search).body()).contains("Storm lamp").doesNotContain("Harbour mug");
        demo.tell("replica", "hang");
        ExecutorService customers = Executors.newFixedThreadPool(SEARCHES);
        try {
            Callable<HttpResponse<String>> customer = () -> demo.get(search);
            List<Future<HttpResponse<String>>> searches = Collections.nCopies(SEARCHES, customer).stream()
                    .map(customers::submit)
                    .toList();

            assertThat(demo.checkout().statusCode()).isEqualTo(201);
            for (Future<HttpResponse<String>> answer : searches) {
                assertThat(answer.get().statusCode()).isEqualTo(503);
                assertThat(answer.get().headers().firstValue("Retry-After")).isPresent();
            }
        } finally {
            customers.shutdownNow();
        }
        assertThat(operator.metric("seawall_bulkhead_refusals_total", "target=\"search\""))
                .as("those that found no place")
                .isPositive();
        assertThat(demo.checkout().statusCode()).isEqualTo(201);
    }

    /** A cold shop on a slow machine may need longer for its first answer than it gives a database. */
    private void readForTheFirstTime() {
        eventually().untilAsserted(() -> assertListed(demo.products()));
    }

    private static void assertListed(HttpResponse<String> products) {
        assertThat(products.statusCode()).isEqualTo(200);
        assertThat(products.body()).contains("\"name\":\"Harbour mug\",\"priceCents\":1250");
    }

    /** How many messages of the shop the database has had since it was last told how to behave. */
    private int asked(String database) {
        Matcher requests = REQUESTS.matcher(demo.ask(database));
        assertThat(requests.find()).isTrue();
        return Integer.parseInt(requests.group(1));
    }

    private static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofSeconds(1));
    }
}
