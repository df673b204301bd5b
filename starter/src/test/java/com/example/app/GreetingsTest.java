package com.example.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The bean alone: what Seawall makes of its failures needs a server. */
class GreetingsTest {

    private HttpServer service;

    @BeforeEach
    void start() throws IOException {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.start();
    }

    @AfterEach
    void stop() {
        service.stop(0);
    }

    private Greetings greetings(int status, String body) {
        service.createContext("/", exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        return new Greetings(
                URI.create("http://127.0.0.1:" + service.getAddress().getPort() + "/"));
    }

    @Test
    void the_service_says_how_to_greet() throws Exception {
        assertEquals("Good morning", greetings(200, "Good morning\n").greeting());
    }

    @Test
    void an_error_of_the_service_is_a_failure() {
        Greetings ill = greetings(503, "Not now");
        assertThrows(IOException.class, ill::greeting);
    }
}
