package io.seawall.observe.console;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was sent: an object of texts, whole numbers, yes and no, and objects of texts. Everything else is refused with the place and
 * the rule: what is too large or too deep, a name twice or one that nobody knows, null, and what follows the object. Immutable.
 */
final class JsonBody {

    /** A request with as many header fields as servers take. */
    static final int MAX_BYTES = 16 * 1024;

    private static final int MAX_SKIPPED = 256 * 1024;
    private static final int MAX_DEPTH = 2;
    private static final int MAX_FIELDS = 100;

    private final Map<String, Object> fields;

    private JsonBody(Map<String, Object> fields) {
        this.fields = fields;
    }

    /**
     * Reads it, and no more of it than may be.
     *
     * @param declaredLength as {@code Content-Length} says, or -1
     */
    static JsonBody read(InputStream body, long declaredLength) throws IOException {
        byte[] bytes = body.readNBytes(MAX_BYTES + 1);
        if (declaredLength > MAX_BYTES || bytes.length > MAX_BYTES) {
            body.skip(MAX_SKIPPED); // or the connection is cut under one who is still sending, and he reads no answer
            throw new Problem(413, "the body may have " + MAX_BYTES + " bytes");
        }
        return parse(bytes);
    }

    static JsonBody parse(byte[] bytes) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Problem(400, "the body is not UTF-8");
        }
        try (JsonReader json = new JsonReader(new StringReader(text))) {
            json.setStrictness(Strictness.STRICT);
            json.setNestingLimit(MAX_DEPTH);
            if (json.peek() != JsonToken.BEGIN_OBJECT) {
                throw new Problem(400, "the body must be a JSON object");
            }
            Map<String, Object> fields = object(json, true);
            if (json.peek() != JsonToken.END_DOCUMENT) {
                throw new IllegalStateException("something follows");
            }
            return new JsonBody(fields);
        } catch (IOException | IllegalStateException | NumberFormatException e) {
            throw new Problem(
                    400,
                    "the body is not JSON as RFC 8259 has it, of texts, whole numbers, true and false,"
                            + " and no deeper than " + MAX_DEPTH);
        }
    }

    private static Map<String, Object> object(JsonReader json, boolean outermost) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        json.beginObject();
        while (json.hasNext()) {
            String name = json.nextName();
            Object value = value(json, name, outermost);
            if (fields.put(name, value) != null) {
                throw new Problem(400, "the field '" + shown(name) + "' is there twice");
            }
            if (fields.size() > MAX_FIELDS) {
                throw new Problem(400, "an object may have " + MAX_FIELDS + " fields");
            }
        }
        json.endObject();
        return fields;
    }

    private static Object value(JsonReader json, String name, boolean outermost) throws IOException {
        JsonToken token = json.peek();
        if (token == JsonToken.STRING) {
            return json.nextString();
        }
        if (outermost && token == JsonToken.NUMBER) {
            return json.nextLong();
        }
        if (outermost && token == JsonToken.BOOLEAN) {
            return json.nextBoolean();
        }
        if (outermost && token == JsonToken.BEGIN_OBJECT) {
            return object(json, false);
        }
        throw new Problem(
                400,
                "the field '" + shown(name) + "' must be "
                        + (outermost ? "a text, a whole number, true, false or an object of texts" : "a text"));
    }

    /** Refuses fields that nobody reads. */
    void requireOnly(Set<String> names, String whose) {
        for (String name : fields.keySet()) {
            if (!names.contains(name)) {
                throw new Problem(400, whose + " has no field '" + shown(name) + "'");
            }
        }
    }

    String text(String name) {
        return require(name, textOrNull(name));
    }

    @Nullable
    String textOrNull(String name) {
        return as(name, String.class, "a text");
    }

    long number(String name) {
        return require(name, as(name, Long.class, "a whole number"));
    }

    boolean flag(String name) {
        return require(name, as(name, Boolean.class, "true or false"));
    }

    /** An object of texts; empty if it is not there. */
    Map<String, String> texts(String name) {
        Map<?, ?> found = as(name, Map.class, "an object of texts");
        Map<String, String> texts = new LinkedHashMap<>();
        if (found != null) {
            found.forEach((key, value) -> texts.put((String) key, (String) value));
        }
        return texts;
    }

    private <T> @Nullable T as(String name, Class<T> type, String wanted) {
        Object value = fields.get(name);
        if (value != null && !type.isInstance(value)) {
            throw new Problem(400, "the field '" + name + "' must be " + wanted);
        }
        return type.cast(value);
    }

    private static <T> T require(String name, @Nullable T value) {
        if (value == null) {
            throw new Problem(400, "the field '" + name + "' is missing");
        }
        return value;
    }

    /** As it was sent, but short. */
    private static String shown(String name) {
        return name.length() <= 40 ? name : name.substring(0, 40) + "…";
    }
}
