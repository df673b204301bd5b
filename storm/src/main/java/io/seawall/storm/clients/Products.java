package io.seawall.storm.clients;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;

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
        try {
            for (JsonElement product : JsonParser.parseString(body).getAsJsonArray()) {
                JsonObject fields = product.getAsJsonObject();
                if (fields.get("id").getAsString().equals("mug")) {
                    JsonElement stock = fields.get("stock");
                    return !stock.isJsonNull() && stock.getAsLong() >= bornMillis ? Answer.FRESH : Answer.DEGRADED;
                }
            }
        } catch (JsonParseException | IllegalStateException | NumberFormatException notTheList) {
            return Answer.FAILED;
        }
        return Answer.FAILED;
    }
}
