package io.seawall;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.metrics.Meter;
import io.seawall.metrics.MetricFamily;
import io.seawall.metrics.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page of metrics has a row for every metric that there is, and no other. */
class MetricsPageTest {

    private static final Path PAGE = Path.of("../docs/metrics.md");

    private static final List<MetricFamily> FAMILIES = new ArrayList<>();

    @BeforeAll
    static void readAll() throws Exception {
        FAMILIES.addAll(AllMetrics.read().families());
    }

    private static String row(Meter meter) {
        return "| `" + meter.name() + "` | " + meter.kind().name().toLowerCase(Locale.ROOT) + " | "
                + meter.labels().stream().map(label -> "`" + label + "`").collect(Collectors.joining(", ")) + " | ";
    }

    private static List<String> rows() throws IOException {
        try (Stream<String> lines = Files.lines(PAGE)) {
            return lines.filter(line -> line.startsWith("| `seawall.")).toList();
        }
    }

    @Test
    void every_metric_has_its_row_and_every_row_its_metric() throws IOException {
        Set<String> metrics =
                FAMILIES.stream().map(family -> row(family.meter())).collect(Collectors.toSet());
        assertThat(metrics).hasSizeGreaterThan(20);
        List<String> rows = rows().stream()
                .map(row -> row.substring(0, row.lastIndexOf(" | ") + 3))
                .toList();

        assertThat(rows).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(metrics);
    }

    @Test
    void the_page_names_every_value_of_a_label_that_is_one_of_a_closed_set() throws IOException {
        Map<String, String> rows = new TreeMap<>();
        rows().forEach(row -> rows.put(row.substring(row.indexOf('`') + 1, row.indexOf('`', 3)), row));
        for (MetricFamily family : FAMILIES) {
            for (Sample sample : family.samples()) {
                for (int i = 0; i < sample.labelValues().size(); i++) {
                    if (!Set.of("filter", "policy", "target")
                            .contains(family.meter().labels().get(i))) {
                        assertThat(rows.get(family.meter().name()))
                                .contains("`" + sample.labelValues().get(i) + "`");
                    }
                }
            }
        }
    }
}
