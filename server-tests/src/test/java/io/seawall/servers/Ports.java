package io.seawall.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Ports of loopback that nobody uses. */
final class Ports {

    private Ports() {}

    /** Different from each other: each is held until the others are found. */
    static List<Integer> free(int count) {
        if (count == 0) {
            return new ArrayList<>();
        }
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<Integer> ports = free(count - 1);
            ports.add(socket.getLocalPort());
            return ports;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
