package io.seawall.demo;

import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sees a demo, and steers it, as one who runs it: over HTTP alone.
 *
 * @param demo that is open
 */
record Operator(DemoProcess demo) {

    /** A number of {@code /metrics}, by its name there and its labels, as {@code target="payments"}, in their order. */
    double metric(String name, String labels) {
        String metrics = demo.get(demo.shop("/metrics")).body();
        Matcher line = Pattern.compile("(?m)^" + Pattern.quote(name + "{" + labels + "}") + " (\\S+)")
                .matcher(metrics);
        if (!line.find()) {
            throw new AssertionError("no " + name + "{" + labels + "} in\n" + metrics);
        }
        return Double.parseDouble(line.group(1));
    }

    /** What a load balancer is told. */
    HttpResponse<String> ready() {
        return demo.get(demo.shop("/health/ready"));
    }

    JsonObject state() {
        return json(demo.get(demo.console("api/state")));
    }

    /** One of the targets of {@link #state}. */
    JsonObject target(String name) {
        return named(state().getJsonArray("targets").getValuesAs(JsonObject.class), name);
    }

    String circuit(String target) {
        return target(target).getJsonObject("breaker").getString("state");
    }

    /** The one filter of the shop. */
    JsonObject filter() {
        return state().getJsonArray("filters").getJsonObject(0);
    }

    /** The newest first, each as {@code kind subject}. */
    List<String> events() {
        return state().getJsonArray("events").getValuesAs(JsonObject.class).stream()
                .map(event -> event.getString("kind") + " " + event.getString("subject"))
                .toList();
    }

    /** The largest value that a plot has, of a target or a policy. */
    double highest(String subject, String series) {
        return json(demo.get(demo.console("api/history"))).getJsonArray("series").getValuesAs(JsonObject.class).stream()
                .filter(each -> each.getString("name").equals(series))
                .filter(each -> subject.equals(each.getString("target", each.getString("policy", null))))
                .flatMap(each -> each.getJsonArray("values").stream())
                .filter(value -> value.getValueType() == JsonValue.ValueType.NUMBER)
                .mapToDouble(value -> ((JsonNumber) value).doubleValue())
                .max()
                .orElse(0);
    }

    /** Does something in the console; fails if it is not done. */
    void act(String action, String... fields) {
        var body = Json.createObjectBuilder().add("action", action);
        for (int i = 0; i < fields.length; i += 2) {
            body.add(fields[i], fields[i + 1]);
        }
        HttpResponse<String> answer = demo.send(HttpRequest.newBuilder(demo.console("api/action"))
                .header("Content-Type", "application/json")
                .header("X-Seawall-Console", "1")
                .POST(BodyPublishers.ofString(body.build().toString())));
        if (answer.statusCode() != 200) {
            throw new AssertionError(action + ": " + answer.body());
        }
    }

    private static JsonObject named(List<JsonObject> all, String name) {
        return all.stream()
                .filter(one -> one.getString("name").equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no '" + name + "' in " + all));
    }

    private static JsonObject json(HttpResponse<String> answer) {
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.statusCode() + ": " + answer.body());
        }
        try (JsonReader reader = Json.createReader(new StringReader(answer.body()))) {
            return reader.readObject();
        }
    }
}
