package io.seawall.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The shop while a service that it depends on is ill. Each test has a demo of its own, whose circuits are closed. */
class DownstreamOutageIT {

    /** The circuit is open for 5.5 s at most. */
    private static final Duration RECOVERY = Duration.ofSeconds(15);

    private DemoProcess demo;

    @BeforeEach
    void open() {
        demo = DemoProcess.start();
    }

    @AfterEach
    void close() {
        if (demo != null) {
            demo.close();
        }
    }

    @Test
    void payments_that_fail_are_retried_then_left_in_peace_and_used_again_when_they_are_well() {
        demo.tell("payments", "fail");

        assertPending(demo.checkout());
        assertThat(demo.ask("payments")).as("one call, two retries").isEqualTo("{\"mode\":\"fail\",\"requests\":3}");

        assertPending(demo.checkout());
        assertThat(demo.ask("payments")).as("open at the fifth").isEqualTo("{\"mode\":\"fail\",\"requests\":5}");

        assertPending(demo.checkout());
        assertThat(demo.ask("payments")).as("left in peace").isEqualTo("{\"mode\":\"fail\",\"requests\":5}");

        demo.tell("payments", "ok");
        await().atMost(RECOVERY)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> demo.checkout().statusCode() == 201);
        assertThat(demo.checkout().body()).contains("\"status\":\"paid\"");
    }

    @Test
    void payments_that_hang_hold_nobody_longer_than_the_limit() throws Exception {
        demo.tell("payments", "hang");

        // Payments answer nobody for far longer than this test has patience: what ends the three attempts is their
        // limit.
        assertPending(demo.checkout());
        assertThat(demo.ask("payments")).isEqualTo("{\"mode\":\"hang\",\"requests\":3}");

        assertThat(demo.products().statusCode())
                .as("the rest of the shop is well")
                .isEqualTo(200);
        assertThat(threads()).contains("main").doesNotContain("PaymentsClient");
    }

    @Test
    void payments_that_are_slow_but_in_time_are_not_asked_twice() {
        demo.checkout();
        demo.tell("payments", "slow");

        assertThat(demo.checkout().statusCode()).isEqualTo(201);
        assertThat(demo.ask("payments")).isEqualTo("{\"mode\":\"slow\",\"requests\":1}");
    }

    @Test
    void products_are_listed_without_stock_while_inventory_is_away() {
        demo.tell("inventory", "fail");

        HttpResponse<String> answer = demo.products();

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .contains("{\"id\":\"mug\",\"name\":\"Harbour mug\",\"priceCents\":1250,\"stock\":null}");
        assertThat(answer.headers().allValues("Cache-Control"))
                .as("no cache may show the outage for longer than it lasts")
                .containsExactly("no-store");
        assertThat(answer.headers().firstValue("ETag")).isEmpty();
        assertThat(demo.ask("inventory")).isEqualTo("{\"mode\":\"fail\",\"requests\":3}");
        assertThat(demo.checkout().statusCode())
                .as("payments have a circuit of their own")
                .isEqualTo(201);

        demo.tell("inventory", "ok");
        await().atMost(RECOVERY)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> demo.products().body().contains("\"stock\":120"));
    }

    private static void assertPending(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).matches("\\{\"order\":\"[0-9a-f-]{36}\",\"status\":\"payment-pending\"}");
    }

    /** What every thread of the demo is doing. */
    private String threads() throws IOException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process dump = new ProcessBuilder(jcmd.toString(), Long.toString(demo.pid()), "Thread.print")
                .redirectErrorStream(true)
                .start();
        try {
            return new String(dump.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } finally {
            dump.destroy();
        }
    }
}
