package io.seawall.storm.report;

import io.seawall.storm.story.Second;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.util.function.ToDoubleFunction;

/** What is known of a second: a column of the file, and of the table of all numbers. */
enum Column {
    OFFERED("offered", "Offered", Second::offered),
    SENT("sent", "Sent", Second::sent),
    BACKEND("backend", "Backend", Second::backend),
    FRESH("fresh", "Fresh", Second::fresh),
    DEGRADED("degraded", "Degraded", Second::degraded),
    LIMITED("limited", "Limited", Second::limited),
    FAILED("failed", "Failed", Second::failed),
    P50("p50Millis", "p50, ms", Second::p50Millis),
    P95("p95Millis", "p95, ms", Second::p95Millis),
    P99("p99Millis", "p99, ms", Second::p99Millis),
    QUEUED("queued", "Queue", Second::queued),
    CONNECTIONS("connectionsInUse", "Connections", Second::connectionsInUse);

    private final String key;
    private final String heading;

    @SuppressWarnings("ImmutableEnumChecker") // all are accessors of a record
    private final ToDoubleFunction<Second> value;

    /** A count is below 2^53, so a double holds it. */
    Column(String key, String heading, ToDoubleFunction<Second> value) {
        this.key = key;
        this.heading = heading;
        this.value = value;
    }

    String key() {
        return key;
    }

    String heading() {
        return heading;
    }

    double of(Second second) {
        return value.applyAsDouble(second);
    }

    void add(Second second, JsonArrayBuilder values) {
        double number = of(second);
        if (number == Math.rint(number)) {
            values.add((long) number);
        } else {
            values.add(number);
        }
    }

    long count(JsonObject columns, int at) {
        return columns.getJsonArray(key).getJsonNumber(at).longValueExact();
    }

    double millis(JsonObject columns, int at) {
        return columns.getJsonArray(key).getJsonNumber(at).doubleValue();
    }
}
