package io.seawall.observe.browser;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** The protocol by which Chromium is driven (Chrome DevTools Protocol), over the JDK's own WebSocket. Thread-safe. */
final class DevTools implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** What Chromium tells unasked. */
    record Told(String session, String method, JsonObject parameters) {}

    private final AtomicInteger lastId = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonObject>> asked = new ConcurrentHashMap<>();
    private final List<Told> told = new CopyOnWriteArrayList<>();
    private final WebSocket socket;

    DevTools(URI browser) {
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .connectTimeout(PATIENCE)
                .buildAsync(browser, new Messages())
                .join();
    }

    /** Asks, and returns the answer. */
    JsonObject ask(String session, String method, JsonObject parameters) {
        int id = lastId.incrementAndGet();
        CompletableFuture<JsonObject> answer = new CompletableFuture<>();
        asked.put(id, answer);
        var message =
                Json.createObjectBuilder().add("id", id).add("method", method).add("params", parameters);
        if (!session.isEmpty()) {
            message.add("sessionId", session);
        }
        synchronized (socket) { // one message at a time
            socket.sendText(message.build().toString(), true).join();
        }
        try {
            JsonObject reply = answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (reply.containsKey("error")) {
                throw new IllegalStateException(method + ": " + reply.get("error"));
            }
            return reply.getJsonObject("result");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("no answer to " + method + " " + parameters, e);
        }
    }

    List<Told> told(String session, String method) {
        return told.stream()
                .filter(one -> one.session.equals(session) && one.method.equals(method))
                .toList();
    }

    @Override
    public void close() {
        socket.abort();
    }

    private final class Messages implements WebSocket.Listener {

        private final StringBuilder begun = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
            begun.append(text);
            if (last) {
                try (JsonReader reader = Json.createReader(new StringReader(begun.toString()))) {
                    message(reader.readObject());
                }
                begun.setLength(0);
            }
            from.request(1);
            return CompletableFuture.completedStage(null);
        }

        private void message(JsonObject message) {
            if (message.containsKey("id")) {
                CompletableFuture<JsonObject> answer = asked.remove(message.getInt("id"));
                if (answer != null) {
                    answer.complete(message);
                }
            } else {
                told.add(new Told(
                        message.getString("sessionId", ""),
                        message.getString("method"),
                        message.getJsonObject("params")));
            }
        }
    }
}
