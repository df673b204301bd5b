package io.seawall.observe.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.test.CapturedLog;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of other sites in the browser of one who may. Their requests are written by hand: clients refuse to send such fields. */
class SameSiteTest {

    private static final String BODY = "{\"action\":\"serve\"}";

    /** It got as far as the action, which there is nothing to do for. */
    private static final int LET_IN = 409;

    private static int post(ConsoleServer server, String host, String... fields) throws Exception {
        StringBuilder request = new StringBuilder("POST /shop/seawall/api/action HTTP/1.1\r\nHost: " + host
                + "\r\nConnection: close\r\nContent-Length: " + BODY.length() + "\r\n");
        for (String field : fields) {
            request.append(field).append("\r\n");
        }
        request.append("\r\n").append(BODY);
        return Integer.parseInt(server.raw(request.toString()).substring(9, 12));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "shop.example | https://shop.example | 409",
                "shop.example:443 | https://shop.example | 409",
                "shop.example:8443 | https://shop.example:8443 | 409",
                "SHOP.example | https://shop.example | 409",
                "[2001:db8::1]:8080 | http://[2001:db8::1]:8080 | 409",
                "inner:8080 | https://ops.example | 409",
                "shop.example | https://shop.example.evil.example | 403",
                "shop.example | https://evil.example | 403",
                "shop.example:8443 | https://shop.example | 403",
                "shop.example | null | 403",
                "shop.example | file:// | 403",
                "shop.example | https://evil.example@shop.example | 403",
                "shop.example | https://ops.example.evil | 403",
            })
    void a_page_is_ours_if_its_host_is_the_one_that_was_asked_or_one_that_is_named(
            String host, String origin, int status) throws Exception {
        try (ConsoleServer server = new ConsoleServer()
                .with("insecure", "true")
                .with("origins", "https://OPS.example:443, http://other.example:8080")
                .start()) {
            assertThat(post(
                            server,
                            host,
                            "Content-Type: application/json",
                            "X-Seawall-Console: 1",
                            "Origin: " + origin))
                    .isEqualTo(status);
        }
    }

    @ParameterizedTest
    @CsvSource({"same-origin, 409", "same-site, 403", "cross-site, 403", "none, 403", "'', 403"})
    void what_the_browser_says_of_the_site_is_heeded(String site, int status) throws Exception {
        try (ConsoleServer server = ConsoleServer.open()) {
            assertThat(post(
                            server,
                            "shop.example",
                            "Content-Type: application/json",
                            "X-Seawall-Console: 1",
                            "Sec-Fetch-Site: " + site))
                    .isEqualTo(status);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "multipart/form-data",
                "application/jsonp",
                "application/json;charset=utf-7",
                "text/plain;application/json",
                "text/plain, application/json"
            })
    void other_media_types_are_not_taken(String type) throws Exception {
        try (ConsoleServer server = ConsoleServer.open()) {
            assertThat(post(server, "shop.example", "Content-Type: " + type, "X-Seawall-Console: 1"))
                    .isEqualTo(415);
        }
    }

    /** Whatever the first says, or the last. */
    @Test
    void fields_that_are_there_twice_are_no_way_in() throws Exception {
        try (ConsoleServer server = ConsoleServer.open()) {
            String[][] twice = {
                {"Content-Type: text/plain", "Content-Type: application/json", "X-Seawall-Console: 1"},
                {"Content-Type: application/json", "X-Seawall-Console: 0", "X-Seawall-Console: 1"},
                {
                    "Content-Type: application/json",
                    "X-Seawall-Console: 1",
                    "Origin: null",
                    "Origin: https://shop.example"
                },
                {
                    "Content-Type: application/json",
                    "X-Seawall-Console: 1",
                    "Sec-Fetch-Site: same-origin",
                    "Sec-Fetch-Site: cross-site"
                },
                {
                    "Content-Type: application/json",
                    "X-Seawall-Console: 1",
                    "Origin: https://shop.example",
                    "Origin: https://evil.example"
                }
            };
            for (String[] fields : twice) {
                assertThat(post(server, "shop.example", fields))
                        .as(String.join(" ", fields))
                        .isIn(400, 403, 415);
            }
        }
    }

    @Test
    void what_a_form_can_send_is_not_enough_and_is_told_once() throws Exception {
        try (CapturedLog log = new CapturedLog(ConsoleServlet.class);
                ConsoleServer server = ConsoleServer.open()) {
            assertThat(post(server, "shop.example")).isEqualTo(415);
            assertThat(post(server, "shop.example", "Content-Type: application/json"))
                    .isEqualTo(403);
            assertThat(post(
                            server,
                            "shop.example",
                            "Content-Type: application/json; charset=UTF-8",
                            "X-Seawall-Console: 1"))
                    .isEqualTo(LET_IN);
            assertThat(log.lines())
                    .filteredOn(line -> line.contains("its own page does not send so"))
                    .hasSize(1);
        }
    }

    @Test
    void another_site_does_not_even_bring_about_a_login() throws Exception {
        try (ConsoleServer server =
                new ConsoleServer().users().with("role", "operator").start()) {
            HttpResponse<String> answer = server.send(server.request("/seawall/api/action")
                    .POST(java.net.http.HttpRequest.BodyPublishers.ofString(BODY)));
            assertThat(answer.statusCode()).isEqualTo(415);
            ConsoleServletTest.assertStrict(answer);
        }
    }
}
