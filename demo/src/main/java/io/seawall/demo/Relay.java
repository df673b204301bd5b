package io.seawall.demo;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Stands between the shop and a database, and does to each message of the shop what a {@link Switch} says. Thread-safe.
 *
 * <p>The shop has few connections, so each has two threads here; who opens more than it ever does is turned away.
 */
final class Relay implements AutoCloseable {

    /** A question takes several messages: too slow for the catalogue, and not for a search. */
    private static final long SLOW_MILLIS = 300;

    private static final int BUFFER_BYTES = 8192;

    /** Twice what the pools of the shop need, since connections that are given up go a little later. */
    private static final int MAX_THREADS = 128;

    private final int databasePort;
    private final Switch control;
    private final ServerSocket shops;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads =
            new ThreadPoolExecutor(0, MAX_THREADS, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                Thread thread = new Thread(task, "relay");
                thread.setDaemon(true);
                return thread;
            });

    /**
     * Listens on any free port of the loopback interface.
     *
     * @param databasePort where the database is, on this machine
     * @param control counts messages and says what becomes of them
     * @throws IOException if there is no port
     */
    Relay(int databasePort, Switch control) throws IOException {
        this.databasePort = databasePort;
        this.control = control;
        shops = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    int port() {
        return shops.getLocalPort();
    }

    @Override
    public void close() {
        closeQuietly(shops);
        threads.shutdownNow();
        open.forEach(Relay::closeQuietly);
    }

    private void accept() {
        while (!shops.isClosed()) {
            try {
                connect(shops.accept());
            } catch (IOException closed) {
                // The next turn, or the end.
            }
        }
    }

    private void connect(Socket shop) throws IOException {
        if (control.mode() == Mode.FAIL) {
            closeQuietly(shop);
            return;
        }
        open.add(shop);
        Socket database;
        try {
            database = new Socket(InetAddress.getLoopbackAddress(), databasePort);
        } catch (IOException away) {
            closeQuietly(shop);
            open.remove(shop);
            return;
        }
        open.add(database);
        shop.setTcpNoDelay(true);
        database.setTcpNoDelay(true);
        try {
            threads.execute(() -> run(() -> ask(shop, database), shop, database));
            threads.execute(() -> run(() -> answer(database, shop), shop, database));
        } catch (RejectedExecutionException tooManyOrClosed) {
            end(shop, database);
        }
    }

    /** One direction of a connection. */
    private interface Direction {
        void run() throws IOException, InterruptedException;
    }

    /** Whatever ends one direction ends both. */
    private void run(Direction direction, Socket shop, Socket database) {
        try {
            direction.run();
        } catch (IOException | InterruptedException end) {
            // Of this connection, and of its thread.
        } finally {
            end(shop, database);
        }
    }

    private void end(Socket shop, Socket database) {
        closeQuietly(shop);
        closeQuietly(database);
        open.remove(shop);
        open.remove(database);
    }

    private void ask(Socket shop, Socket database) throws IOException, InterruptedException {
        InputStream in = shop.getInputStream();
        OutputStream out = database.getOutputStream();
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
            switch (control.count()) {
                case OK -> out.write(buffer, 0, length);
                case SLOW -> {
                    Thread.sleep(SLOW_MILLIS);
                    out.write(buffer, 0, length);
                }
                case FAIL -> {
                    return;
                }
                case HANG -> {
                    // It is never heard, and so never answered.
                }
            }
        }
    }

    private static void answer(Socket database, Socket shop) throws IOException {
        var unused = database.getInputStream().transferTo(shop.getOutputStream());
    }

    private static void closeQuietly(Closeable socket) {
        try {
            socket.close();
        } catch (IOException alreadyGone) {
            // As it should be.
        }
    }
}
