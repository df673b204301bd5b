package io.seawall.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** The limit of the shop: 100 requests in 60 seconds. */
class RateLimitIT {

    @Test
    void the_hundred_and_first_request_is_refused() {
        try (DemoProcess demo = DemoProcess.start()) {
            for (int request = 1; request <= 100; request++) {
                assertThat(demo.products().statusCode())
                        .as("request %d", request)
                        .isEqualTo(200);
            }

            HttpResponse<String> refusal = demo.products();

            assertThat(refusal.statusCode()).isEqualTo(429);
            assertThat(refusal.headers().firstValue("RateLimit-Policy"))
                    .contains("\"default\";q=100;w=60, \"address\";q=200;w=60");
            assertThat(refusal.headers().firstValue("RateLimit"))
                    .get()
                    .asString()
                    .matches("\"default\";r=0;t=\\d+, \"address\";r=100");
            assertThat(refusal.headers().firstValueAsLong("Retry-After").orElse(0))
                    .isBetween(1L, 61L);
            assertThat(refusal.headers().firstValue("Cache-Control")).contains("no-store");
            assertThat(refusal.headers().firstValue("Content-Type")).contains("application/problem+json");
            assertThat(refusal.body())
                    .contains("quota-exceeded", "\"status\":429", "\"violated-policies\":[\"default\"]");
            assertThat(demo.checkout().statusCode())
                    .as("the limit is that of the whole API")
                    .isEqualTo(429);
            assertThat(demo.send(HttpRequest.newBuilder(demo.shop("/"))).statusCode())
                    .as("what is outside the API has no limit")
                    .isEqualTo(200);
        }
    }
}
