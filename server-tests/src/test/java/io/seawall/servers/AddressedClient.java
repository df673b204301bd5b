package io.seawall.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An HTTP client that has an address of its own, any of 127.0.0.0/8: on Linux all of them are this machine. Each request has a
 * connection of its own.
 *
 * @param address where its connections come from
 */
record AddressedClient(String address) {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /**
     * What came back.
     *
     * @param status the code
     * @param head all lines before the body
     */
    record Answer(int status, List<String> head) {

        /** The value of a header field, empty if there is none. */
        String field(String name) {
            String start = name.toLowerCase(Locale.ROOT) + ":";
            return head.stream()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
                    .map(line -> line.substring(start.length()).strip())
                    .findFirst()
                    .orElse("");
        }
    }

    /** Whether this machine lets a client have that address. */
    boolean isPossible() {
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(address, 0));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Asks for a page.
     *
     * @param port of 127.0.0.1
     * @param fields lines of the header, without their ends
     */
    Answer get(int port, String path, String... fields) {
        return getOf("localhost", port, path, fields);
    }

    /** The same of a virtual host. */
    Answer getOf(String host, int port, String path, String... fields) {
        return answer(exchange(host, port, path, fields));
    }

    /** The same, of a server that may not want to answer. */
    Optional<Answer> tryGet(int port, String path, String... fields) {
        String answer = exchange("localhost", port, path, fields);
        return answer.isEmpty() ? Optional.empty() : Optional.of(answer(answer));
    }

    private static Answer answer(String text) {
        List<String> head = text.lines().takeWhile(line -> !line.isEmpty()).toList();
        if (head.isEmpty() || !head.get(0).startsWith("HTTP/1.")) {
            throw new IllegalStateException("no answer of HTTP/1: '" + text + "'");
        }
        return new Answer(Integer.parseInt(head.get(0).split(" ", -1)[1]), head);
    }

    /** All that comes back. */
    private String exchange(String host, int port, String path, String... fields) {
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(address, 0));
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) PATIENCE.toMillis());
            socket.setSoTimeout((int) PATIENCE.toMillis());
            String more = fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n";
            String request = "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n" + more + "\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
