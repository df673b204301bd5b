package io.seawall.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The probe, deployed, over HTTP. */
final class Probe {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** What the page of the console sends. */
    private static final String[] CONSOLE = {"Content-Type", "application/json", "X-Seawall-Console", "1"};

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI root;

    Probe(URI root) {
        this.root = root;
    }

    /** Asks as a client whose address the filters read from a header. */
    HttpResponse<String> get(String path, String client) {
        return send(path, "X-Client", client);
    }

    /** As the page of the console does. */
    HttpResponse<String> post(String path, String json) {
        return send(request(path, CONSOLE).POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    /** As somebody who is logged in. */
    HttpResponse<String> get(String path, Login login) {
        return send(path, "Authorization", login.basic());
    }

    /** The same, as the page of the console does. */
    HttpResponse<String> post(String path, String json, Login login) {
        return send(request(path, CONSOLE)
                .header("Authorization", login.basic())
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    /** As a cache that has one of these. */
    HttpResponse<String> getUnless(String path, String tags) {
        return send(path, "If-None-Match", tags);
    }

    private HttpResponse<String> send(String path, String... headers) {
        return send(request(path, headers));
    }

    private HttpRequest.Builder request(String path, String... headers) {
        return HttpRequest.newBuilder(URI.create(root + path)).headers(headers).timeout(PATIENCE);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    int status(String path, String client) {
        return get(path, client).statusCode();
    }

    /** Runs a case that writes nothing. */
    Outcome run(String name, int failures) {
        return outcome("/run/" + name + "?failures=" + failures);
    }

    /** The same, as a caller that retries by itself. */
    Outcome runMarked(String name, int failures) {
        return outcome("/run/" + name + "?failures=" + failures, "Seawall-Retry", "?0");
    }

    /** Runs a case whose attempts write a row each. */
    Outcome write(String name, int failures) {
        return outcome("/run/" + name + "?writes=true&failures=" + failures);
    }

    /** The same, where attempts fail with a checked exception. */
    Outcome writeAndFailChecked(String name, int failures) {
        return outcome("/run/" + name + "?writes=true&checked=true&failures=" + failures);
    }

    /** What there is of a run now. */
    Outcome report(Outcome run) {
        return outcome("/run?writes=true&id=" + run.id());
    }

    private Outcome outcome(String path) {
        return outcome(path, "X-Client", "");
    }

    private Outcome outcome(String path, String... headers) {
        HttpResponse<String> answer = send(path, headers);
        assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(200);
        return Outcome.parse(answer.body());
    }
}
