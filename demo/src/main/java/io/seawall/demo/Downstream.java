package io.seawall.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * One service that the shop depends on, and that its {@link Switch} tells how to behave. Thread-safe.
 *
 * <p>A request that has to wait holds no thread: it is parked with the timer.
 */
final class Downstream implements HttpHandler {

    /** Longer than the shop waits for inventory, shorter than it waits for payments. */
    private static final long SLOW_MILLIS = 1200;

    /** Nobody in the demo waits that long. */
    private static final long HANG_MILLIS = 30_000;

    /** No request of the demo is longer; the rest of one that is goes unread. */
    private static final int MAX_BODY_BYTES = 4096;

    private final Switch control;
    private final String operation;
    private final Function<HttpExchange, Reply> answer;
    private final ScheduledExecutorService timer;

    /**
     * Makes a service that answers.
     *
     * @param path where it is, as {@code /payments}
     * @param operation the one thing it does, as {@code POST /payments/charges}
     * @param answer its answer while it is well
     * @param timer sends the answers that come late
     */
    Downstream(String path, String operation, Function<HttpExchange, Reply> answer, ScheduledExecutorService timer) {
        control = new Switch(path);
        this.operation = operation;
        this.answer = answer;
        this.timer = timer;
    }

    String path() {
        return control.path();
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        String body = body(exchange);
        String request =
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
        if (request.equals(operation)) {
            operate(exchange);
        } else {
            control.answer(request, body)
                    .orElseGet(() -> control.nothingElse(operation))
                    .send(exchange);
        }
    }

    private void operate(HttpExchange exchange) {
        switch (control.count()) {
            case OK -> answer.apply(exchange).send(exchange);
            case FAIL -> new Reply(503, "{\"error\":\"told to fail\"}").send(exchange);
            case SLOW -> later(SLOW_MILLIS, () -> answer.apply(exchange).send(exchange));
            case HANG -> later(HANG_MILLIS, exchange::close);
        }
    }

    private void later(long delayMillis, Runnable task) {
        var unused = timer.schedule(task, delayMillis, TimeUnit.MILLISECONDS);
    }

    static String body(HttpExchange exchange) throws IOException {
        try (InputStream in = exchange.getRequestBody()) {
            return new String(in.readNBytes(MAX_BODY_BYTES), StandardCharsets.UTF_8);
        }
    }
}
