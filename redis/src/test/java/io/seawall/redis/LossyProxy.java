package io.seawall.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Stands between a client and a Redis, and does to its answers what a bad network does. What comes of Redis in one piece, which an
 * answer to one of our commands does, is one answer. On loopback; closed with all its connections.
 */
final class LossyProxy implements AutoCloseable {

    /** What becomes of answers. */
    private enum Weather {
        FAIR,
        /** They come, but late. */
        SLOW,
        /** Half of one comes, and then nothing any more on this connection. */
        HALF,
        /** Connections are reset, as soon as they are made. */
        RESET
    }

    private final ServerSocket door;
    private final int redisPort;
    private final AtomicInteger toLose = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();

    /** Each with the answers that have come from there. */
    private final Map<Socket, AtomicInteger> open = new ConcurrentHashMap<>();

    private volatile Weather weather = Weather.FAIR;
    private volatile Duration delay = Duration.ZERO;

    LossyProxy(TestRedis redis) {
        redisPort = redis.port();
        try {
            door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::serve);
    }

    int port() {
        return door.getLocalPort();
    }

    String uri() {
        return "redis://127.0.0.1:" + port();
    }

    /** Redis will do what it is asked next, and nobody will hear of it. */
    void loseNextAnswer() {
        toLose.incrementAndGet();
    }

    int lost() {
        return lost.get();
    }

    /** From now on each answer comes so much later. */
    void delayAnswers(Duration by) {
        delay = by;
        weather = Weather.SLOW;
    }

    /** From now on every connection gets half of one answer. */
    void halveAnswers() {
        weather = Weather.HALF;
    }

    /** From now on every connection is reset, those that there are and those that come. */
    void resetConnections() {
        weather = Weather.RESET;
        cutConnections();
    }

    /** How many connections have had so many answers: more than one that is being made. */
    long busyConnections(int answers) {
        return open.entrySet().stream()
                .filter(each -> !each.getKey().isClosed() && each.getValue().get() >= answers)
                .count();
    }

    /** Resets the connections that there are, and none that takes the place of one of them meanwhile. */
    void cutConnections() {
        List.copyOf(open.keySet()).forEach(LossyProxy::reset);
    }

    /** All is well again, for connections that are made from now on. */
    void clearUp() {
        weather = Weather.FAIR;
    }

    private void serve() throws IOException {
        while (!door.isClosed()) {
            Socket client = door.accept();
            if (weather == Weather.RESET) {
                reset(client);
                continue;
            }
            try {
                Socket redis = new Socket(InetAddress.getLoopbackAddress(), redisPort);
                open.put(client, new AtomicInteger());
                open.put(redis, new AtomicInteger());
                start(() -> copy(client, redis, false));
                start(() -> copy(redis, client, true));
            } catch (IOException away) {
                reset(client);
            }
        }
    }

    private void copy(Socket from, Socket to, boolean answers) throws IOException {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[1 << 16];
            boolean silent = false;
            AtomicInteger count = open.getOrDefault(from, new AtomicInteger());
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                count.addAndGet(answers ? 1 : 0);
                if (answers && toLose.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                    lost.incrementAndGet();
                } else if (answers && weather == Weather.SLOW) {
                    LockSupport.parkNanos(delay.toNanos());
                    out.write(buffer, 0, length);
                } else if (answers && weather == Weather.HALF && !silent) {
                    out.write(buffer, 0, length / 2);
                    silent = true;
                } else if (!silent) {
                    out.write(buffer, 0, length);
                }
            }
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private static void reset(Socket socket) {
        try (socket) {
            socket.setSoLinger(true, 0);
        } catch (IOException closed) {
            // Then it is gone already.
        }
    }

    private interface Task {
        void run() throws IOException;
    }

    private static void start(Task task) {
        Thread thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } catch (IOException closed) {
                        // One of the two has gone.
                    }
                },
                "lossy proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            door.close();
            for (Socket socket : open.keySet()) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
