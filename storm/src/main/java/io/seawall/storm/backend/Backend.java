package io.seawall.storm.backend;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;

/**
 * The inventory service, {@code GET /inventory/stock}: every request is taken into the queue, or refused with 503 if that is
 * full; a worker takes it from there, waits for a connection, and asks the database. It does so too for whoever has
 * gone meanwhile: it cannot know. Thread-safe.
 *
 * <p>The number of mugs that it answers is the time of the answer, so that an old answer can be told from a fresh one.
 */
public final class Backend implements AutoCloseable {

    /** They take requests and refuse them, neither of which takes long. */
    private static final int DOOR_THREADS = 2;

    /** For each connection: some workers wait for one, as workers do. */
    private static final int WORKERS = 2;

    /** Whoever is not let in at once tries again after a second: that would be another capacity than the queue's. */
    private static final int BACKLOG = 2_000;

    private final Runnable arrivals;
    private final IntSupplier time;
    private final StockDatabase database;
    private final ArrayBlockingQueue<Runnable> queue;
    private final ThreadPoolExecutor workers;
    private final ExecutorService door = Executors.newFixedThreadPool(DOOR_THREADS);
    private final HttpServer server;
    private volatile boolean refusing;

    /**
     * Starts it on a free port of the loopback interface.
     *
     * @param capacity how much it can do
     * @param arrivals hears of every request, refused or not, on the threads of the server
     * @param time the time of an answer, in milliseconds since whenever
     * @throws IOException if it cannot listen
     * @throws SQLException if there is no database
     */
    public Backend(Capacity capacity, Runnable arrivals, IntSupplier time) throws IOException, SQLException {
        this.arrivals = arrivals;
        this.time = time;
        // Else header and body of an answer go out as two packets, and the second waits 40 ms for a delayed ACK.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        // As many connections as the shop wants to keep.
        System.setProperty("sun.net.httpserver.maxIdleConnections", "10000");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        database = new StockDatabase(capacity.connections(), capacity.queryTime());
        queue = new ArrayBlockingQueue<>(capacity.queue());
        int threads = WORKERS * capacity.connections();
        workers = new ThreadPoolExecutor(threads, threads, 0, TimeUnit.SECONDS, queue, Backend::refuse);
        server.setExecutor(door);
        server.createContext("/inventory/stock", this::take);
        server.start();
    }

    /**
     * Where it is.
     *
     * @return the address below which there is {@code /inventory}
     */
    public URI address() {
        return URI.create("http://" + server.getAddress().getAddress().getHostAddress() + ":"
                + server.getAddress().getPort());
    }

    /**
     * Requests that wait for a worker.
     *
     * @return from 0 to the size of the queue
     */
    public int queued() {
        return queue.size();
    }

    /**
     * Connections that are in use.
     *
     * @return from 0 to the size of the pool
     */
    public int connectionsInUse() {
        return database.connectionsInUse();
    }

    /**
     * Goes down.
     *
     * @param outage how
     * @throws SQLException if the database does not want to
     */
    public void goDown(Outage outage) throws SQLException {
        switch (outage) {
            case HANG -> database.hang();
            case REFUSE -> refusing = true;
        }
    }

    /**
     * Is back.
     *
     * @throws SQLException if the database does not want to
     */
    public void comeBack() throws SQLException {
        refusing = false;
        database.goOn();
    }

    /** Drops whoever still waits. */
    @Override
    public void close() throws SQLException {
        server.stop(0);
        door.shutdownNow();
        workers.shutdownNow();
        database.close();
    }

    private void take(HttpExchange exchange) {
        arrivals.run();
        if (refusing) {
            send(exchange, 503, "{\"error\":\"down\"}");
        } else {
            workers.execute(new Taken(exchange));
        }
    }

    private static void refuse(Runnable task, ThreadPoolExecutor closedOrFull) {
        if (task instanceof Taken taken) {
            send(taken.exchange, 503, "{\"error\":\"the queue is full\"}");
        }
    }

    /** A request that is in the queue, or at a worker. */
    private final class Taken implements Runnable {

        private final HttpExchange exchange;

        Taken(HttpExchange exchange) {
            this.exchange = exchange;
        }

        @Override
        public void run() {
            try {
                send(exchange, 200, json(database.read()));
            } catch (SQLException failure) {
                send(exchange, 503, "{\"error\":\"the database does not answer\"}");
            }
        }
    }

    private String json(Map<String, Integer> stock) {
        stock.put("mug", time.getAsInt());
        return stock.entrySet().stream()
                .map(product -> "\"" + product.getKey() + "\":" + product.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static void send(HttpExchange exchange, int status, String json) {
        byte[] body = (json + "\n").getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        } catch (IOException gone) {
            // The work was in vain.
            exchange.close();
        }
    }
}
