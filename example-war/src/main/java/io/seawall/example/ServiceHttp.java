package io.seawall.example;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Talks JSON over HTTP with the services that the shop depends on. Thread-safe.
 *
 * <p>It tells a service that is ill (an {@link IOException}: worth another attempt) from one that says no (a
 * {@link ServiceRefusedException}: the same request would be refused again).
 */
@ApplicationScoped
public class ServiceHttp {

    private static final Duration CONNECT_TIMEOUT = Duration.ofMillis(500);

    /** Behind the limits of {@code @Resilient}, which are shorter: it holds if somebody turns those off. */
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);

    private final Duration answerTimeout;

    /**
     * One for all calls, kept by the bean and by nothing else: when the application is undeployed the client becomes
     * unreachable, and its threads end by themselves.
     */
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();

    /** For CDI. */
    public ServiceHttp() {
        this(ANSWER_TIMEOUT);
    }

    ServiceHttp(Duration answerTimeout) {
        this.answerTimeout = answerTimeout;
    }

    /**
     * Sends a request and waits for the answer.
     *
     * @param service the name of the service, for messages
     * @param request the request
     * @return the body of a 2xx answer
     * @throws IOException if the service cannot be reached, fails (5xx) or talks nonsense
     * @throws InterruptedException if the thread is told to stop waiting
     * @throws ServiceRefusedException if the service refuses the request (4xx)
     */
    public JsonObject send(String service, HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer = exchange(service, request.build());
        int status = answer.statusCode();
        if (status >= 400 && status < 500) {
            throw new ServiceRefusedException(service, status);
        }
        if (status < 200 || status >= 300) {
            throw new IOException(service + " answered " + status);
        }
        try (JsonReader reader = Json.createReader(new StringReader(answer.body()))) {
            return reader.readObject();
        } catch (JsonException notJson) {
            throw new IOException(service + " answered something that is no JSON object", notJson);
        }
    }

    /** The timeout of {@link HttpRequest} ends with the first bytes; this one is for all of them. */
    private HttpResponse<String> exchange(String service, HttpRequest request)
            throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<String>> answer =
                client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
        try {
            return answer.get(answerTimeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw new HttpTimeoutException(service + " did not answer in " + answerTimeout.toMillis() + " ms");
        } catch (ExecutionException failure) {
            throw new IOException(service + " gave no answer", failure.getCause());
        } finally {
            answer.cancel(true); // closes the connection of an answer that nobody waits for; else does nothing
        }
    }
}
