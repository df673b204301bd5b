package io.seawall.servers;

import java.util.HashMap;
import java.util.Map;

/** What the probe tells of a run. */
record Outcome(Map<String, String> values) {

    static Outcome parse(String lines) {
        Map<String, String> values = new HashMap<>();
        for (String line : lines.lines().toList()) {
            int equals = line.indexOf('=');
            values.put(line.substring(0, equals), line.substring(equals + 1));
        }
        return new Outcome(values);
    }

    String id() {
        return values.get("id");
    }

    /** What the caller got, or null. */
    String returned() {
        return values.get("returned");
    }

    /** The class of what the caller caught and of each cause, or null. */
    String thrown() {
        return values.get("thrown");
    }

    int attempts() {
        return Integer.parseInt(values.get("attempts"));
    }

    /** Committed rows. */
    int rows() {
        return Integer.parseInt(values.get("rows"));
    }
}
