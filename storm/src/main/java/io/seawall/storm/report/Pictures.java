package io.seawall.storm.report;

import io.seawall.storm.story.Run;
import io.seawall.storm.story.Story;
import java.util.List;

/** Plots as SVG files that stand alone, with a ground, titles and colours of their own. */
final class Pictures {

    static final String TITLE = "Requests per second that reach a backend which goes down";

    private static final int MARGIN = 20;
    private static final int GAP = 16;
    private static final int CAPTION = 24;
    private static final int WIDTH = 2 * MARGIN + 2 * Frame.WIDTH + GAP;

    private Pictures() {}

    /** Load on the backend, without and with: understood in five seconds. */
    static String firstAndLast(Story story, Palette palette) {
        List<Run> all = story.runs();
        List<Run> two = all.size() < 2 ? all : List.of(all.get(0), all.get(all.size() - 1));
        Element content = Element.of("g");
        double top = title(TITLE, content);
        return picture(TITLE, plots(LoadChart.inOneLook(story, 230), two, true, top, content), content, palette);
    }

    static String allRuns(Story story, Chart chart, Palette palette) {
        Element content = Element.of("g");
        double top = legend(chart, title(chart.title(), content), content);
        return picture(chart.title(), plots(chart, chart.shown(story.runs()), false, top, content), content, palette);
    }

    // Each of these draws below a height, and returns how far down it came.

    private static double title(String title, Element content) {
        content.add(Element.of("text", "title")
                .with("x", MARGIN)
                .with("y", MARGIN + 16)
                .text(title));
        return MARGIN + 24;
    }

    private static double legend(Chart chart, double from, Element content) {
        double x = MARGIN;
        double base = from + 14;
        for (Chart.Key key : chart.keys()) {
            double width = 30 + key.text().length() * 6.7 + 14;
            if (x + width > WIDTH && x > MARGIN) {
                x = MARGIN;
                base += 20;
            }
            content.add(
                    Page.mark(key)
                            .with("x", x)
                            .with("y", base - 10)
                            .with("width", 22)
                            .with("height", 12),
                    Element.of("text", "key-word")
                            .with("x", x + 30)
                            .with("y", base)
                            .text(key.text()));
            x += width;
        }
        return base;
    }

    private static double plots(Chart chart, List<Run> runs, boolean inShort, double from, Element content) {
        double top = from + GAP;
        double foot = top;
        for (int at = 0; at < runs.size(); at++) {
            double left = MARGIN + (at % 2) * (double) (Frame.WIDTH + GAP);
            if (at % 2 == 0) {
                top = foot;
            }
            Run run = runs.get(at);
            content.add(Element.of("text", "caption")
                    .with("x", left)
                    .with("y", top + 14)
                    .text(run.title()));
            double plotTop = top + CAPTION;
            if (inShort) {
                content.add(Element.of("text", "key-word")
                        .with("x", left)
                        .with("y", top + 32)
                        .text(Summary.inShort(run)));
                plotTop += CAPTION;
            }
            Plot plot = chart.plot(run);
            content.add(plot.withoutTold()
                    .with("x", left)
                    .with("y", plotTop)
                    .with("width", Frame.WIDTH)
                    .with("height", plot.height()));
            foot = plotTop + plot.height() + GAP;
        }
        return foot;
    }

    private static String picture(String title, double whole, Element content, Palette palette) {
        return Element.of("svg")
                        .with("xmlns", "http://www.w3.org/2000/svg")
                        .with("viewBox", "0 0 " + WIDTH + " " + Words.coordinate(whole))
                        .with("width", WIDTH)
                        .with("height", whole)
                        .with("role", "img")
                        .with("font-family", "system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif")
                        .add(
                                Element.of("title").text(title),
                                Element.of("style").text(palette.applyTo(Report.style("plot.css"))),
                                Element.of("rect", "ground")
                                        .with("x", 0.5)
                                        .with("y", 0.5)
                                        .with("width", WIDTH - 1)
                                        .with("height", whole - 1)
                                        .with("rx", 10),
                                content)
                + "\n";
    }
}
