package io.seawall.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** The server of the two services that the shop depends on, on the loopback interface. */
final class Downstreams implements AutoCloseable {

    /** Enough: no request holds a thread while it waits. */
    private static final int THREADS = 4;

    private static final String STOCK = "{\"mug\":120,\"lamp\":35,\"rope\":18}";

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService workers = Executors.newFixedThreadPool(THREADS);
    private final HttpServer server;

    /**
     * Starts both.
     *
     * @param port where; 0 for any free port
     * @throws IOException if the port is in use
     */
    Downstreams(int port) throws IOException {
        server = listen(port);
        server.setExecutor(workers);
        add(new Downstream("/inventory", "GET /inventory/stock", exchange -> new Reply(200, STOCK), timer));
        add(new Downstream("/payments", "POST /payments/charges", Downstreams::charge, timer));
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        timer.shutdownNow();
        workers.shutdownNow();
    }

    private HttpServer listen(int port) throws IOException {
        // Else header and body of an answer go out as two packets, and the second waits 40 ms for a delayed ACK.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException inUse) {
            timer.shutdownNow();
            workers.shutdownNow();
            throw inUse;
        }
    }

    /** One more that is told on this port how to behave. */
    void add(DemoDatabase database) {
        server.createContext(database.path(), database);
    }

    private void add(Downstream service) {
        server.createContext(service.path(), service);
    }

    /** Without a key a retry could charge twice, so payments insist on it. */
    private static Reply charge(HttpExchange exchange) {
        String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        return key == null
                ? new Reply(400, "{\"error\":\"Idempotency-Key is missing\"}")
                : new Reply(201, "{\"charge\":\"charged\"}");
    }
}
