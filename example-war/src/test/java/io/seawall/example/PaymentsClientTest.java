package io.seawall.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an answer of payments means, without the protection around the call. */
class PaymentsClientTest {

    private final PaymentsClient payments = new PaymentsClient();
    private HttpServer server;
    private volatile int status = 200;
    private volatile String body = "{}";
    private volatile @Nullable String idempotencyKey;

    @BeforeEach
    @SuppressWarnings("UnnecessaryAssignment") // There is no container here that would inject them.
    void startPayments() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/payments/charges", exchange -> {
            idempotencyKey = exchange.getRequestHeaders().getFirst("Idempotency-Key");
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(status, body.length());
            exchange.getResponseBody().write(body.getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        server.start();
        payments.http = new ServiceHttp();
        payments.settings = new ShopSettings() {
            @Override
            public URI payments() {
                return URI.create("http://localhost:" + server.getAddress().getPort() + "/payments");
            }
        };
    }

    @AfterEach
    void stopPayments() {
        server.stop(0);
    }

    @Test
    void a_charge_carries_the_order_as_its_key_so_that_a_retry_cannot_charge_twice() throws Exception {
        answer(201, "{}");

        assertThat(payments.charge("order-1", 2500)).isEqualTo(Payment.PAID);
        assertThat(idempotencyKey).isEqualTo("order-1");
    }

    @Test
    void a_declined_card_is_an_answer_and_no_failure_of_payments() throws Exception {
        answer(402, "{}");

        assertThat(payments.charge("order-1", 2500)).isEqualTo(Payment.DECLINED);
    }

    @Test
    void a_refused_request_is_another_failure_than_an_ill_service() {
        answer(400, "{}");
        assertThatThrownBy(() -> payments.charge("order-1", 2500)).isInstanceOf(ServiceRefusedException.class);

        answer(503, "{}");
        assertThatThrownBy(() -> payments.charge("order-1", 2500))
                .isInstanceOf(IOException.class)
                .hasMessage("payments answered 503");
    }

    @Test
    void an_answer_that_is_no_json_is_a_failure() {
        answer(200, "hello");

        assertThatThrownBy(() -> payments.charge("order-1", 2500)).isInstanceOf(IOException.class);
    }

    private void answer(int newStatus, String newBody) {
        status = newStatus;
        body = newBody;
    }
}
