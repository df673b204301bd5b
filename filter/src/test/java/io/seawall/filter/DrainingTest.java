package io.seawall.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a filter does while its application drains. */
class DrainingTest {

    private static final String CLOSE = "Connection: close";

    private static TestServer serve() throws Exception {
        return new TestServer()
                .servlet("/", new TestServlet((request, response) -> response.setStatus(204)))
                .filter("api", Map.of("limits", "2/1h"))
                .start();
    }

    /** The second one has the server end the connection, as the first does not say. */
    private static String twoRequests(TestServer server, String version) throws Exception {
        String request = "GET /shop/ " + version + "\r\nHost: localhost\r\n";
        return server.raw(request + "\r\n" + request + CLOSE + "\r\n\r\n");
    }

    @Test
    void answers_over_http_1_1_end_their_connection() throws Exception {
        try (TestServer server = serve()) {
            DrainingFlag.of(server.application().getServletContext()).set(true);

            String answers = twoRequests(server, "HTTP/1.1");

            assertThat(answers)
                    .startsWith("HTTP/1.1 204")
                    .containsOnlyOnce("HTTP/1.1 ")
                    .containsOnlyOnce(CLOSE);
        }
    }

    @Test
    void requests_are_served_and_limited_as_ever() throws Exception {
        try (TestServer server = serve()) {
            DrainingFlag.of(server.application().getServletContext()).set(true);
            assertThat(server.get("/").statusCode()).isEqualTo(204);
            assertThat(server.get("/").statusCode()).isEqualTo(204);
            assertThat(server.get("/").statusCode()).isEqualTo(429);
        }
    }

    @Test
    void connections_are_kept_before_and_after() throws Exception {
        try (TestServer server = serve()) {
            DrainingFlag.of(server.application().getServletContext()).set(true);
            DrainingFlag.of(server.application().getServletContext()).set(false);

            String answers = twoRequests(server, "HTTP/1.1");

            assertThat(answers).startsWith("HTTP/1.1 204");
            assertThat(answers.split("HTTP/1.1 204", -1)).hasSize(3);
        }
    }
}
