package io.seawall.storm.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.storm.story.Run;
import io.seawall.storm.story.Second;
import io.seawall.storm.story.Story;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class ReportTest {

    private static final String HOSTILE = "</style><script>alert(1)</script> \"'&]]> \u0000";

    @TempDir
    private Path directory;

    @Test
    void every_run_and_every_figure_is_in_it() throws Exception {
        String text = read(html(SampleStory.story())).getDocumentElement().getTextContent();

        assertThat(text)
                .contains(
                        "As the article found it",
                        "Back-off and jitter",
                        "A circuit breaker",
                        "A rate limit",
                        "All of Seawall",
                        "Clients try again at once, three times.")
                .contains("6.5 ×", "5.6 ×", "never", "1.06 ×", "97.9 %", "▲ best", "▼ worst")
                .contains("30 November 2026, 22:40 UTC", "2 cores, OpenJDK 17.0.19, Linux");
    }

    @Test
    void the_story_is_told_in_three_sentences() throws Exception {
        assertThat(Summary.of(SampleStory.story()))
                .containsExactly(
                        "1,000 clients ask 996 times a second; the backend can answer 1,500, and for 15 seconds it is down.",
                        "As the article found it: 6.5 × what is offered reaches the backend in the busiest second of the outage,"
                                + " 0 % of all requests end well while it is down, and in the 35 seconds after its return"
                                + " nothing recovers.",
                        "All of Seawall: 1.06 × what is offered reaches the backend in the busiest second of the outage, 97.9 %"
                                + " of all requests end well while it is down, and all is well at once when it is back, with"
                                + " fresh answers after 2 seconds.");
    }

    @Test
    void of_a_run_that_the_machine_was_too_slow_for_the_story_says_so() {
        Run ill = new Run(
                "ill", "Ill", "Nothing.", 2, 3, List.of(second(0, 100, 50), second(1, 100, 100), second(2, 100, 0)), 0);
        Story story = new Story(Instant.EPOCH, "a slow one", 1, 1, List.of(ill));

        assertThat(Summary.of(story))
                .contains(
                        "Ill: not all was well before the outage. The machine was too busy, and the figures of this run"
                                + " tell of it.");
        assertThat(Summary.of(SampleStory.story())).hasSize(3);
    }

    private static Second second(int number, long offered, long fresh) {
        return new Second(number, offered, offered, offered, fresh, 0, 0, offered - fresh, 0, 0, 0, 0, 0);
    }

    @Test
    void every_chart_has_a_plot_of_every_run() throws Exception {
        Document page = read(html(SampleStory.story()));

        assertThat(withClass(page, "svg", "plot"))
                .as("two in one look, five charts, and one run that lies flat")
                .hasSize(2 + 5 * 5 + 1);
        assertThat(withClass(page, "g", "hit")).hasSize((2 + 5 * 5 + 1) * 60);
    }

    @Test
    void runs_that_lie_flat_beside_a_storm_are_shown_once_more_from_near_by() {
        Run storm = load("storm", 1_600, 400);
        Run calm = load("calm", 100, 400);
        Run middling = load("middling", 401, 100);

        assertThat(closeUp(storm, calm, middling)).containsExactly("calm");
        assertThat(closeUp(storm, middling)).isEmpty();
        assertThat(closeUp(calm, middling)).isEmpty();
        assertThat(closeUp(calm)).isEmpty();
    }

    @Test
    void nobody_is_best_by_a_digit_that_is_not_shown() throws Exception {
        Story alike = new Story(
                Instant.EPOCH,
                "here",
                1,
                150,
                List.of(load("one", 100_000, 1), load("two", 100_001, 1), load("three", 100, 1)));

        assertThat(Pattern.compile("▼ worst").matcher(html(alike)).results().count())
                .as("peak and mean of one and two read 1000.0 ×")
                .isZero();
    }

    private static Run load(String name, long backend, long sent) {
        Second calm = new Second(0, 100, 100, 100, 100, 0, 0, 0, 1, 1, 1, 0, 0);
        Second down = new Second(1, 100, sent, backend, 0, 0, 0, 100, 1, 1, 1, 0, 0);
        return new Run(name, name, "Something.", 1, 2, List.of(calm, down), 0);
    }

    private static List<String> closeUp(Run... runs) {
        List<Run> all = List.of(runs);
        return LoadChart.closeUp(new Story(Instant.EPOCH, "here", 1, 150, all), 220).stream()
                .flatMap(chart -> chart.shown(all).stream())
                .map(Run::name)
                .toList();
    }

    @Test
    void it_has_no_script_and_nothing_from_elsewhere() throws Exception {
        String html = html(SampleStory.story());

        for (String part : List.of("<script", "javascript:", "@import", "url(", "https:", "src=")) {
            assertThat(html.contains(part)).as(part).isFalse();
        }
        NodeList all = read(html).getElementsByTagName("*");
        for (int at = 0; at < all.getLength(); at++) {
            NamedNodeMap attributes = all.item(at).getAttributes();
            for (int number = 0; number < attributes.getLength(); number++) {
                Node attribute = attributes.item(number);
                assertThat(attribute.getNodeName()).doesNotStartWith("on").isNotEqualTo("style");
                if (attribute.getNodeName().equals("href")) {
                    assertThat(attribute.getNodeValue()).matches("#[a-z]+|data:,");
                }
            }
        }
    }

    @Test
    void texts_of_a_story_are_texts_whatever_is_in_them() throws Exception {
        Run found = SampleStory.asFound();
        Run run = new Run(HOSTILE, HOSTILE, HOSTILE, 10, 25, found.seconds(), 0);
        Story story = new Story(Instant.EPOCH, HOSTILE, 1, 1, List.of(run, run));

        String html = html(story);
        Document page = read(html);

        assertThat(html).doesNotContain("<script");
        assertThat(page.getElementsByTagName("script").getLength()).isZero();
        assertThat(withClass(page, "span", "unit")).contains(" " + HOSTILE.replace('\u0000', '\uFFFD'));
        Report.writePictures(story, directory);
        try (Stream<Path> pictures = Files.list(directory)) {
            for (Path picture :
                    pictures.filter(file -> file.toString().endsWith(".svg")).toList()) {
                assertThat(read(Files.readString(picture))
                                .getElementsByTagName("script")
                                .getLength())
                        .isZero();
            }
        }
    }

    @Test
    void a_story_without_runs_and_runs_without_requests_have_a_report() throws Exception {
        List<Second> silence = new ArrayList<>();
        for (int second = 0; second < 5; second++) {
            silence.add(new Second(second, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
        }
        Run silent = new Run("silent", "Silent", "Nobody asks.", 0, 5, silence, 0);

        read(html(new Story(Instant.EPOCH, "here", 0, 0, List.of())));
        String text = html(new Story(Instant.EPOCH, "here", 0, 0, List.of(silent)));

        read(text);
        assertThat(text).contains("Silent", "–").doesNotContain("NaN", "Infinity");
    }

    @Test
    void pictures_stand_alone_by_day_and_by_night() throws Exception {
        Report.writePictures(SampleStory.story(), directory);

        assertThat(directory.toFile().list())
                .contains("storm.svg", "storm-dark.svg", "storm-load.svg", "storm-answers-dark.svg")
                .hasSize(14);
        String day = Files.readString(directory.resolve("storm.svg"));
        String night = Files.readString(directory.resolve("storm-dark.svg"));
        assertThat(day).isNotEqualTo(night);
        for (String picture : List.of(day, night)) {
            assertThat(picture).doesNotContain("var(", "NaN", "class=\"hit\"");
            assertThat(picture.replace("http://www.w3.org/2000/svg", "")).doesNotContain("//", "url(", "@import");
            assertThat(read(picture).getDocumentElement().getTextContent())
                    .contains(
                            "As the article found it",
                            "All of Seawall",
                            "Peak in the outage 6.5 × offered; does not recover");
        }
    }

    @Test
    void styles_are_the_same_for_html_and_xml() {
        assertThat(Report.style("page.css") + Report.style("plot.css")).doesNotContain("<", ">", "&", "\r");
    }

    @Test
    void it_is_made_again_of_the_file_of_its_story() throws Exception {
        Path json = directory.resolve("storm.json");
        StoryFile.write(SampleStory.story(), json);

        Redraw.main(
                new String[] {json.toString(), directory.resolve("again.html").toString(), directory.toString()});

        assertThat(directory.resolve("again.html")).hasContent(html(SampleStory.story()));
        assertThat(directory.resolve("storm.svg")).exists();
    }

    private String html(Story story) throws Exception {
        Path file = directory.resolve("new").resolve("storm.html");
        Report.write(story, file);
        return Files.readString(file);
    }

    /** As XML, which forgives nothing. */
    private static Document read(String text) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(text)));
    }

    private static List<String> withClass(Document page, String element, String cssClass) {
        NodeList all = page.getElementsByTagName(element);
        List<String> found = new ArrayList<>();
        for (int at = 0; at < all.getLength(); at++) {
            if (cssClass.equals(
                    all.item(at).getAttributes().getNamedItem("class") == null
                            ? ""
                            : all.item(at).getAttributes().getNamedItem("class").getNodeValue())) {
                found.add(all.item(at).getTextContent());
            }
        }
        return found;
    }
}
