package io.seawall.benchmarks.calls;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Prints what calls cost as tables of Markdown: medians of the iterations, and in brackets where half of them lie. */
final class CallReport {

    /**
     * One line of a table.
     *
     * @param ours what it is compared with; null for nothing
     */
    private record Row(
            String title, String benchmark, @Nullable String ours) {}

    private static final String FLOOR = "WithCdiBenchmark.emptyInterceptor";
    private static final String REFUSAL = "WithCdiBenchmark.refusingInterceptor";
    private static final String DIRECT = "WithoutCdiBenchmark.direct";

    private static final List<Row> WITHOUT_CDI = List.of(
            new Row("the call alone", DIRECT, null),
            new Row("**Seawall**, retry + breaker", "WithoutCdiBenchmark.seawall", null),
            new Row("Resilience4j, retry + breaker", "WithoutCdiBenchmark.resilience4j", "WithoutCdiBenchmark.seawall"),
            new Row("Failsafe, retry + breaker", "WithoutCdiBenchmark.failsafe", "WithoutCdiBenchmark.seawall"),
            new Row("**Seawall**, and timeout", "WithoutCdiBenchmark.seawallLimited", null),
            new Row(
                    "Failsafe, and timeout",
                    "WithoutCdiBenchmark.failsafeLimited",
                    "WithoutCdiBenchmark.seawallLimited"),
            new Row("**Seawall**, refused by the open circuit", "WithoutCdiBenchmark.seawallOpen", null),
            new Row("Resilience4j, refused", "WithoutCdiBenchmark.resilience4jOpen", "WithoutCdiBenchmark.seawallOpen"),
            new Row("Failsafe, refused", "WithoutCdiBenchmark.failsafeOpen", "WithoutCdiBenchmark.seawallOpen"));

    private static final List<Row> WITH_CDI = List.of(
            new Row("a method that is not intercepted", "WithCdiBenchmark.untouched", null),
            new Row("an interceptor that does nothing: the floor", FLOOR, null),
            new Row("**Seawall**, plain `@Resilient`", "WithCdiBenchmark.seawall", null),
            new Row("SmallRye, retry + breaker", "WithCdiBenchmark.smallRye", "WithCdiBenchmark.seawall"),
            new Row("**Seawall**, with `failurePercent`", "WithCdiBenchmark.seawallRated", null),
            new Row("**Seawall**, and `slowPercent`", "WithCdiBenchmark.seawallSlowRated", null),
            new Row("**Seawall**, with `timeout`", "WithCdiBenchmark.seawallLimited", null),
            new Row("SmallRye, and timeout", "WithCdiBenchmark.smallRyeLimited", "WithCdiBenchmark.seawallLimited"));

    /** What the container does to an exception on its way is nobody's but its own. */
    private static final List<Row> REFUSED = List.of(
            new Row("an interceptor that throws what was made before: the floor", REFUSAL, null),
            new Row("**Seawall**, refused by the open circuit", "WithCdiBenchmark.seawallOpen", null),
            new Row("SmallRye, refused", "WithCdiBenchmark.smallRyeOpen", "WithCdiBenchmark.seawallOpen"));

    /** The parameters are kept for the next attempt: what two of them cost. */
    private static final List<Row> WITH_CDI_TWO = List.of(
            new Row("two parameters: the floor", FLOOR + "Two", null),
            new Row("**Seawall**, plain `@Resilient`", "WithCdiBenchmark.seawallTwo", null));

    private final PrintStream out;

    CallReport(PrintStream out) {
        this.out = out;
    }

    void print(Costs one, Costs two) {
        costs("One call without CDI", WITHOUT_CDI, DIRECT, one);
        costs("One call of a bean in Weld", WITH_CDI, FLOOR, one);
        costs("One refused call of a bean in Weld", REFUSED, REFUSAL, one);
        costs("One call with two parameters of a bean in Weld", WITH_CDI_TWO, FLOOR + "Two", one);
        scaling(one, two);
    }

    private void costs(String title, List<Row> rows, String floor, Costs costs) {
        out.println("\n### " + title + "\n");
        out.println("| | ns | B | ns over the floor | B over the floor | times Seawall |");
        out.println("|---|---|---|---|---|---|");
        for (Row row : rows) {
            if (costs.has(row.benchmark()) && costs.has(floor)) {
                double nanos = costs.nanos(row.benchmark()).middle();
                double bytes = costs.bytes(row.benchmark()).middle();
                out.println(String.format(
                        Locale.ROOT,
                        "| %s | %s | %.0f | %+.1f | %+.0f | %s |",
                        row.title(),
                        costs.nanos(row.benchmark()).cell("%.1f"),
                        bytes,
                        nanos - costs.nanos(floor).middle(),
                        bytes - costs.bytes(floor).middle(),
                        times(costs, row)));
            }
        }
    }

    private static String times(Costs costs, Row row) {
        if (row.ours() == null || !costs.has(row.ours())) {
            return "";
        }
        double times =
                costs.nanos(row.benchmark()).middle() / costs.nanos(row.ours()).middle();
        return String.format(Locale.ROOT, "%.1f", times);
    }

    private void scaling(Costs one, Costs two) {
        out.println("\n### By two threads to one target\n");
        out.println("| | one thread, ns | two threads, ns | times |");
        out.println("|---|---|---|---|");
        List.of(WITHOUT_CDI, WITH_CDI)
                .forEach(rows -> rows.forEach(row -> {
                    if (one.has(row.benchmark()) && two.has(row.benchmark())) {
                        double before = one.nanos(row.benchmark()).middle();
                        double after = two.nanos(row.benchmark()).middle();
                        out.println(String.format(
                                Locale.ROOT,
                                "| %s | %s | %s | %.1f |",
                                row.title(),
                                one.nanos(row.benchmark()).cell("%.1f"),
                                two.nanos(row.benchmark()).cell("%.1f"),
                                after / before));
                    }
                }));
        out.flush();
    }
}
