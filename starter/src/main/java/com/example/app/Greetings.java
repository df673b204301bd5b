package com.example.app;

import io.seawall.interceptors.Resilient;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** A service that others run, and that is not always there. Put the one that you call in its place. */
@ApplicationScoped
public class Greetings {

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI service;

    public Greetings() {
        this(URI.create(System.getenv().getOrDefault("GREETINGS_URL", "http://127.0.0.1:8081/greeting")));
    }

    Greetings(URI service) {
        this.service = service;
    }

    /** Asks the service; retried, and not asked at all while it is ill. */
    @Resilient(target = "greetings", timeout = "2s", fallback = "usual")
    public String greeting() throws IOException, InterruptedException {
        HttpResponse<String> answer =
                http.send(HttpRequest.newBuilder(service).build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(service + " answered " + answer.statusCode());
        }
        return answer.body().strip();
    }

    /** What is answered without the service. */
    String usual() {
        return "Hello";
    }
}
