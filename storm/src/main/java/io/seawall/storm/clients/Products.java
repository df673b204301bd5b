package io.seawall.storm.clients;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;

/**
 * Reads the list of products, and what its stock tells: the backend answers with the time as the number of mugs, so what was
 * read before there was the question is old.
 */
final class Products {

    private static final int OK = 200;
    private static final int TOO_MANY_REQUESTS = 429;

    private final long epochNanos;

    /**
     * Knows the time of the backend.
     *
     * @param epochNanos when that was 0, as {@link System#nanoTime}
     */
    Products(long epochNanos) {
        this.epochNanos = epochNanos;
    }

    Answer answer(int status, String body, long bornNanos) {
        return switch (status) {
            case OK -> stock(body, (bornNanos - epochNanos) / 1_000_000);
            case TOO_MANY_REQUESTS -> Answer.LIMITED;
            default -> Answer.FAILED;
        };
    }

    private static Answer stock(String body, long bornMillis) {
        try (JsonReader reader = Json.createReader(new StringReader(body))) {
            for (JsonObject product : reader.readArray().getValuesAs(JsonObject.class)) {
                if (product.getString("id").equals("mug")) {
                    return product.get("stock") instanceof JsonNumber mugs && mugs.longValue() >= bornMillis
                            ? Answer.FRESH
                            : Answer.DEGRADED;
                }
            }
            return Answer.FAILED;
        } catch (JsonException | ClassCastException | NullPointerException notTheList) {
            return Answer.FAILED;
        }
    }
}
