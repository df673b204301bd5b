package io.seawall;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the dashboard and the alert rules ask for is what the servlet shows: names, labels, and values of closed sets. */
class DashboardTest {

    private static final Path DASHBOARD = Path.of("../docs/grafana/seawall.json");
    private static final Path ALERTS = Path.of("../docs/prometheus/alerts.yml");

    /** Their values are names that somebody has given. */
    private static final Set<String> OPEN = Set.of("filter", "policy", "target", "le");

    /** Prometheus adds them. */
    private static final Set<String> ADDED = Set.of("job", "instance");

    /** By the name in Prometheus: the labels, and their values. */
    private static final Map<String, Map<String, Set<String>>> SERIES = new TreeMap<>();

    @BeforeAll
    static void read() throws Exception {
        Pattern label = Pattern.compile("(\\w+)=\"([^\"]*)\"");
        Matcher line = Pattern.compile("(?m)^(seawall_\\w+)(?:\\{(.*)})? \\S+$")
                .matcher(AllMetrics.read().text().replace("\r", ""));
        while (line.find()) {
            Map<String, Set<String>> labels = SERIES.computeIfAbsent(line.group(1), name -> new TreeMap<>());
            Matcher each = label.matcher(line.group(2) == null ? "" : line.group(2));
            while (each.find()) {
                labels.computeIfAbsent(each.group(1), key -> new TreeSet<>()).add(each.group(2));
            }
        }
        assertThat(SERIES).hasSizeGreaterThan(20);
    }

    /**
     * What is asked, and what is said of the answer.
     *
     * @param text the expression
     * @param labels those that its words name
     */
    record Asked(String text, Set<String> labels) {}

    static List<Asked> expressions() throws IOException {
        List<Asked> all = new ArrayList<>(ofTheDashboard());
        int panels = all.size();
        all.addAll(ofTheAlerts());
        assertThat(panels).isGreaterThan(25);
        assertThat(all).hasSizeGreaterThan(panels + 9);
        return all;
    }

    private static List<Asked> ofTheDashboard() throws IOException {
        List<Asked> all = new ArrayList<>();
        String string = "\"((?:[^\"\\\\]|\\\\.)*)\"";
        Matcher target = Pattern.compile("\"expr\": " + string + ",\\s*\"legendFormat\": " + string)
                .matcher(Files.readString(DASHBOARD));
        while (target.find()) {
            all.add(new Asked(target.group(1).replace("\\\"", "\""), named("\\{\\{(\\w+)}}", target.group(2))));
        }
        return all;
    }

    /** An alert is an item of a list, and its expression goes up to the next key. */
    private static List<Asked> ofTheAlerts() throws IOException {
        List<Asked> all = new ArrayList<>();
        for (String alert : Files.readString(ALERTS).split("- alert: ", -1)) {
            Matcher expression = Pattern.compile("(?s)\\n        expr: (.*?)\\n        \\w+:")
                    .matcher(alert);
            if (expression.find()) {
                all.add(new Asked(expression.group(1), named("\\$labels\\.(\\w+)", alert)));
            }
        }
        return all;
    }

    private static Set<String> named(String pattern, String text) {
        Set<String> names = new TreeSet<>();
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    @ParameterizedTest
    @MethodSource("expressions")
    void every_expression_asks_for_what_is_there(Asked asked) {
        Expression expression = Expression.of(asked.text);

        assertThat(expression.selectors()).isNotEmpty();
        assertThat(asked.labels).as("labels of the words").isSubsetOf(expression.grouped());
        for (Expression.Selector selector : expression.selectors()) {
            Map<String, Set<String>> labels = SERIES.get(selector.name());
            assertThat(labels).as(selector.name()).isNotNull();
            assertThat(expression.grouped())
                    .as("labels that are grouped by")
                    .allMatch(label -> labels.containsKey(label) || ADDED.contains(label));
            selector.values().forEach((label, values) -> {
                if (!ADDED.contains(label)) {
                    assertThat(labels).as(selector.name()).containsKey(label);
                }
                if (!ADDED.contains(label) && !OPEN.contains(label)) {
                    assertThat(labels.get(label)).as(label).containsAll(values);
                }
            });
        }
    }
}
