package io.seawall.observe.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.seawall.observe.browser.Chromium;
import io.seawall.observe.browser.Tab;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The page of the console in a real Chromium, before an {@link ExampleNode}. Its pictures are kept in {@code target/screenshots};
 * those of the README are made anew with {@code -Dseawall.pictures=../docs/images}.
 */
class ConsolePageTest {

    private static final Path PICTURES = Path.of("target", "screenshots");
    private static final String LIVE = "document.getElementById('link-words')?.innerText === 'Live'";
    private static final String DRAWN = LIVE
            + " && document.querySelector('#traffic canvas') && document.querySelector('.spark .calls').getAttribute('d') !== ''";

    private static @Nullable Chromium chromium;

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private Tab tab;

    @BeforeAll
    static void startChromium() {
        if (Chromium.executable().isEmpty()) {
            System.getLogger(ConsolePageTest.class.getName()).log(System.Logger.Level.WARNING, Chromium.MISSING);
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
        opened.push(tab);
        tab.prefers("light");
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable one : opened) {
            one.close();
        }
    }

    private ExampleConsole console(ExampleNode node) throws Exception {
        ExampleConsole console = new ExampleConsole(node);
        opened.push(console);
        return console;
    }

    private ExampleConsole show(ExampleNode node) throws Exception {
        ExampleConsole console = console(node);
        tab.open(console.address());
        tab.await(LIVE);
        return console;
    }

    private void showBusy() throws Exception {
        show(new ExampleNode());
        tab.await(DRAWN);
    }

    @Test
    void it_tells_everything_without_a_complaint_and_asks_nobody_else() throws Exception {
        ExampleConsole console = show(new ExampleNode());
        tab.await(DRAWN);

        assertThat(tab.words("#headline")).isEqualTo("Circuit billing is open.");
        assertThat(tab.words("#more"))
                .contains(
                        "Circuit mail is half-open.",
                        "Calls to search-index fail.",
                        "Policy search refuses.",
                        "Redis is up.");
        assertThat(tab.words("#node"))
                .contains("This node only: /shop on web-1", "up 3 d 4 h, since 27 Nov 2026, 07:56");
        assertThat(tab.words("#policies")).contains("search", "20/1s token-bucket", "18.6", "partner: 20,000 permits");
        assertThat(tab.words("#refused")).contains("#7f3a91c2", "41,873");
        assertThat(tab.words("[aria-label='Target billing']")).contains("OPEN", "for 41 s", "circuit open 12.5/s");
        assertThat(tab.words("#events")).contains("circuit opened", "SocketTimeoutException");
        assertThat(tab.words("#store")).contains("Redis is up", "310 µs / 820 µs");
        assertThat(tab.words("#health")).contains("Serves, ready", "payments is up, critical");
        assertThat(tab.complaints()).isEmpty();
        assertThat(tab.requests())
                .isNotEmpty()
                .allSatisfy(address -> assertThat(address)
                        .satisfiesAnyOf(
                                one -> assertThat(one).startsWith(console.address()),
                                one -> assertThat(one).isEqualTo("data:,")));
    }

    @Test
    void its_plots_move_when_requests_come() throws Exception {
        ExampleNode node = new ExampleNode();
        show(node);
        tab.await(DRAWN);
        String pixels = "document.querySelector('#traffic canvas').toDataURL()";
        String before = tab.text(pixels);
        String spark = "document.querySelector('[aria-label=\"Target payments\"] .calls').getAttribute('d')";
        String sparkBefore = tab.text(spark);
        String legend = tab.words("#traffic-legend");

        node.pass(3, 4);

        tab.await(pixels + " !== " + Tab.quoted(before));
        tab.await(spark + " !== " + Tab.quoted(sparkBefore));
        assertThat(tab.words("#traffic-legend")).contains("allowed").isNotEqualTo(legend);
        assertThat(tab.complaints()).isEmpty();
    }

