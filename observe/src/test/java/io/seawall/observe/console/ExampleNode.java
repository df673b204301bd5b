package io.seawall.observe.console;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonPointer;
import jakarta.json.JsonReader;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;

/**
 * A node in the middle of an eventful day, as the API of the console tells it: {@code example.json}, and 15 minutes before it. Its
 * time is moved by {@link #pass}, so that its pictures are the same every time. Thread-safe.
 */
final class ExampleNode {

    static final JsonObject BUSY = read();
    static final JsonObject EMPTY = Json.createObjectBuilder(BUSY)
            .remove("filters")
            .remove("targets")
            .remove("events")
            .add("health", Json.createObjectBuilder().add("state", "serving").add("ready", true))
            .build();

    private static final long STEP_MILLIS = 5000;
    private static final int SLOTS = (int) (Duration.ofMinutes(15).toMillis() / STEP_MILLIS);
    private static final long NOON = 1_796_040_000_000L;

    private final List<JsonObject> actions = new CopyOnWriteArrayList<>();
    private JsonStructure state;
    private long slot = NOON / STEP_MILLIS;
    private double load = 1;
    private boolean hasHistory = true;
    private int leftOut;

    ExampleNode() {
        this(BUSY);
    }

    ExampleNode(JsonObject state) {
        this.state = state;
    }

    private static JsonObject read() {
        try (JsonReader reader = Json.createReader(
                Objects.requireNonNull(ExampleNode.class.getResourceAsStream("example.json"), "example.json"))) {
            return reader.readObject();
        }
    }

    /** Some steps of time pass, with so many times the usual load. */
    synchronized void pass(int steps, double times) {
        slot += steps;
        load = times;
    }

    /** So many targets have no place in the history. */
    synchronized void leaveOut(int targets) {
        leftOut = targets;
    }

    synchronized void forgetHistory() {
        hasHistory = false;
    }

    synchronized void set(String pointer, JsonValue value) {
        JsonPointer place = Json.createPointer(pointer);
        state = place.add(state, value);
    }

    /** What people have asked for. */
    List<JsonObject> actions() {
        return actions;
    }

    private long now() {
        return slot * STEP_MILLIS;
    }

    synchronized JsonObject state() {
        JsonObject told = ((JsonObject) state);
        JsonObject node = told.getJsonObject("node");
        return Json.createObjectBuilder((JsonObject) timed(told))
                .add("now", now())
                .add(
                        "node",
                        Json.createObjectBuilder(node)
                                .remove("upMillis")
                                .add("startedAt", NOON - node.getInt("upMillis")))
                .build();
    }

    /** Instants instead of how long ago. */
    private JsonValue timed(JsonValue value) {
        return switch (value.getValueType()) {
            case OBJECT -> {
                JsonObjectBuilder builder = Json.createObjectBuilder();
                for (Map.Entry<String, JsonValue> member : value.asJsonObject().entrySet()) {
                    if (member.getKey().equals("agoMillis")) {
                        long at = now() - ((jakarta.json.JsonNumber) member.getValue()).longValue();
                        builder.add(value.asJsonObject().containsKey("kind") ? "at" : "lastAt", at);
                    } else {
                        builder.add(member.getKey(), timed(member.getValue()));
                    }
                }
                yield builder.build();
            }
            case ARRAY -> {
                JsonArrayBuilder builder = Json.createArrayBuilder();
                value.asJsonArray().forEach(one -> builder.add(timed(one)));
                yield builder.build();
            }
            default -> value;
        };
    }

    synchronized JsonObject history(long since) {
        JsonArrayBuilder times = Json.createArrayBuilder();
        JsonArrayBuilder series = Json.createArrayBuilder();
        boolean wasSetBack = since > now(); // told as History does
        long first = Math.max(slot - SLOTS + 1, wasSetBack ? 0 : since / STEP_MILLIS + 1);
        if (!hasHistory) {
            first = slot + 1;
        }
        for (long at = first; at <= slot; at++) {
            times.add(at * STEP_MILLIS);
        }
        for (JsonObject filter : objects((JsonObject) state, "filters")) {
            String name = filter.getString("name");
            series.add(line(first, "in-flight", filter.getInt("inFlight"), ExampleNode::calm)
                    .add("subject", "filter")
                    .add("filter", name));
            for (JsonObject policy : objects(filter, "policies")) {
                DoubleUnaryOperator refusals =
                        policy.getJsonNumber("refused").doubleValue() > 0 ? ExampleNode::storm : ExampleNode::calm;
                for (var line : Map.of("allowed", "allowed", "refused", "refused", "shadow-refused", "shadowRefused")
                        .entrySet()) {
                    double usual = policy.getJsonNumber(line.getValue()).doubleValue();
                    series.add(line(
                                    first,
                                    line.getKey(),
                                    usual,
                                    line.getKey().equals("allowed") ? ExampleNode::calm : refusals)
                            .add("subject", "filter")
                            .add("filter", name)
                            .add("policy", policy.getString("name")));
                }
            }
        }
        for (JsonObject target : objects((JsonObject) state, "targets")) {
            double unsuccessful = target.getJsonObject("unsuccessful").values().stream()
                    .mapToDouble(value -> ((jakarta.json.JsonNumber) value).doubleValue())
                    .sum();
            boolean open = target.toString().contains("\"open\"");
            for (var line : Map.of(
                            "calls", target.getJsonNumber("calls").doubleValue(),
                            "unsuccessful", unsuccessful,
                            "retries", target.getJsonNumber("retries").doubleValue())
                    .entrySet()) {
                DoubleUnaryOperator shape = line.getKey().equals("calls")
                        ? ExampleNode::calm
                        : open ? ExampleNode::fall : ExampleNode::storm;
                series.add(line(first, line.getKey(), line.getValue(), shape)
                        .add("subject", "target")
                        .add("target", target.getString("name")));
            }
        }
        return Json.createObjectBuilder()
                .add("stepMillis", STEP_MILLIS)
                .add("times", times)
                .add("series", series)
                .add("leftOut", leftOut)
                .build();
    }

