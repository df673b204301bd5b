package io.seawall.observe.health;

import java.util.Map;

/** The answer of MicroProfile Health 4.0, section "Response Codes and status mappings", with its one check {@value #NAME}. */
final class HealthJson {

    /** What the check is called, here and there. */
    static final String NAME = "seawall";

    private static final int FIRST_PRINTABLE = 0x20;

    private HealthJson() {}

    static String of(HealthReport report) {
        String status = report.isReady() ? "UP" : "DOWN";
        StringBuilder json = new StringBuilder("{\"status\":\"")
                .append(status)
                .append("\",\"checks\":[{\"name\":\"" + NAME + "\",\"status\":\"")
                .append(status)
                .append("\",\"data\":{");
        String separator = "";
        for (Map.Entry<String, String> entry : report.data().entrySet()) {
            json.append(separator);
            quote(entry.getKey(), json);
            json.append(':');
            quote(entry.getValue(), json);
            separator = ",";
        }
        return json.append("}}]}").toString();
    }

    private static void quote(String text, StringBuilder json) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < FIRST_PRINTABLE) {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }
}
