package io.seawall.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;

/** A storm as an operator lives through it: what Seawall does is in metrics, events, console and health, and can be steered. */
class StormIT {

    /** At once: they are all in payments when that hangs. Below the limit of the one client that they are. */
    private static final int BUYERS = 60;

    /** Of the budget of a plain {@code @Resilient}: over any 10 s a tenth of the calls, and so many. */
    private static final int FLOOR = 10;

    /** More than the limit; only a broken one lets all of them pass. */
    private static final int MANY = 500;

    @Test
    void an_operator_sees_the_storm_steers_and_sees_it_pass() throws Exception {
        try (DemoProcess demo = DemoProcess.start()) {
            Operator operator = new Operator(demo);
            assertThat(operator.circuit("payments")).isEqualTo("closed");

            long began = System.nanoTime();
            paymentsGoDown(demo);
            theBudgetHoldsTheRetries(operator, began);
            theCircuitIsSeenOpen(demo, operator);
            theClientIsRefused(demo, operator);
            thePlotsHaveIt(operator);
            theLogTells(demo);
            paymentsAreWellAgain(demo, operator);
            aCircuitIsOpenedByHandAndReset(demo, operator);
            theShopDrainsAndServes(demo, operator);
        }
    }

    @Test
    void a_balancer_sends_nobody_while_what_is_critical_is_down() {
        try (DemoProcess demo =
                DemoProcess.begin(Map.of("SHOP_CRITICAL", "payments")).awaitOpen()) {
            Operator operator = new Operator(demo);
            assertThat(operator.ready().statusCode()).isEqualTo(200);

            demo.tell("payments", "fail");
            eventually().untilAsserted(() -> {
                demo.checkout();
                assertThat(operator.ready())
                        .satisfies(ready -> assertThat(ready.statusCode()).isEqualTo(503))
                        .satisfies(ready ->
                                assertThat(ready.body()).contains("\"down\":\"target payments: circuit open\""));
            });
            assertThat(demo.products().statusCode())
                    .as("who comes all the same is served")
                    .isEqualTo(200);

            demo.tell("payments", "ok");
            eventually().untilAsserted(() -> {
                assertThat(demo.checkout().statusCode()).isEqualTo(201);
                assertThat(operator.ready().statusCode()).isEqualTo(200);
            });
        }
    }

    /** Nobody is sent away, though payments answer nobody. */
    private static void paymentsGoDown(DemoProcess demo) throws Exception {
        // The shop is open for a while: the catalogue has been read.
        assertThat(demo.products().statusCode()).isEqualTo(200);
        demo.tell("payments", "hang");
        ExecutorService buyers = Executors.newFixedThreadPool(BUYERS);
        try {
            Callable<HttpResponse<String>> buyer = demo::checkout;
            for (Future<HttpResponse<String>> answer : buyers.invokeAll(Collections.nCopies(BUYERS, buyer))) {
                assertThat(answer.get().statusCode()).isEqualTo(202);
            }
        } finally {
            buyers.shutdownNow();
        }
    }

