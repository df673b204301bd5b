package io.seawall.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.test.CapturedLog;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Traps of docs/design/traps.md that no other test is about. */
class FilterTrapsTest {

    private static final int TOO_MANY = 429;

    @Test
    void what_a_client_sends_and_how_often_it_is_refused_is_not_logged() throws Exception {
        List<String> lines;
        try (TestServer server = new TestServer()
                        .filter(
                                "api",
                                Map.of(
                                        "limits",
                                        "1/1h",
                                        "client",
                                        "header:X-Key, cookie:key",
                                        "penalty",
                                        "5/1m ban 1m..1h"))
                        .start();
                CapturedLog log = new CapturedLog(RateLimitFilter.class)) {
            for (int i = 0; i < 50; i++) {
                String answer = server.raw(
                        "GET /shop/marked HTTP/1.1\r\nHost: marked\r\nConnection: close\r\nX-Key: marked\t\u0085" + i
                                + "\r\nCookie: key=marked\r\n\r\n");
                assertThat(answer).startsWith(i == 0 ? "HTTP/1.1 404 " : "HTTP/1.1 429 ");
            }
            lines = log.lines();
        }
        assertThat(lines).isEmpty();
    }

    @Test
    void no_other_header_tells_an_address() throws Exception {
        try (TestServer server = new TestServer()
                .filter("api", Map.of("limits", "1/1h", "trusted-proxies", "127.0.0.1"))
                .start()) {
            int i = 0;
            assertThat(server.get("/").statusCode()).isNotEqualTo(TOO_MANY);
            for (String header : List.of(
                    "X-Forwarded-Host",
                    "X-Real-IP",
                    "X-Client-IP",
                    "Client-IP",
                    "True-Client-IP",
                    "CF-Connecting-IP",
                    "X-Cluster-Client-IP",
                    "Forwarded",
                    "Via")) {
                i++;
                assertThat(server.get("/", header, header.equals("Forwarded") ? "for=192.0.2." + i : "192.0.2." + i)
                                .statusCode())
                        .as(header)
                        .isEqualTo(TOO_MANY);
            }
        }
    }
}
