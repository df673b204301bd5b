package io.seawall.filter.answer;

import jakarta.json.JsonArray;
import jakarta.json.JsonConfig;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.util.List;
import java.util.Map;

/** Reads JSON with somebody else's parser, which refuses a member that is there twice. */
final class Json {

    private static final JsonReaderFactory STRICT =
            jakarta.json.Json.createReaderFactory(Map.of(JsonConfig.KEY_STRATEGY, JsonConfig.KeyStrategy.NONE));

    private Json() {}

    static JsonObject read(String text) {
        try (JsonReader reader = STRICT.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    static List<String> strings(JsonObject object, String member) {
        JsonArray array = object.getJsonArray(member);
        return array.getValuesAs(JsonString::getString);
    }
}