    private JsonObjectBuilder line(long first, String name, double usual, DoubleUnaryOperator shape) {
        JsonArrayBuilder values = Json.createArrayBuilder();
        for (long at = first; at <= slot; at++) {
            RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom")
                    .create(at * 31 + name.hashCode() + (long) (usual * 1000));
            double noise = 0.9 + 0.2 * random.nextDouble();
            double value = usual
                    * noise
                    * shape.applyAsDouble((double) (at - NOON / STEP_MILLIS))
                    * (at > slot - 3 ? load : 1);
            values.add(Math.round(value * 100) / 100.0);
        }
        return Json.createObjectBuilder().add("name", name).add("values", values);
    }

    private static double calm(double at) {
        return 0.92 + 0.12 * Math.sin(at / 28) + 0.05 * Math.sin(at / 5);
    }

    /** Begins seven minutes ago, and has not ended. */
    private static double storm(double at) {
        double since = at + 84;
        return since < 0
                ? (Math.floorMod((long) at, 39) < 2 ? 0.25 : 0)
                : Math.min(1, since / 12) * (1 + 0.35 * Math.sin(at / 9));
    }

    /** Begins 50 seconds ago. */
    private static double fall(double at) {
        return at < -9 ? 0 : Math.min(1, (at + 10) / 3.0) * 0.95;
    }

    private static List<JsonObject> objects(JsonObject parent, String name) {
        return parent.containsKey(name) ? parent.getJsonArray(name).getValuesAs(JsonObject.class) : List.of();
    }

    /** Does what it is told as far as the page can see it; {@code null} if there is no such action. */
    synchronized @Nullable String act(JsonObject action) {
        actions.add(action);
        String name = action.getString("action");
        switch (name) {
            case "force-open" -> breaker(action, "forced-open");
            case "disable" -> breaker(action, "disabled");
            case "reset-breaker" -> breaker(action, "closed");
            case "drain" -> health("draining", false);
            case "serve" -> health("serving", true);
            case "shadow" ->
                set(
                        "/filters/0/policies/" + index("/filters/0/policies", action.getString("policy")) + "/shadow",
                        action.getBoolean("on") ? JsonValue.TRUE : JsonValue.FALSE);
            case "set-limit" ->
                set(
                        "/filters/0/overrides/-",
                        Json.createObjectBuilder(action)
                                .remove("action")
                                .remove("filter")
                                .build());
            case "remove-limit", "reset-client", "reread" -> {}
            default -> {
                return null;
            }
        }
        return "Done: " + name + ".";
    }

    private void breaker(JsonObject action, String to) {
        int target = index("/targets", action.getString("target"));
        set("/targets/" + target + "/breaker/state", Json.createValue(to));
        set("/targets/" + target + "/breaker/sinceMillis", Json.createValue(0));
    }

    private void health(String to, boolean ready) {
        set("/health/state", Json.createValue(to));
        set("/health/ready", ready ? JsonValue.TRUE : JsonValue.FALSE);
    }

    private int index(String list, String name) {
        List<String> names =
                Json.createPointer(list).getValue(state).asJsonArray().getValuesAs(JsonObject.class).stream()
                        .map(one -> one.getString("name"))
                        .toList();
        return names.indexOf(name);
    }

    JsonObject explain(JsonObject request) {
        JsonObject limit = BUSY.getJsonArray("filters")
                .getJsonObject(0)
                .getJsonArray("policies")
                .getJsonObject(1)
                .getJsonArray("limits")
                .getJsonObject(0);
        return Json.createObjectBuilder()
                .add("counted", true)
                .add(
                        "words",
                        request.getString("method") + " " + request.getString("path")
                                + " would be allowed: policy default has 97 of 100 left for ip "
                                + request.getString("address") + ".")
                .add(
                        "policies",
                        Json.createArrayBuilder()
                                .add(Json.createObjectBuilder()
                                        .add("name", "default")
                                        .add("applies", true)
                                        .add("why", "every path")
                                        .add("client", "ip " + request.getString("address"))
                                        .add("cost", 1)
                                        .add(
                                                "limits",
                                                Json.createArrayBuilder()
                                                        .add(Json.createObjectBuilder(limit)
                                                                .add("remaining", 97))))
                                .add(Json.createObjectBuilder()
                                        .add("name", "search")
                                        .add("applies", false)
                                        .add("why", "the path does not begin with /search")))
                .build();
    }
}
