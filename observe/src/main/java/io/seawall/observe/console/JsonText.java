package io.seawall.observe.console;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Writes JSON. A field whose value is null is left out. */
final class JsonText {

    /** Something that is written into an object or an array. */
    interface Part {

        /** Writes it. */
        void writeTo(JsonText json);
    }

    private static final double THOUSANDTHS = 1000;

    private final StringWriter text = new StringWriter();
    private final JsonWriter json = new JsonWriter(text);

    private JsonText() {
        json.setStrictness(Strictness.STRICT);
    }

    private interface Step {
        void run() throws IOException;
    }

    /** Of memory: it fails never. */
    private JsonText write(Step step) {
        try {
            step.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** An object, as UTF-8. */
    static byte[] bytes(Part fields) {
        JsonText json = new JsonText();
        json.object(fields);
        return json.text.toString().getBytes(StandardCharsets.UTF_8);
    }

    JsonText object(Part fields) {
        write(json::beginObject);
        fields.writeTo(this);
        return write(json::endObject);
    }

    JsonText object(String name, Part fields) {
        return write(() -> json.name(name)).object(fields);
    }

    JsonText array(String name, Part values) {
        write(() -> json.name(name).beginArray());
        values.writeTo(this);
        return write(json::endArray);
    }

    JsonText texts(String name, Iterable<String> values) {
        return array(name, array -> values.forEach(value -> write(() -> json.value(value))));
    }

    <T> JsonText objects(String name, List<T> values, BiConsumer<JsonText, T> fields) {
        return array(name, array -> values.forEach(value -> object(each -> fields.accept(each, value))));
    }

    JsonText field(String name, @Nullable String value) {
        return value == null ? this : write(() -> json.name(name).value(value));
    }

    JsonText field(String name, long value) {
        return write(() -> json.name(name).value(value));
    }

    JsonText field(String name, boolean value) {
        return write(() -> json.name(name).value(value));
    }

    /** To three places; left out if it is no number. */
    JsonText rate(String name, double value) {
        return Double.isFinite(value) ? write(() -> json.name(name)).rate(value) : this;
    }

    /** In an array: to three places; null if it is no number. */
    JsonText rate(double value) {
        if (!Double.isFinite(value)) {
            return write(json::nullValue);
        }
        double rounded = rounded(value);
        return rounded == (long) rounded ? write(() -> json.value((long) rounded)) : write(() -> json.value(rounded));
    }

    JsonText number(long value) {
        return write(() -> json.value(value));
    }

    private static double rounded(double value) {
        return Math.round(value * THOUSANDTHS) / THOUSANDTHS;
    }
}
