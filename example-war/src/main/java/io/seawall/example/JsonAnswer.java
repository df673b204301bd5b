package io.seawall.example;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonStructure;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Writes JSON, and problem documents (RFC 9457), as answers. */
final class JsonAnswer {

    private JsonAnswer() {}

    /** One that nobody may keep. */
    static void write(HttpServletResponse response, int status, JsonStructure body) throws IOException {
        write(response, status, "application/json", body);
    }

    /** One that is kept as long as others say, with status 200. */
    static void writeCacheable(HttpServletResponse response, JsonStructure body) throws IOException {
        send(response, HttpServletResponse.SC_OK, "application/json", body);
    }

    static void problem(HttpServletResponse response, int status, String title, String detail) throws IOException {
        write(
                response,
                status,
                "application/problem+json",
                problem(status, title, detail).build());
    }

    static void problem(HttpServletResponse response, InvalidFieldException invalid) throws IOException {
        JsonObject body = problem(
                        HttpServletResponse.SC_BAD_REQUEST, "Bad Request", invalid.field() + " " + invalid.rule())
                .add("field", invalid.field())
                .add("rule", invalid.rule())
                .build();
        write(response, HttpServletResponse.SC_BAD_REQUEST, "application/problem+json", body);
    }

    /** Neither a database nor what is remembered of it has an answer. The cause is counted and logged where it came up. */
    static void unavailable(HttpServletResponse response) throws IOException {
        response.setHeader("Retry-After", "1");
        problem(response, 503, "Service Unavailable", "the shop cannot answer now; it is not your fault");
    }

    private static JsonObjectBuilder problem(int status, String title, String detail) {
        return Json.createObjectBuilder()
                .add("title", title)
                .add("status", status)
                .add("detail", detail);
    }

    private static void write(HttpServletResponse response, int status, String type, JsonStructure body)
            throws IOException {
        response.setHeader("Cache-Control", "no-store");
        send(response, status, type, body);
    }

    private static void send(HttpServletResponse response, int status, String type, JsonStructure body)
            throws IOException {
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType(type);
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
