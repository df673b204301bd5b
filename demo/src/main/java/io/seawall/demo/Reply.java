package io.seawall.demo;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * One answer of a service.
 *
 * @param status the HTTP status
 * @param json the body
 */
record Reply(int status, String json) {

    /** Sends the answer and ends the exchange; a client that has gone away in the meantime is no error. */
    void send(HttpExchange exchange) {
        byte[] body = (json + "\n").getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        } catch (IOException gone) {
            exchange.close();
        }
    }
}
