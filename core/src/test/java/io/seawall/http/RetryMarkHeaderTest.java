package io.seawall.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryMarkHeaderTest {

    @ParameterizedTest
    @ValueSource(strings = {"?0", " ?0", "?0\t", " \t ?0 \t "})
    void the_value_of_no_retry_is_understood_with_blanks_around_it(String value) {
        assertThat(RetryMark.asksForNoRetry(value)).isTrue();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                " ",
                "\t\t",
                "?",
                "0",
                "?1",
                "? 0",
                "?00",
                "??0",
                "?0?0",
                "?0, ?0",
                "?0;a",
                "?0;",
                "?2",
                "?f",
                "?F",
                "false",
                "\"?0\"",
                "(?0)",
                "\u00a0?0",
                "\n?0",
                "?0\r",
                "?\u0660",
                "?\uff10",
                "\uff1f0"
            })
    void every_other_value_is_passed_over(String value) {
        assertThat(RetryMark.asksForNoRetry(value)).isFalse();
    }

    @Test
    void a_value_without_end_is_passed_over_unread() {
        assertThat(RetryMark.asksForNoRetry(" ".repeat(30) + "?0")).isTrue();
        assertThat(RetryMark.asksForNoRetry(" ".repeat(31) + "?0")).isFalse();
        assertThat(RetryMark.asksForNoRetry("?0" + " ".repeat(1_000_000))).isFalse();
    }

    @Test
    void what_is_sent_is_what_is_understood() {
        assertThat(RetryMark.asksForNoRetry(RetryMark.VALUE)).isTrue();
    }

    @Test
    void a_request_of_the_jdks_client_carries_the_mark_once_to_a_real_server() throws Exception {
        List<String> marks = new ArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            marks.addAll(exchange.getRequestHeaders().get("Seawall-Retry"));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
                    .header(RetryMark.HEADER, "?1");
            assertThat(RetryMark.on(request)).isSameAs(request);
            assertThat(HttpClient.newHttpClient()
                            .send(request.build(), HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(204);
        } finally {
            server.stop(0);
        }
        assertThat(marks).containsExactly("?0");
    }
}
