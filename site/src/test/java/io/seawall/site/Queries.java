package io.seawall.site;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Queries for Prometheus: each ends before a comment or an empty line. */
record Queries(List<String> expressions) {

    private static final Pattern METRIC = Pattern.compile("\\bseawall_[a-z_]+");

    static Queries of(Block block) {
        List<String> expressions = new ArrayList<>();
        StringBuilder expression = new StringBuilder();
        for (String line : (block.text() + "\n#").split("\n", -1)) {
            if (line.isBlank() || line.startsWith("#")) {
                if (!expression.isEmpty()) {
                    expressions.add(expression.toString().strip());
                    expression.setLength(0);
                }
            } else {
                expression.append(line.strip()).append(' ');
            }
        }
        return new Queries(List.copyOf(expressions));
    }

    /** Metrics that the reference does not have. */
    List<String> unknownMetrics() throws IOException {
        String reference = Files.readString(Build.REPOSITORY.resolve("docs/metrics.md"));
        List<String> unknown = new ArrayList<>();
        for (String expression : expressions) {
            Matcher matcher = METRIC.matcher(expression);
            while (matcher.find()) {
                String name = matcher.group()
                        .replaceFirst("(_seconds|_bytes)?(_total|_bucket|_sum|_count)?$", "")
                        .replace('_', '.');
                if (!reference.contains("`" + name + "`")) {
                    unknown.add(name);
                }
            }
        }
        return unknown;
    }

    /** A file of rules, which promtool can check. */
    String asRules() {
        StringBuilder rules = new StringBuilder("groups:\n- name: page\n  rules:\n");
        for (int i = 0; i < expressions.size(); i++) {
            rules.append("  - record: page:rule")
                    .append(i)
                    .append("\n    expr: '")
                    .append(expressions.get(i).replace("'", "''"))
                    .append("'\n");
        }
        return rules.toString();
    }
}
