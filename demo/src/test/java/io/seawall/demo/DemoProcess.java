package io.seawall.demo;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The jar of the demo as a process of its own, with a client that talks to it. Ports are free ones, and read from what the
 * demo prints. Whoever starts it closes it.
 */
public final class DemoProcess implements AutoCloseable {

    /** Many times what it needs; only a broken demo waits that long. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration END_PATIENCE = Duration.ofSeconds(10);

    private static final Pattern SHOP = Pattern.compile("Shop +(http://\\S+)");

    private static final Pattern CONSOLE = Pattern.compile("Console +(http://\\S+)");

    private static final Pattern SERVICES = Pattern.compile("Services +(http://\\S+)");

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final Process process;
    private final Path output;
    private final Path errors;

    private DemoProcess(Map<String, String> environment, List<String> options) throws IOException {
        output = Files.createTempFile("demo", ".out");
        errors = Files.createTempFile("demo", ".err");
        ProcessBuilder builder = new ProcessBuilder(command(options))
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        // What the environment says about the shop is about another one.
        builder.environment().keySet().removeIf(name -> name.startsWith("SHOP_") || name.startsWith("SEAWALL_"));
        builder.environment().putAll(environment);
        process = builder.start();
        process.getOutputStream().close();
        // For the test run that is itself ended; destroying a process twice does no harm.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    }

    /** Starts the demo on free ports and waits until it is open. */
    public static DemoProcess start(String... moreOptions) {
        return begin(moreOptions).awaitOpen();
    }

    /** Starts the demo on free ports and does not wait. */
    static DemoProcess begin(String... moreOptions) {
        return begin(Map.of(), moreOptions);
    }

    /** The same with more environment. */
    static DemoProcess begin(Map<String, String> environment, String... moreOptions) {
        List<String> options = new ArrayList<>(List.of("--port", "0", "--downstream-port", "0"));
        options.addAll(List.of(moreOptions));
        return run(environment, options);
    }

    /** Runs the demo with these options and no others. */
    static DemoProcess run(String... options) {
        return run(Map.of(), List.of(options));
    }

    private static DemoProcess run(Map<String, String> environment, List<String> options) {
        try {
            return new DemoProcess(environment, options);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    DemoProcess awaitOpen() {
        try {
            await().atMost(PATIENCE).until(() -> !process.isAlive() || output().contains("Ctrl-C"));
            if (!process.isAlive()) {
                throw new AssertionError("the demo ended with " + process.exitValue() + ": " + errors());
            }
            return this;
        } catch (Throwable notOpen) {
            close();
            throw notOpen;
        }
    }

    /** Waits for the process to end by itself. */
    int exitCode() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("the demo does not end: " + output() + errors());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Ctrl-C, as far as a process can press it for another. */
    void terminate() {
        process.destroy();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(END_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            Files.deleteIfExists(output);
            Files.deleteIfExists(errors);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            throw interrupted(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long pid() {
        return process.pid();
    }

    public String output() {
        return read(output);
    }

    String errors() {
        return read(errors);
    }

    /** An address of the shop. */
    public URI shop(String path) {
        return printed(SHOP).resolve(path);
    }

    /** An address of the console. */
    URI console(String path) {
        return printed(CONSOLE).resolve(path);
    }

    /** An address of the services that the shop depends on. */
    public URI service(String path) {
        return printed(SERVICES).resolve(path);
    }

    HttpResponse<String> products() {
        return get(shop("/api/products"));
    }

    HttpResponse<String> get(URI address) {
        return send(HttpRequest.newBuilder(address));
    }

    HttpResponse<String> checkout(String json) {
        return send(HttpRequest.newBuilder(shop("/api/checkout"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json)));
    }

    HttpResponse<String> checkout() {
        return checkout("{\"product\":\"mug\",\"quantity\":2}");
    }

    /** Tells a service how to behave; its counter starts again. */
    void tell(String service, String mode) {
        HttpResponse<String> answer =
                send(HttpRequest.newBuilder(service("/" + service + "/mode")).PUT(BodyPublishers.ofString(mode)));
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.body());
        }
    }

    /** How a service does, and how many requests it has seen since it was last told. */
    String ask(String service) {
        return send(HttpRequest.newBuilder(service("/" + service))).body().strip();
    }

    public HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private URI printed(Pattern line) {
        Matcher matcher = line.matcher(output());
        if (!matcher.find()) {
            throw new AssertionError("the demo does not print its address: " + output());
        }
        return URI.create(matcher.group(1));
    }

    private static List<String> command(List<String> options) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // A process that lives for seconds starts sooner without the second compiler.
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-jar",
                Path.of("target", "seawall-demo.jar").toString()));
        command.addAll(options);
        return command;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static AssertionError interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new AssertionError("interrupted while the demo ran", e);
    }
}
