package io.seawall.storm.report;

import io.seawall.storm.story.Run;
import io.seawall.storm.story.Second;
import io.seawall.storm.story.Story;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** The page of a report. */
final class Page {

    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern(
                    "d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    /** Plots have ratios of their own: what is read most is the highest. */
    private static final int HIGH = 220;

    private static final int LOW = 140;

    private final Story story;
    private final List<Chart> charts;

    Page(Story story) {
        this.story = story;
        this.charts = charts(story);
    }

    static List<Chart> charts(Story story) {
        List<Chart> charts = new ArrayList<>();
        charts.add(LoadChart.ofAll(story, HIGH));
        LoadChart.closeUp(story, HIGH).ifPresent(charts::add);
        charts.add(new AnswersChart(story, HIGH - 30));
        charts.add(new LatencyChart(story, HIGH - 30));
        charts.add(BacklogChart.queue(story, LOW));
        charts.add(BacklogChart.connections(story, LOW));
        return charts;
    }

    String html() {
        String style = ":root { color-scheme: light dark; " + Palette.LIGHT.variables() + "}\n"
                + "@media screen and (prefers-color-scheme: dark) { :root { " + Palette.DARK.variables() + "} }\n"
                + Report.style("page.css") + Report.style("plot.css");
        Element head = Element.of("head")
                .add(
                        Element.of("meta").with("charset", "utf-8"),
                        Element.of("meta")
                                .with("http-equiv", "Content-Security-Policy")
                                .with(
                                        "content",
                                        "default-src 'none'; style-src '" + hash(style)
                                                + "'; img-src data:; base-uri 'none'; form-action 'none'"),
                        Element.of("title").text("The storm lab: what Seawall does in an outage"),
                        Element.of("meta")
                                .with("name", "viewport")
                                .with("content", "width=device-width, initial-scale=1"),
                        Element.of("link").with("rel", "icon").with("href", "data:,"),
                        Element.of("style").text(style));
        Element main = Element.of("main").with("id", "main").with("tabindex", "-1");
        main.add(beginning());
        if (!story.runs().isEmpty()) {
            main.add(firstAndLast(), table());
            charts.forEach(chart -> main.add(section(chart)));
            main.add(numbers());
        }
        Element body = Element.of("body")
                .add(
                        Element.of("a", "skip").with("href", "#main").text("Skip to the story"),
                        bar(),
                        main,
                        Element.of("footer")
                                .add(Element.of("p")
                                        .text("Written by the storm lab of Seawall. This file needs no other, and no"
                                                + " network.")));
        return "<!DOCTYPE html>\n" + Element.of("html").with("lang", "en").add(head, body) + "\n";
    }

    private Element bar() {
        Element links = Element.of("nav").with("aria-label", "In this report");
        if (!story.runs().isEmpty()) {
            links.add(Element.of("a").with("href", "#figures").text("Figures"));
            charts.forEach(chart ->
                    links.add(Element.of("a").with("href", "#" + chart.name()).text(chart.title())));
            links.add(Element.of("a").with("href", "#numbers").text("All numbers"));
        }
        return Element.of("header", "bar")
                .add(
                        Element.of("svg", "mark")
                                .with("viewBox", "0 0 32 32")
                                .with("aria-hidden", "true")
                                .add(
                                        Element.of("path", "wall").with("d", "M19 4h9v24h-9z"),
                                        Element.of("path", "wave")
                                                .with(
                                                        "d",
                                                        "M2 13c3-4 6-4 8 0s4 3 6 1M2 20c3-4 6-4 8 0s4 3 6 1M2 27c3-4 6-4 8"
                                                                + " 0s4 3 6 1")),
                        Element.of("strong", "brand").text("Seawall"),
                        links);
    }

    private Element beginning() {
        Element section = Element.of("section", "story").add(Element.of("h1").text("The storm lab"));
        Summary.of(story).forEach(sentence -> section.add(Element.of("p").text(sentence)));
        return section.add(Element.of("p", "hint")
                .text("Measured on " + WHEN.format(story.startedAt()) + " on " + story.machine()
                        + ", with real HTTP on loopback: clients, application and backend share this machine. What runs say"
                        + " about each other holds elsewhere, too; how much one machine can do does not."));
    }

    /** What is told in one look. */
    private Element firstAndLast() {
        Run first = story.runs().get(0);
        Run last = story.runs().get(story.runs().size() - 1);
        Chart load = LoadChart.inOneLook(story, HIGH);
        Element pair = Element.of("div", "pair").add(inOneLook(load, first));
        if (story.runs().size() > 1) {
            pair.add(inOneLook(load, last));
        }
        return Element.of("section", "card")
                .with("aria-labelledby", "look")
                .add(Element.of("h2").with("id", "look").text(Pictures.TITLE), pair);
    }

    private static Element inOneLook(Chart load, Run run) {
        return Element.of("figure")
                .add(
                        Element.of("figcaption")
                                .text(run.title())
                                .add(Element.of("span", "unit").text(Summary.inShort(run))),
                        load.plot(run).drawn());
    }

    private Element table() {
        return Element.of("section", "card")
                .with("id", "figures")
                .with("aria-labelledby", "figures-title")
                .add(Element.of("h2").with("id", "figures-title").text("Figures"), FiguresTable.of(story));
    }

    private Element section(Chart chart) {
        List<Run> runs = chart.shown(story.runs());
        Element grid = Element.of("div", "runs runs-" + Math.min(6, runs.size()));
        runs.forEach(run -> grid.add(figure(chart, run)));
        return Element.of("section", "card")
                .with("id", chart.name())
                .with("aria-labelledby", chart.name() + "-title")
                .add(
                        Element.of("h2").with("id", chart.name() + "-title").text(chart.title()),
                        Element.of("p", "hint").text(chart.explanation()),
                        legend(chart),
                        grid);
    }

    private static Element figure(Chart chart, Run run) {
        return Element.of("figure")
                .add(Element.of("figcaption").text(run.title()), chart.plot(run).drawn());
    }

    private static Element legend(Chart chart) {
        Element legend = Element.of("ul", "legend");
        chart.keys()
                .forEach(key -> legend.add(Element.of("li")
                        .add(mark(key).with("viewBox", "0 0 22 12").with("aria-hidden", "true"))
                        .text(key.text())));
        return legend;
    }

    static Element mark(Chart.Key key) {
        Element svg = Element.of("svg", "key");
        return key.line()
                ? svg.add(Element.of("path", key.cssClass()).with("d", "M0 6H22"))
                : svg.add(Element.of("rect", key.cssClass())
                        .with("x", 4)
                        .with("y", 0)
                        .with("width", 14)
                        .with("height", 12));
    }

    private Element numbers() {
        Element section = Element.of("section", "card")
                .with("id", "numbers")
                .with("aria-labelledby", "numbers-title")
                .add(
                        Element.of("h2").with("id", "numbers-title").text("All numbers"),
                        Element.of("p", "hint")
                                .text(
                                        "Second by second. What came of a request is counted in the second in which it was"
                                                + " begun."));
        story.runs().forEach(run -> section.add(numbers(run)));
        return section;
    }

    private static Element numbers(Run run) {
        Element head =
                Element.of("tr").add(Element.of("th").with("scope", "col").text("Second"));
        for (Column column : Column.values()) {
            head.add(Element.of("th", "number").with("scope", "col").text(column.heading()));
        }
        Element body = Element.of("tbody");
        for (Second second : run.seconds()) {
            boolean down = second.second() >= run.outageFromSecond() && second.second() < run.outageToSecond();
            Element row = Element.of("tr")
                    .add(Element.of("th").with("scope", "row").text(second.second() + (down ? " down" : "")));
            for (Column column : Column.values()) {
                row.add(Element.of("td", "number").text(Words.count(column.of(second))));
            }
            body.add(row);
        }
        return Element.of("details")
                .add(
                        Element.of("summary").text(run.title()),
                        Element.of("div", "scroll")
                                .with("tabindex", "0")
                                .with("role", "region")
                                .with("aria-label", run.title() + ", second by second")
                                .add(Element.of("table", "seconds")
                                        .add(Element.of("thead").add(head), body)));
    }

    private static String hash(String style) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }
}
