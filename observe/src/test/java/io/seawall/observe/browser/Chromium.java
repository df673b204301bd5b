package io.seawall.observe.browser;

import jakarta.json.Json;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A real Chromium without a window, with a profile of its own that is thrown away. It ends with {@link #close}, or with the JVM. */
public final class Chromium implements AutoCloseable {

    public static final String MISSING =
            "Skipped: no chromium, chromium-browser or google-chrome on PATH; install it (apt-get install chromium)";

    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final Duration TO_START = Duration.ofSeconds(60);

    private final Path profile;
    private final Process process;
    private final Thread atExit;
    private final DevTools tools;

    private Chromium(Path executable) {
        try {
            profile = Files.createTempDirectory("seawall-chromium");
            process = start(executable, profile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        atExit = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(atExit);
        Path address = profile.resolve("DevToolsActivePort");
        Awaitility.await("Chromium to start; it says: " + profile.resolve("log"))
                .atMost(TO_START)
                .until(() ->
                        Files.exists(address) && Files.readAllLines(address).size() == 2);
        try {
            List<String> portAndPath = Files.readAllLines(address);
            tools = new DevTools(URI.create("ws://127.0.0.1:" + portAndPath.get(0) + portAndPath.get(1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Process start(Path executable, Path profile) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                executable.toString(),
                "--headless=new",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "--no-first-run",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars",
                "--lang=en"));
        if ("root".equals(System.getProperty("user.name"))) {
            command.add("--no-sandbox"); // Chromium has none for root, and would not start
        }
        command.add("about:blank");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(profile.resolve("log").toFile());
        builder.environment().put("TZ", "UTC");
        return builder.start();
    }

    public static Optional<Path> executable() {
        String path = System.getenv().getOrDefault("PATH", "");
        return NAMES.stream()
                .flatMap(name -> Arrays.stream(path.split(":", -1))
                        .filter(directory -> !directory.isEmpty())
                        .map(directory -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    public static Chromium start() {
        return new Chromium(executable().orElseThrow(() -> new IllegalStateException(MISSING)));
    }

    /** A tab that shares nothing with any other: no storage, no cookies. */
    public Tab tab() {
        String context = tools.ask("", "Target.createBrowserContext", JsonValue.EMPTY_JSON_OBJECT)
                .getString("browserContextId");
        String target = tools.ask(
                        "",
                        "Target.createTarget",
                        Json.createObjectBuilder()
                                .add("url", "about:blank")
                                .add("browserContextId", context)
                                .build())
                .getString("targetId");
        String session = tools.ask(
                        "",
                        "Target.attachToTarget",
                        Json.createObjectBuilder()
                                .add("targetId", target)
                                .add("flatten", true)
                                .build())
                .getString("sessionId");
        return new Tab(tools, context, session);
    }

    @Override
    public void close() {
        tools.close();
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().removeShutdownHook(atExit);
        try (Stream<Path> files = Files.walk(profile)) {
            files.sorted((one, other) -> other.compareTo(one))
                    .forEach(file -> file.toFile().delete());
        } catch (IOException | UncheckedIOException e) {
            System.getLogger(Chromium.class.getName())
                    .log(System.Logger.Level.INFO, "left behind: {0}", profile); // a helper of Chromium still wrote
        }
    }
}
