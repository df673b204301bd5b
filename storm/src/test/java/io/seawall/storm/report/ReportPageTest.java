package io.seawall.storm.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.seawall.observe.browser.Chromium;
import io.seawall.observe.browser.Tab;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The report in a real Chromium, from a file. Its pictures are kept in {@code target/screenshots}. */
class ReportPageTest {

    private static final Path PICTURES = Path.of("target", "screenshots");

    private static @Nullable Chromium chromium;

    @TempDir
    private Path directory;

    private Tab tab;

    @BeforeAll
    static void startChromium() {
        if (Chromium.executable().isEmpty()) {
            System.getLogger(ReportPageTest.class.getName()).log(System.Logger.Level.WARNING, Chromium.MISSING);
            return;
        }
        chromium = Chromium.start();
    }

    @AfterAll
    static void stopChromium() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void openTab() {
        assumeThat(chromium).as(Chromium.MISSING).isNotNull();
        tab = Objects.requireNonNull(chromium).tab();
        tab.prefers("light");
    }

    @AfterEach
    void closeTab() {
        if (tab != null) {
            tab.close();
        }
    }

    private String show() throws Exception {
        Path file = directory.resolve("storm.html");
        Report.write(SampleStory.story(), file);
        String address = "file://" + file.toAbsolutePath();
        tab.open(address);
        return address;
    }

    @Test
    void it_opens_from_a_file_without_a_complaint_and_asks_for_nothing_else() throws Exception {
        String address = show();

        assertThat(tab.words("h1")).isEqualTo("The storm lab");
        assertThat(tab.is("getComputedStyle(document.querySelector('.excess')).fill !== 'rgb(0, 0, 0)'"))
                .as("its policy lets its style in")
                .isTrue();
        assertThat(tab.complaints()).isEmpty();
        assertThat(tab.requests()).allMatch(one -> one.equals(address) || one.equals("data:,"));
    }

    @ParameterizedTest
    @ValueSource(ints = {390, 768, 1024, 1440, 1920})
    void nothing_sticks_out_on_any_screen(int width) throws Exception {
        tab.size(width, 1000);
        show();

        assertThat(tab.evaluate("document.scrollingElement.scrollWidth").toString())
                .isEqualTo("" + width);
        assertThat(tab.texts("[...document.querySelectorAll('body *')].filter(e => e.checkVisibility()"
                        + " && !e.closest('.skip, .unseen, .scroll') && (e.getBoundingClientRect().right > innerWidth + 0.5"
                        + " || e.getBoundingClientRect().left < -0.5)).map(e => e.outerHTML.slice(0, 200))"))
                .isEmpty();
        assertThat(
                        tab.texts(
                                "[...document.querySelectorAll('.plot text')].filter(e => {"
                                        + " const word = e.getBoundingClientRect(), plot = e.ownerSVGElement.getBoundingClientRect();"
                                        + " return word.left < plot.left - 1 || word.right > plot.right + 1; }).map(e => e.textContent)"))
                .as("words outside of their plots")
                .isEmpty();
        tab.picture(PICTURES.resolve("report-" + width + ".png"));
    }

    @Test
    void no_word_of_a_plot_covers_another() throws Exception {
        show();

        assertThat(tab.texts("[...document.querySelectorAll('.plot')].flatMap(plot => {"
                        + " const all = [...plot.querySelectorAll('text')].map(e => [e.textContent, e.getBoundingClientRect()]);"
                        + " return all.flatMap(([one, a], i) => all.slice(i + 1).filter(([, b]) => a.left < b.right - 1"
                        + " && b.left < a.right - 1 && a.top < b.bottom - 4 && b.top < a.bottom - 4)"
                        + ".map(([other]) => plot.ariaLabel + ': ' + one + ', ' + other)); })"))
                .isEmpty();
    }

    @Test
    void the_keyboard_reaches_everything_and_is_seen() throws Exception {
        show();
        tab.evaluate("document.querySelectorAll('a, summary').forEach((e, nr) => e.dataset.nr = nr)");
        int all = Integer.parseInt(
                tab.evaluate("document.querySelectorAll('a, summary').length").toString());

        for (int number = 0; number < all; number++) {
            tab.press("Tab");
            assertThat(tab.text("document.activeElement.dataset.nr ?? ''")).isEqualTo("" + number);
            assertThat(tab.is("getComputedStyle(document.activeElement).outlineStyle === 'solid'"))
                    .isTrue();
        }
        tab.press("Enter");
        tab.await("document.querySelector('details[open] .seconds').checkVisibility()");
        assertThat(tab.words("details[open] .seconds")).contains("Connections");
        assertThat(tab.words("details[open] tbody tr:nth-child(11) th")).isEqualTo("10 down");
    }

    @ParameterizedTest
    @CsvSource({"light, true", "dark, false"})
    void it_is_made_for_day_and_night(String scheme, boolean bright) throws Exception {
        tab.prefers(scheme);
        show();

        assertThat(tab.is("parseInt(getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0]) > 128"))
                .isEqualTo(bright);
        tab.picture(PICTURES.resolve("report-" + scheme + ".png"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "storm",
                "storm-dark",
                "storm-load",
                "storm-closeup",
                "storm-answers",
                "storm-latency",
                "storm-queue"
            })
    void its_pictures_stand_alone(String name) throws Exception {
        Report.writePictures(SampleStory.story(), directory);
        tab.size(776, 500);

        tab.open("file://" + directory.resolve(name + ".svg").toAbsolutePath());

        assertThat(tab.complaints()).isEmpty();
        assertThat(
                        tab.texts(
                                "[...document.querySelectorAll('text')].filter(e => {"
                                        + " const word = e.getBoundingClientRect(); return word.left < 0"
                                        + " || word.right > document.documentElement.getBoundingClientRect().right; }).map(e => e.textContent)"))
                .as("words that stick out")
                .isEmpty();
        int height = Integer.parseInt(tab.evaluate("document.documentElement.height.baseVal.value | 0")
                .toString());
        tab.picture(PICTURES.resolve(name + ".png"), 776, height);
    }
}