    private static void theBudgetHoldsTheRetries(Operator operator, long beganNanos) {
        String payments = "target=\"payments\"";
        double retries = operator.metric("seawall_retries_total", payments);
        double calls = operator.metric("seawall_calls_total", payments);
        long floors = 1 + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - beganNanos) / 10;
        assertThat(calls).isGreaterThanOrEqualTo(BUYERS);
        assertThat(retries).isLessThanOrEqualTo(calls / 10 + FLOOR * floors);
        assertThat(operator.metric("seawall_retry_budget_total", "outcome=\"refused\"," + payments))
                .isPositive();
        assertThat(operator.metric("seawall_calls_unsuccessful_total", "outcome=\"fallback\"," + payments))
                .isEqualTo(calls);
        assertThat(operator.metric("seawall_timeouts_total", payments)).isPositive();
    }

    private static void theCircuitIsSeenOpen(DemoProcess demo, Operator operator) {
        assertThat(operator.metric("seawall_breaker_transitions_total", "state=\"open\",target=\"payments\""))
                .isPositive();
        assertThat(operator.events()).contains("circuit-opened payments", "retry-budget-exhausted payments");
        List<Long> times = operator.state().getJsonArray("events").getValuesAs(JsonObject.class).stream()
                .map(event -> event.getJsonNumber("at").longValue())
                .toList();
        assertThat(times).as("the newest first").isSortedAccordingTo(Collections.reverseOrder());

        // From now on a trial fails at once, and the next open period is longer.
        demo.tell("payments", "fail");
        eventually().untilAsserted(() -> {
            assertThat(demo.checkout().statusCode()).isEqualTo(202);
            assertThat(operator.ready())
                    .as("an open circuit does not empty the balancer, and is named")
                    .satisfies(ready -> assertThat(ready.statusCode()).isEqualTo(200))
                    .satisfies(ready ->
                            assertThat(ready.body()).contains("\"impaired\":\"target payments: circuit open\""));
            assertThat(operator.circuit("payments")).isEqualTo("open");
        });
    }

    private static void theClientIsRefused(DemoProcess demo, Operator operator) {
        int refused = 0;
        for (int request = 0; request < MANY && refused < 20; request++) {
            refused += demo.checkout().statusCode() == 429 ? 1 : 0;
        }
        assertThat(refused).isEqualTo(20);
        assertThat(operator.metric(
                        "seawall_limit_decisions_total",
                        "by=\"store\",filter=\"RateLimitFilter\",outcome=\"refused\",policy=\"default\""))
                .isGreaterThanOrEqualTo(20);
        eventually()
                .untilAsserted(() -> assertThat(
                                operator.filter().getJsonArray("topRefused").getValuesAs(JsonObject.class))
                        .singleElement()
                        .satisfies(
                                client -> assertThat(client.getString("client")).isEqualTo("ip 127.0.0.1"))
                        .satisfies(
                                client -> assertThat(client.getInt("refusals")).isGreaterThanOrEqualTo(20)));
    }

    /** A slot of the history ends every five seconds. */
    private static void thePlotsHaveIt(Operator operator) {
        eventually().untilAsserted(() -> {
            assertThat(operator.highest("payments", "calls")).isPositive();
            assertThat(operator.highest("payments", "unsuccessful")).isPositive();
            assertThat(operator.highest("payments", "retries")).isPositive();
            assertThat(operator.highest("payments", "p99-millis")).isPositive();
            assertThat(operator.highest("default", "allowed")).isPositive();
            assertThat(operator.highest("default", "refused")).isPositive();
        });
    }

    private static void theLogTells(DemoProcess demo) {
        assertThat(demo.errors())
                .contains("WARNING circuit 'payments' is open after 5 failures within 30s")
                .containsPattern("WARNING .*'payments'.*budget|WARNING .*budget.*'payments'");
    }

    private static void paymentsAreWellAgain(DemoProcess demo, Operator operator) {
        demo.tell("payments", "ok");
        // Else the one client of this test would be refused for the rest of the minute.
        operator.act("reset-client", "filter", "RateLimitFilter", "policy", "default", "client", "ip 127.0.0.1");
        eventually().until(() -> demo.checkout().statusCode() == 201);

        eventually()
                .untilAsserted(() -> assertThat(operator.circuit("payments")).isEqualTo("closed"));
        assertThat(operator.events().get(0)).isEqualTo("circuit-closed payments");
        assertThat(operator.events()).contains("action RateLimitFilter");
        assertThat(operator.metric("seawall_breaker_state", "state=\"closed\",target=\"payments\""))
                .isEqualTo(1);
        assertThat(operator.ready().body()).doesNotContain("impaired");
    }

    private static void aCircuitIsOpenedByHandAndReset(DemoProcess demo, Operator operator) {
        assertThat(demo.products().body()).contains("\"stock\":120");
        operator.act("force-open", "target", "inventory");
        assertThat(demo.products().body()).contains("\"stock\":null").doesNotContain("\"stock\":120");
        assertThat(operator.circuit("inventory")).isEqualTo("forced-open");
        assertThat(operator.metric("seawall_breaker_state", "state=\"forced-open\",target=\"inventory\""))
                .isEqualTo(1);

        operator.act("reset-breaker", "target", "inventory");
        assertThat(demo.products().body()).contains("\"stock\":120");
        assertThat(operator.circuit("inventory")).isEqualTo("closed");
        assertThat(demo.errors()).contains("reset the circuit of 'inventory': it is closed in the console");
    }

    private static void theShopDrainsAndServes(DemoProcess demo, Operator operator) {
        operator.act("drain");
        assertThat(operator.ready())
                .satisfies(ready -> assertThat(ready.statusCode()).isEqualTo(503))
                .satisfies(ready -> assertThat(ready.body()).contains("\"state\":\"draining\""));
        assertThat(demo.products().statusCode()).as("who comes is served").isEqualTo(200);
        operator.act("serve");
        assertThat(operator.ready().statusCode()).isEqualTo(200);
    }

    private static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(500));
    }
}
