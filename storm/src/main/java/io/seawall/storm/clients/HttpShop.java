package io.seawall.storm.clients;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Asks the shop by HTTP, as its load balancer does: it tells the address of each client in {@code X-Forwarded-For}. Whoever
 * has no answer in time hangs up.
 */
final class HttpShop implements Shop, AutoCloseable {

    private static final int THREADS = 2;

    private final URI products;
    private final Duration timeout;
    private final Products reader;
    private final ClientThread thread;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(threads)
            .build();

    HttpShop(URI products, Duration timeout, Products reader, ClientThread thread) {
        this.products = products;
        this.timeout = timeout;
        this.reader = reader;
        this.thread = thread;
    }

    @Override
    public void ask(int client, long bornNanos, Consumer<Answer> answered) {
        HttpRequest request = HttpRequest.newBuilder(products)
                .timeout(timeout)
                .header("X-Forwarded-For", address(client))
                .build();
        var unused = http.sendAsync(request, BodyHandlers.ofString())
                .handle((answer, failure) ->
                        failure == null ? reader.answer(answer.statusCode(), answer.body(), bornNanos) : Answer.FAILED)
                .thenAcceptAsync(answered, thread);
    }

    /** Private addresses are enough for sixteen million clients. */
    private static String address(int client) {
        return "10." + (client >> 16 & 255) + "." + (client >> 8 & 255) + "." + (client & 255);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
