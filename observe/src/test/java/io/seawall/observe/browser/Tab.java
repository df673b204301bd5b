package io.seawall.observe.browser;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** One page in {@link Chromium}: what a person sees and does, and what the page complains of. */
public final class Tab implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Map<String, Integer> KEYS =
            Map.of("Tab", 9, "Enter", 13, "Escape", 27, " ", 32, "ArrowDown", 40);
    private static final int SHIFT = 8;

    private final DevTools tools;
    private final String context;
    private final String session;
    private int width;
    private int height;

    Tab(DevTools tools, String context, String session) {
        this.tools = tools;
        this.context = context;
        this.session = session;
        for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
            ask(domain + ".enable");
        }
        size(1440, 900);
    }

    private JsonObject ask(String method) {
        return tools.ask(session, method, JsonValue.EMPTY_JSON_OBJECT);
    }

    private JsonObject ask(String method, JsonObjectBuilder parameters) {
        return tools.ask(session, method, parameters.build());
    }

    public void size(int newWidth, int newHeight) {
        width = newWidth;
        height = newHeight;
        ask(
                "Emulation.setDeviceMetricsOverride",
                Json.createObjectBuilder()
                        .add("width", width)
                        .add("height", height)
                        .add("deviceScaleFactor", 1)
                        .add("mobile", width < 600));
    }

    /** The system's choice: {@code light} or {@code dark}; nothing moves. */
    public void prefers(String scheme) {
        ask(
                "Emulation.setEmulatedMedia",
                Json.createObjectBuilder()
                        .add(
                                "features",
                                Json.createArrayBuilder()
                                        .add(feature("prefers-color-scheme", scheme))
                                        .add(feature("prefers-reduced-motion", "reduce"))));
    }

    private static JsonObjectBuilder feature(String name, String value) {
        return Json.createObjectBuilder().add("name", name).add("value", value);
    }

    /** Runs before the scripts of every page that is opened from now on. */
    public void before(String script) {
        ask("Page.addScriptToEvaluateOnNewDocument", Json.createObjectBuilder().add("source", script));
    }

    public void open(String address) {
        ask("Page.navigate", Json.createObjectBuilder().add("url", address));
        await("document.readyState === 'complete' && document.URL === " + quoted(address));
    }

    /** The value of an expression; promises are waited for. */
    public JsonValue evaluate(String expression) {
        JsonObject answer = ask(
                "Runtime.evaluate",
                Json.createObjectBuilder()
                        .add("expression", expression)
                        .add("awaitPromise", true)
                        .add("returnByValue", true));
        assertThat(answer.get("exceptionDetails")).as(expression).isNull();
        return answer.getJsonObject("result").getOrDefault("value", JsonValue.NULL);
    }

    public boolean is(String expression) {
        return evaluate(expression).equals(JsonValue.TRUE);
    }

    public String text(String expression) {
        return ((JsonString) evaluate(expression)).getString();
    }

    public List<String> texts(String expression) {
        return ((JsonArray) evaluate(expression))
                .getValuesAs(JsonString.class).stream()
                        .map(JsonString::getString)
                        .toList();
    }

    /** What a person can read in the first element like that. */
    public String words(String selector) {
        return text("document.querySelector(" + quoted(selector) + ")?.innerText ?? ''");
    }

    public void await(String expression) {
        Awaitility.await(expression)
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> is(expression));
    }

    public void awaitWords(String selector, String part) {
        await("(document.querySelector(" + quoted(selector) + ")?.innerText ?? '').includes(" + quoted(part) + ")");
    }

    /** As a screen reader would name it: the first that is labelled so gets the keyboard. */
    public void focus(String label) {
        String found = "[...document.querySelectorAll('button,input,select,textarea,summary')].find(e =>"
                + " (e.ariaLabel ?? e.innerText) === " + quoted(label) + ")";
        await(found + " !== undefined");
        evaluate(found + ".focus()");
    }

    public void press(String key) {
        press(key, false);
    }

    public void press(String key, boolean shift) {
        JsonObjectBuilder down =
                Json.createObjectBuilder(key(key, shift).build()).add("type", "keyDown");
        if (key.equals("Enter")) {
            down.add("text", "\r");
        } else if (key.equals(" ")) {
            down.add("text", " ");
        }
        ask("Input.dispatchKeyEvent", down);
        ask(
                "Input.dispatchKeyEvent",
                Json.createObjectBuilder(key(key, shift).build()).add("type", "keyUp"));
    }

    private static JsonObjectBuilder key(String key, boolean shift) {
        return Json.createObjectBuilder()
                .add("key", key)
                .add("code", key.equals(" ") ? "Space" : key)
                .add("windowsVirtualKeyCode", KEYS.getOrDefault(key, 0))
                .add("modifiers", shift ? SHIFT : 0);
    }

    public void type(String text) {
        ask("Input.insertText", Json.createObjectBuilder().add("text", text));
    }

    /** The whole page, from its head to its foot. */
    public void picture(Path file) throws IOException {
        int before = height;
        JsonObject size = ask("Page.getLayoutMetrics").getJsonObject("cssContentSize");
        size(width, size.getInt("height")); // what is below the screen is not drawn
        JsonObject drawn = ask("Page.getLayoutMetrics").getJsonObject("cssContentSize");
        picture(file, width, drawn.getInt("height"));
        size(width, before);
    }

    public void picture(Path file, int width, int height) throws IOException {
        String image = ask(
                        "Page.captureScreenshot",
                        Json.createObjectBuilder()
                                .add("captureBeyondViewport", true)
                                .add(
                                        "clip",
                                        Json.createObjectBuilder()
                                                .add("x", 0)
                                                .add("y", 0)
                                                .add("width", width)
                                                .add("height", height)
                                                .add("scale", 1)))
                .getString("data");
        Files.createDirectories(file.getParent());
        Files.write(file, Base64.getDecoder().decode(image));
    }

    /** Errors and warnings of scripts, of the Content-Security-Policy and of the network, in the order of their kinds. */
    public List<String> complaints() {
        List<String> all = new ArrayList<>();
        tools.told(session, "Runtime.exceptionThrown")
                .forEach(told -> all.add(told.parameters().toString()));
        tools.told(session, "Runtime.consoleAPICalled")
                .forEach(told -> all.add(told.parameters().toString()));
        tools.told(session, "Log.entryAdded").stream()
                .map(told -> told.parameters().getJsonObject("entry"))
                .filter(entry -> !entry.getString("level").equals("verbose"))
                .forEach(entry -> all.add(
                        entry.getString("source") + ": " + entry.getString("text") + " " + entry.getString("url", "")));
        return all;
    }

    /** Every address that the page has asked for. */
    public List<String> requests() {
        return tools.told(session, "Network.requestWillBeSent").stream()
                .map(told -> told.parameters().getJsonObject("request").getString("url"))
                .toList();
    }

    public static String quoted(String text) {
        return Json.createValue(text).toString();
    }

    @Override
    public void close() {
        tools.ask(
                "",
                "Target.disposeBrowserContext",
                Json.createObjectBuilder().add("browserContextId", context).build());
    }
}
