package io.seawall.benchmarks.redis;

import io.seawall.benchmarks.Quartiles;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Prints what was measured as tables of Markdown: medians of the rounds, and in brackets where half of the rounds lie. */
final class Report {

    private final PrintStream out;
    private final List<String> goals = new ArrayList<>();

    Report(PrintStream out) {
        this.out = out;
    }

    void line(String text) {
        out.println(text);
        out.flush();
    }

    void table(String title, List<Series> contest) {
        line("\n### " + title + "\n");
        line("| | decisions/s | p50 µs | p99 µs | commands sent | called by scripts | Redis µs | JVM µs | both µs |");
        line("|---|---|---|---|---|---|---|---|---|");
        for (Series series : contest) {
            line("| "
                    + String.join(
                            " | ",
                            series.title(),
                            series.of(Figures::perSecond).cell("%,.0f"),
                            series.of(Figures::halfMicros).middle("%,.2f"),
                            series.of(Figures::mostMicros).middle("%,.1f"),
                            series.of(Figures::sent).middle("%.2f"),
                            series.of(Figures::inScripts).middle("%.2f"),
                            series.of(Figures::redisMicros).middle("%.1f"),
                            series.of(Figures::jvmMicros).middle("%.1f"),
                            series.of(Figures::cpuMicros).cell("%.1f"))
                    + " |");
        }
    }

    void goal(String what, String asked, Quartiles measured, String format) {
        goal(what, asked, measured.cell(format));
    }

    void goal(String what, String asked, String measured) {
        goals.add("| " + String.join(" | ", what, asked, measured) + " |");
    }

    void goals() {
        line("\n### Asked and measured\n");
        line("| Seawall | asked | measured |");
        line("|---|---|---|");
        goals.forEach(this::line);
    }
}