    @Test
    void its_plots_move_also_after_the_clock_of_the_node_was_set_back() throws Exception {
        ExampleNode node = new ExampleNode();
        show(node);
        tab.await(DRAWN);
        String spark = "document.querySelector('[aria-label=\"Target payments\"] .calls').getAttribute('d')";
        String before = tab.text(spark);

        node.pass(-720, 4); // an hour

        tab.await(spark + " !== " + Tab.quoted(before));
        assertThat(tab.complaints()).isEmpty();
    }

    @Test
    void a_client_that_is_shown_by_its_hash_has_no_button_that_needs_its_name() throws Exception {
        ExampleNode node = new ExampleNode();
        node.set("/filters/0/topRefused/0/client", Json.createValue("header:X-Api-Key #-f3a_1c2-Q"));
        node.set("/filters/0/topRefused/1/client", Json.createValue("header:X-Api-Key #Wf3xkJ0bQz"));
        show(node);
        tab.awaitWords("#refused", "#-f3a_1c2-Q");

        assertThat(tab.texts("[...document.querySelectorAll('#refused button')].filter(b => b.checkVisibility())"
                        + ".map(b => b.ariaLabel)"))
                .containsExactly(
                        "Set a limit of ip 198.51.100.23",
                        "Reset ip 198.51.100.23",
                        "Set a limit of ip 2001:db8:7:1::/64",
                        "Reset ip 2001:db8:7:1::/64");
        assertThat(tab.words("#refused")).contains("policy search, shown by its hash");
    }

    @Test
    void a_plot_of_anything_else_can_be_chosen() throws Exception {
        showBusy();

        tab.evaluate(
                "(c => { c.value = 'Targets: calls to billing, per second'; c.dispatchEvent(new Event('change')); })"
                        + "(document.getElementById('traffic-choice'))");

        tab.awaitWords("#traffic-legend", "unsuccessful");
        assertThat(tab.text("document.getElementById('traffic').ariaLabel"))
                .startsWith("Targets: calls to billing, per second, last 15 minutes. Now: calls ");
    }

