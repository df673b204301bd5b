package io.seawall.filter.answer;

/** A refusal as {@code application/problem+json} (RFC 9457), with the member {@code violated-policies} of the draft. */
final class ProblemDocument {

    private ProblemDocument() {}

    static String of(Refusal refusal) {
        StringBuilder json = new StringBuilder(256)
                .append("{\"type\":\"")
                .append(refusal.problem().uri())
                .append("\",\"title\":\"")
                .append(refusal.problem().title())
                .append("\",\"status\":")
                .append(refusal.status());
        if (refusal.retryAfterSeconds().isEmpty()) {
            json.append(",\"detail\":\"")
                    .append(RefusalWords.advice(refusal, RefusalWords::waiting))
                    .append('"');
        }
        if (!refusal.violatedPolicies().isEmpty()) {
            appendNames(json.append(",\"violated-policies\":["), refusal).append(']');
        }
        return json.append('}').toString();
    }

    private static StringBuilder appendNames(StringBuilder json, Refusal refusal) {
        String separator = "";
        for (String name : refusal.violatedPolicies()) {
            appendEscaped(json.append(separator).append('"'), name).append('"');
            separator = ",";
        }
        return json;
    }

    /** RFC 8259, section 7. The names of our own limits need none of it. */
    private static StringBuilder appendEscaped(StringBuilder json, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\' || c < ' ') {
                json.append("\\u00").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
            } else {
                json.append(c);
            }
        }
        return json;
    }
}
