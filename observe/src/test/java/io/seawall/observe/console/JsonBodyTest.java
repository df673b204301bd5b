package io.seawall.observe.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.seawall.test.Property;
import java.io.ByteArrayInputStream;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonBodyTest {

    private static JsonBody parse(String text) {
        return JsonBody.parse(text.getBytes(UTF_8));
    }

    private static int statusOf(Throwable refused) {
        return ((Problem) refused).status();
    }

    @Test
    void texts_numbers_yes_and_no_and_objects_of_texts_are_read() {
        JsonBody body = parse(" {\"a\":\"ä\\n\",\"n\":-12,\"on\":true,\"headers\":{\"X\":\"1\",\"Y\":\"\"}} ");

        assertThat(body.text("a")).isEqualTo("ä\n");
        assertThat(body.textOrNull("other")).isNull();
        assertThat(body.number("n")).isEqualTo(-12);
        assertThat(body.flag("on")).isTrue();
        assertThat(body.texts("headers")).containsExactly(Map.entry("X", "1"), Map.entry("Y", ""));
        assertThat(body.texts("other")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | not JSON",
                "[] | must be a JSON object",
                "1 | must be a JSON object",
                "{ | not JSON",
                "{} {} | not JSON",
                "{}x | not JSON",
                "{}, | not JSON",
                "{'a':1} | not JSON",
                "{a:1} | not JSON",
                "{\"a\":1,} | not JSON",
                "{\"a\":NaN} | not JSON",
                "{\"a\":1.5} | not JSON",
                "{\"a\":1e99} | not JSON",
                "{\"a\":99999999999999999999} | not JSON",
                "{\"a\":null} | the field 'a' must be a text, a whole number",
                "{\"a\":[]} | the field 'a' must be a text, a whole number",
                "{\"a\":{\"b\":1}} | the field 'b' must be a text",
                "{\"a\":{\"b\":{}}} | the field 'b' must be a text",
                "{\"a\":1,\"a\":2} | the field 'a' is there twice",
                "{\"a\":1,\"\\u0061\":2} | the field 'a' is there twice",
                "{\"a\":{\"b\":\"\",\"b\":\"\"}} | the field 'b' is there twice",
                "/* x */{} | not JSON"
            })
    void everything_else_is_refused(String text, String words) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(Problem.class)
                .hasMessageContaining(words)
                .extracting(JsonBodyTest::statusOf)
                .isEqualTo(400);
    }

    @Test
    void fields_of_another_kind_that_are_missing_or_that_nobody_reads_are_refused() {
        JsonBody body = parse("{\"a\":\"1\",\"n\":1}");
        assertThatThrownBy(() -> body.number("a")).hasMessage("the field 'a' must be a whole number");
        assertThatThrownBy(() -> body.text("n")).hasMessage("the field 'n' must be a text");
        assertThatThrownBy(() -> body.flag("n")).hasMessage("the field 'n' must be true or false");
        assertThatThrownBy(() -> body.texts("n")).hasMessage("the field 'n' must be an object of texts");
        assertThatThrownBy(() -> body.text("b")).hasMessage("the field 'b' is missing");
        assertThatThrownBy(() -> body.requireOnly(Set.of("a"), "it")).hasMessage("it has no field 'n'");
    }

    @Test
    void what_is_too_large_is_not_read_on() throws Exception {
        byte[] spaces = " ".repeat(1024 * 1024).getBytes(UTF_8);
        ByteArrayInputStream endless = new ByteArrayInputStream(spaces);
        assertThat(statusOf(catchThrowable(() -> JsonBody.read(endless, -1)))).isEqualTo(413);
        assertThat(statusOf(catchThrowable(() -> JsonBody.read(endless, JsonBody.MAX_BYTES + 1))))
                .isEqualTo(413);

        assertThat(endless.available()).as("what is left after two of them").isGreaterThan(400 * 1024);

        byte[] largest = ("{}" + " ".repeat(JsonBody.MAX_BYTES - 2)).getBytes(UTF_8);
        JsonBody.read(new ByteArrayInputStream(largest), largest.length).requireOnly(Set.of(), "it");
    }

    @Test
    void depth_fields_and_bytes_that_are_no_text_are_bounded() {
        assertThatThrownBy(() -> parse("{\"a\":".repeat(3000))).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> parse("[".repeat(16000))).isInstanceOf(Problem.class);
        StringBuilder many = new StringBuilder("{\"a\":1");
        for (int i = 0; i < 100; i++) {
            many.append(",\"a").append(i).append("\":1");
        }
        assertThatThrownBy(() -> parse(many.append('}').toString())).hasMessageContaining("100 fields");
        assertThatThrownBy(() -> JsonBody.parse(new byte[] {'{', '"', (byte) 0xFF, '"', ':', '1', '}'}))
                .hasMessageContaining("UTF-8");
    }

    /** The twin reads anything; what it reads, and is of the kinds that are taken, says the same here. */
    @Test
    void whatever_comes_is_refused_or_says_what_it_says_to_another_reader() {
        String[] parts = {
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            "\"a\"",
            "\"b\"",
            "\"\"",
            "1",
            "-0",
            "1.0",
            "true",
            "null",
            " ",
            "\\u0000",
            "\"\\ud800\"",
            "x",
            "{\"a\":\"1\"",
            "\"a\":1",
            ",\"b\":{\"a\":\"2\"}"
        };
        Property.holds(20_000, random -> {
            StringBuilder text = new StringBuilder("{");
            for (int i = random.nextInt(1, 8); i > 0; i--) {
                text.append(parts[random.nextInt(parts.length)]);
            }
            text.append(random.nextBoolean() ? "}" : "");
            JsonBody body;
            try {
                body = parse(text.toString());
            } catch (Problem refused) {
                assertThat(refused.status()).isEqualTo(400);
                return;
            }
            JsonObject twin = JsonParser.parseString(text.toString()).getAsJsonObject();
            body.requireOnly(twin.keySet(), "it");
            twin.entrySet().forEach(field -> {
                if (field.getValue().isJsonObject()) {
                    assertThat(body.texts(field.getKey()))
                            .hasSize(field.getValue().getAsJsonObject().size());
                } else if (field.getValue().getAsJsonPrimitive().isString()) {
                    assertThat(body.text(field.getKey()))
                            .isEqualTo(field.getValue().getAsString());
                } else if (field.getValue().getAsJsonPrimitive().isBoolean()) {
                    assertThat(body.flag(field.getKey()))
                            .isEqualTo(field.getValue().getAsBoolean());
                } else {
                    assertThat(body.number(field.getKey()))
                            .isEqualTo(field.getValue().getAsLong());
                }
            });
        });
    }
}