    @Test
    void a_circuit_is_forced_open_by_keys_alone_after_a_question() throws Exception {
        ExampleNode node = new ExampleNode();
        show(node);
        tab.focus("Force open payments");

        tab.press("Enter");
        tab.await("document.getElementById('dialog').open");
        assertThat(tab.words("#dialog"))
                .contains("Force the circuit of payments open?", "On this node only: /shop on web-1.");
        tab.press("Escape");
        tab.await("!document.getElementById('dialog').open");
        assertThat(node.actions()).isEmpty();
        assertThat(tab.text("document.activeElement.ariaLabel")).isEqualTo("Force open payments");

        tab.press("Enter");
        tab.await("document.getElementById('dialog').open");
        tab.press("Tab");
        assertThat(tab.text("document.activeElement.innerText")).isEqualTo("Force open");
        tab.press("Enter");
        tab.awaitWords("#result", "Done: force-open.");

        assertThat(node.actions())
                .containsExactly(Json.createObjectBuilder()
                        .add("action", "force-open")
                        .add("target", "payments")
                        .build());
        tab.awaitWords("[aria-label='Target payments']", "FORCED OPEN");
        tab.awaitWords("#headline", "Circuit billing is open.");
        assertThat(tab.words("#more")).contains("Circuit payments is forced open.");
        assertThat(tab.complaints()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Disable payments             | Disable      | {"action":"disable","target":"payments"}
            Reset billing                | Reset        | {"action":"reset-breaker","target":"billing"}
            Shadow of policy search      | Shadow on    | {"action":"shadow","filter":"RateLimitFilter","policy":"search","on":true}
            Shadow of policy login       | Shadow off   | {"action":"shadow","filter":"RateLimitFilter","policy":"login","on":false}
            Reset ip 198.51.100.23       | Reset        | {"action":"reset-client","filter":"RateLimitFilter","policy":"default","client":"ip 198.51.100.23"}
            Set a limit of ip 198.51.100.23 | Set       | {"action":"set-limit","filter":"RateLimitFilter","policy":"default","limit":"default","scope":"client","name":"ip 198.51.100.23","permits":100}
            Remove the limit of tier partner | Remove   | {"action":"remove-limit","filter":"RateLimitFilter","policy":"search","limit":"sustained","scope":"tier","name":"partner"}
            Drain…                       | Drain        | {"action":"drain"}
            """)
    void what_a_person_does_is_what_the_node_is_told(String button, String verb, String told) throws Exception {
        ExampleNode node = new ExampleNode();
        show(node);

        tab.focus(button);
        tab.press(" ");
        tab.await("document.getElementById('dialog').open");
        tab.focus(verb);
        tab.press("Enter");
        tab.awaitWords("#result", "Done");

        assertThat(node.actions())
                .singleElement()
                .satisfies(action -> assertThat(action.toString()).isEqualTo(told));
    }

    @Test
    void an_action_that_fails_is_told_where_it_was_asked_for() throws Exception {
        ExampleConsole console = show(new ExampleNode());
        tab.focus("Drain…");
        tab.press("Enter");
        tab.await("document.getElementById('dialog').open");
        console.answers(409);
        tab.focus("Drain");
        tab.press("Enter");

        tab.awaitWords("#dialog .problem", "Not done: The example was told to answer so.");
        assertThat(tab.is("document.getElementById('dialog').open")).isTrue();
    }

    @Test
    void who_may_only_look_finds_no_button_that_does_something() throws Exception {
        ExampleNode node = new ExampleNode();
        node.set("/mayAct", JsonValue.FALSE);
        show(node);

        assertThat(tab.texts("[...document.querySelectorAll('main button')].filter(b => b.checkVisibility())"
                        + ".map(b => b.innerText)"))
                .containsExactly("Explain");
        assertThat(tab.words("#who")).isEqualTo("ada, may only look");
    }

    @Test
    void the_keyboard_reaches_everything_and_is_seen_there() throws Exception {
        showBusy();
        tab.evaluate("document.getElementById('settings').open = true");
        tab.awaitWords("#settings-body", "Filter RateLimitFilter");
        String visible =
                "[...document.querySelectorAll('a, button, input, select, textarea, summary, [tabindex=\"0\"]')]"
                        + ".filter(e => !e.disabled && e.checkVisibility())";
        int all = Integer.parseInt(tab.text(visible + ".map((e, i) => e.dataset.nr = i).length + ''"));
        Set<String> reached = new HashSet<>();
        List<String> unseen = new ArrayList<>();

        for (int step = 0; step < all + 2; step++) {
            tab.press("Tab");
            String number = tab.text("document.activeElement.dataset.nr ?? ''");
            if (!number.isEmpty()) {
                reached.add(number);
                if (!tab.is("getComputedStyle(document.activeElement).outlineStyle === 'solid'")) {
                    unseen.add(tab.text("document.activeElement.outerHTML"));
                }
            }
        }

        assertThat(all).isGreaterThan(30);
        assertThat(reached).hasSize(all);
        assertThat(unseen).isEmpty();
    }

    @Test
    void every_control_has_a_name() throws Exception {
        showBusy();

        assertThat(
                        tab.texts(
                                "[...document.querySelectorAll('button, input, select, textarea')]"
                                        + ".filter(e => !(e.ariaLabel || e.innerText?.trim() || e.labels?.length)).map(e => e.outerHTML)"))
                .isEmpty();
    }

    @Test
    void every_number_tells_its_name_in_prometheus() throws Exception {
        showBusy();

        assertThat(tab.texts(
                        "[...document.querySelectorAll('#figures li, #policies td.number, .tile dl > div, .tile .big p,"
                                + " #store dl > div')].filter(e => !/^seawall_/.test(e.title)).map(e => e.innerText)"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void it_is_read_with_ease_by_day_and_by_night(String scheme) throws Exception {
        tab.prefers(scheme);
        showBusy();

        double ground = Double.parseDouble(
                tab.text(CONTRAST + "luminance(rgba(getComputedStyle(document.body)" + ".backgroundColor)) + ''"));
        assertThat(ground).matches(one -> scheme.equals("light") ? one > 0.8 : one < 0.05);
        assertThat(tab.texts(CONTRAST + "tooFaint()")).isEmpty();
    }

    /** WCAG 2: 4.5 for texts, 3 for large ones. */
    private static final String CONTRAST = """
            var canvas = Object.assign(document.createElement('canvas'), {width: 1, height: 1}).getContext('2d', {willReadFrequently: true});
            var rgba = colour => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
              return [...canvas.getImageData(0, 0, 1, 1).data]; };
            var luminance = ([r, g, b]) => [r, g, b].map(c => c / 255)
              .map(c => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
              .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
            var ground = e => { for (; e; e = e.parentElement) { const c = rgba(getComputedStyle(e).backgroundColor);
              if (c[3] > 250) return c; } return [255, 255, 255]; };
            var tooFaint = () => [...document.querySelectorAll('body *')].filter(e => e.checkVisibility({contentVisibilityAuto: true})
                && !e.disabled && !e.closest('svg') && [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())).map(e => {
              const style = getComputedStyle(e);
              const [one, other] = [luminance(rgba(style.color)), luminance(ground(e))].sort((a, b) => b - a);
              const ratio = (one + 0.05) / (other + 0.05);
              const size = parseFloat(style.fontSize);
              return [ratio, size >= 24 || size >= 18.66 && style.fontWeight >= 700 ? 3 : 4.5, e];
            }).filter(([ratio, least]) => ratio < least).map(([ratio, , e]) => ratio.toFixed(2) + ' ' + e.outerHTML.slice(0, 200));
            """;

    @Test
    void a_theme_that_was_chosen_stays() throws Exception {
        showBusy();
        String ground = "getComputedStyle(document.body).backgroundColor";
        String light = tab.text(ground);
        String plotted = tab.text("document.querySelector('#traffic canvas').toDataURL()");

        tab.focus("Theme: system");
        tab.press("Enter");
        assertThat(tab.words("#theme")).isEqualTo("Theme: light");
        tab.press("Enter");
        assertThat(tab.words("#theme")).isEqualTo("Theme: dark");
        String dark = tab.text(ground);
        assertThat(dark).isNotEqualTo(light);
        tab.await("document.querySelector('#traffic canvas').toDataURL() !== " + Tab.quoted(plotted));

        tab.evaluate("window.before = true; location.reload()");
        tab.await("window.before === undefined && " + LIVE);
        assertThat(tab.words("#theme")).isEqualTo("Theme: dark");
        assertThat(tab.text(ground)).isEqualTo(dark);
    }

    @ParameterizedTest
    @ValueSource(ints = {390, 768, 1440, 1920, 3840})
    void nothing_sticks_out_on_any_screen(int width) throws Exception {
        tab.size(width, 1000);
        showBusy();
        tab.evaluate("document.getElementById('settings').open = true");
        tab.awaitWords("#settings-body", "Filter RateLimitFilter");

        assertThat(tab.evaluate("document.scrollingElement.scrollWidth").toString())
                .isEqualTo("" + width);
        assertThat(tab.texts(
                        "[...document.querySelectorAll('body *')].filter(e => e.checkVisibility({contentVisibilityAuto: true})"
                                + " && !e.closest('.skip, .unseen, svg, .plot') && (e.getBoundingClientRect().right > innerWidth + 0.5"
                                + " || e.getBoundingClientRect().left < -0.5)).map(e => e.outerHTML.slice(0, 200))"))
                .isEmpty();
        tab.picture(PICTURES.resolve("width-" + width + ".png"));
    }

    @Test
    void silence_is_told_in_words_and_ends_by_itself() throws Exception {
        ExampleConsole console = show(new ExampleNode());

        console.answers(503);
        tab.awaitWords("#link", "No answer for");
        assertThat(tab.words("#link")).containsPattern("No answer for \\d+ s; asking");
        assertThat(tab.words("#headline")).as("the last that is known").isEqualTo("Circuit billing is open.");
        tab.picture(PICTURES.resolve("no-answer.png"), 1440, 500);

        console.answers(200);
        tab.await(LIVE);
    }

    @ParameterizedTest
    @CsvSource({
        "401, Your session has ended: sign in again.",
        "302, Your session has ended: sign in again.",
        "403, The example was told to answer so."
    })
    void who_is_no_longer_let_in_is_told_so_and_asks_no_more(int status, String words) throws Exception {
        ExampleConsole console = show(new ExampleNode());

        console.answers(status);
        tab.awaitWords("#link", words);
        console.answers(200);
        int asked = tab.requests().size();
        tab.await("new Promise(done => setTimeout(() => done(true), 3000))");
        assertThat(tab.requests()).hasSize(asked);

        tab.evaluate("window.before = true");
        tab.focus("Load again");
        tab.press("Enter");
        tab.await("window.before === undefined && " + LIVE);
    }

    @Test
    void it_rests_when_nobody_has_touched_it_for_half_an_hour_and_goes_on_at_a_click() throws Exception {
        tab.before(
                "(() => { const now = Date.now; window.later = 0; Date.now = () => now.call(Date) + window.later; })()");
        show(new ExampleNode());

        tab.evaluate("window.later = 31 * 60 * 1000");
        tab.awaitWords("#link", "Paused: no key and no pointer for 30 minutes.");
        tab.evaluate("document.getElementById('resume').click()");
        tab.await(LIVE);
    }

    @Test
    void it_rests_while_it_is_hidden() throws Exception {
        show(new ExampleNode());
        String hide = "Object.defineProperty(document, 'hidden', {configurable: true, value: %s});"
                + " document.dispatchEvent(new Event('visibilitychange'))";

        tab.evaluate(hide.formatted(true));
        tab.await("document.getElementById('link-words').innerText === 'Paused while nobody looks.'");
        tab.evaluate(hide.formatted(false));
        tab.await(LIVE);
    }

    @Test
    void where_there_is_nothing_it_says_what_that_means() throws Exception {
        ExampleNode node = new ExampleNode(ExampleNode.EMPTY);
        show(node);

        assertThat(tab.words("#headline")).isEqualTo("All is well.");
        assertThat(tab.words("#more")).isEqualTo("No filter and no target is known here yet.");
        assertThat(tab.words("#traffic")).contains("no filter and no target");
        assertThat(tab.words("#policies")).contains("Declare", "begins with its first request");
        assertThat(tab.words("#refused")).contains("Nobody was refused");
        assertThat(tab.words("#targets")).contains("nothing is guarded");
        assertThat(tab.words("#events")).contains("Nothing has happened");
        assertThat(tab.words("#store")).contains("nothing is counted");
        assertThat(tab.words("#explain")).contains("No filter here that could be asked.");
        assertThat(tab.complaints()).isEmpty();
        tab.picture(PICTURES.resolve("empty.png"));
    }

    @Test
    void a_node_that_has_just_started_and_counts_in_memory_is_no_mystery() throws Exception {
        ExampleNode node = new ExampleNode();
        node.forgetHistory();
        node.set(
                "/filters/0/store",
                Json.createObjectBuilder().add("kind", "memory").add("up", true).build());
        show(node);

        assertThat(tab.words("#traffic")).contains("No history yet");
        assertThat(tab.words("#store")).contains("In the memory of this node");
        assertThat(tab.words("#figures")).doesNotContain("Redis");
        assertThat(tab.complaints()).isEmpty();
    }

    @Test
    void of_two_hundred_targets_the_sick_come_first_and_any_is_found_by_its_name() throws Exception {
        ExampleNode node = new ExampleNode();
        JsonArrayBuilder targets = Json.createArrayBuilder();
        JsonObject well = ExampleNode.BUSY.getJsonArray("targets").getJsonObject(0);
        for (int number = 100; number < 299; number++) {
            targets.add(Json.createObjectBuilder(well).add("name", "service-" + number));
        }
        targets.add(ExampleNode.BUSY.getJsonArray("targets").getJsonObject(1));
        node.set("/targets", targets.build());
        show(node);
        String names = "[...document.querySelectorAll('.tile h3')].map(e => e.textContent)";
        tab.await(names + ".length === 200");

        assertThat(tab.texts(names).get(0)).isEqualTo("billing");
        assertThat(tab.words("#targets-count")).isEqualTo("200 in all, 1 in trouble");
        node.leaveOut(3);
        node.pass(1, 1);
        tab.awaitWords("#targets-count", "200 in all, 1 in trouble; of the least called the node keeps no history");
        tab.evaluate("document.getElementById('targets-filter').focus()");
        tab.type("service-27");
        tab.await(names + ".length === 10");
        assertThat(tab.texts(names)).allMatch(name -> name.startsWith("service-27"));
        tab.evaluate(
                "document.getElementById('targets-filter').value = ''; document.getElementById('targets-sick').click()");
        tab.await(names + ".length === 1");
        assertThat(tab.complaints()).isEmpty();
    }

    @Test
    void a_request_is_explained() throws Exception {
        showBusy();

        tab.evaluate("document.querySelector('[name=path]').value = '/orders';"
                + " document.querySelector('[name=headers]').value = 'X-Api-Key: k'");
        tab.focus("Explain");
        tab.press("Enter");

        tab.awaitWords(".answer", "GET /orders would be allowed: policy default has 97 of 100 left for ip 127.0.0.1.");
        assertThat(tab.words(".answer")).contains("97 of 100", "no: the path does not begin with /search");
        tab.evaluate("document.querySelector('[name=headers]').value = 'nonsense'");
        tab.press("Enter");
        tab.awaitWords(".answer", "“nonsense” is no header");
        assertThat(tab.complaints()).isEmpty();
    }

    @Test
    void the_effective_configuration_tells_where_every_value_is_from() throws Exception {
        showBusy();
        assertThat(tab.words("#settings")).isEqualTo("Effective configuration");

        tab.evaluate("document.querySelector('summary').focus()");
        tab.press("Enter");

        tab.awaitWords("#settings-body", "WEB-INF/limits.properties:3");
        assertThat(tab.words("#settings-body"))
                .contains(
                        "25ms",
                        "Target billing",
                        "timeout = 2s (annotation)",
                        "Health",
                        "critical",
                        "The console",
                        "action-role");
    }

    @Test
    void names_are_texts_whatever_is_in_them() throws Exception {
        String hostile = "<img src=x onerror=alert(1)>'\"&</td>";
        ExampleNode node = new ExampleNode(Json.createReader(new java.io.StringReader(ExampleNode.BUSY
                        .toString()
                        .replace("billing", "HOSTILE")
                        .replace("ip 198.51.100.23", "HOSTILE")
                        .replace("circuit-opened", "HOSTILE")
                        .replace("HOSTILE", hostile.replace("\"", "\\\""))))
                .readObject());
        show(node);
        tab.await(DRAWN);

        assertThat(tab.words("#headline")).isEqualTo("Circuit " + hostile + " is open.");
        assertThat(tab.words(".tile h3")).isEqualTo(hostile);
        assertThat(tab.is("document.querySelector('img') === null")).isTrue();
        assertThat(tab.complaints()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"light, console.png", "dark, console-dark.png"})
    void it_has_its_picture_taken(String scheme, String file) throws Exception {
        tab.prefers(scheme);
        tab.size(1440, 1000);
        showBusy();
        tab.await("document.fonts.status === 'loaded'");

        Path picture =
                Path.of(Objects.requireNonNullElse(System.getProperty("seawall.pictures"), PICTURES.toString()), file);
        tab.picture(picture, 1440, pictureHeight());
        assertThat(picture.toFile().length()).isBetween(50_000L, 300_000L);
        tab.picture(PICTURES.resolve("whole-" + scheme + ".png"));
        tab.focus("Force open payments");
        tab.press("Enter");
        tab.picture(PICTURES.resolve("dialog-" + scheme + ".png"), 1440, 1000);
    }

    /** Down to the foot of the first row of targets. */
    private int pictureHeight() throws IOException {
        return (int) Double.parseDouble(tab.text(
                "Math.round(document.querySelector('.tile').getBoundingClientRect().bottom + scrollY + 16) + ''"));
    }
}
