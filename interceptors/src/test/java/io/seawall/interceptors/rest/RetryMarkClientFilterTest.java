package io.seawall.interceptors.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetryMarkClientFilterTest {

    @Test
    void every_request_of_the_client_carries_the_mark_once() throws Exception {
        List<String> marks = new ArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            marks.addAll(exchange.getRequestHeaders().get("Seawall-Retry"));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        Client client =
                ClientBuilder.newBuilder().register(RetryMarkClientFilter.class).build();
        try {
            String uri = "http://127.0.0.1:" + server.getAddress().getPort();
            for (String old : List.of("?1", "?0")) {
                try (Response answer = client.target(uri)
                        .request()
                        .header("Seawall-Retry", old)
                        .get()) {
                    assertThat(answer.getStatus()).isEqualTo(204);
                }
            }
        } finally {
            client.close();
            server.stop(0);
        }
        assertThat(marks).containsExactly("?0", "?0");
    }

    @Test
    void no_server_finds_it_by_itself() {
        assertThat(RetryMarkClientFilter.class).isPublic().isNotFinal();
        assertThat(RetryMarkClientFilter.class.isAnnotationPresent(Provider.class))
                .isFalse();
    }
}
