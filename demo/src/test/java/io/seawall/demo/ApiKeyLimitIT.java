package io.seawall.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * The two limits of the shop: 100 requests for each API key and 200 for each address; in an hour here, so that no permit comes
 * back while a slow machine asks.
 */
class ApiKeyLimitIT {

    private static final String ELSEWHERE = "127.0.0.2";

    @Test
    void a_request_needs_room_in_both_limits_that_of_its_key_and_that_of_its_address() {
        try (DemoProcess demo = DemoProcess.begin(Map.of("SHOP_LIMITS", "100/1h", "SHOP_IP_LIMITS", "address=200/1h"))
                .awaitOpen()) {
            assertThat(admitted(demo, "one")).isEqualTo(100);
            assertRefused(with(demo, "one"), "default");

            assertThat(admitted(demo, "two")).as("another key of the address").isEqualTo(100);
            assertRefused(with(demo, "three"), "address");
            assertRefused(demo.products(), "address");

            Assumptions.assumeTrue(isAddress(ELSEWHERE), ELSEWHERE + " is no address of this machine");
            assertThat(statusFromElsewhere(demo, "one"))
                    .as("the key, wherever it is")
                    .isEqualTo(429);
            assertThat(statusFromElsewhere(demo, "three")).isEqualTo(200);
        }
    }

    /** Of a hundred requests. */
    private static int admitted(DemoProcess demo, String key) {
        int admitted = 0;
        for (int request = 0; request < 100; request++) {
            admitted += with(demo, key).statusCode() == 200 ? 1 : 0;
        }
        return admitted;
    }

    private static HttpResponse<String> with(DemoProcess demo, String key) {
        return demo.send(HttpRequest.newBuilder(demo.shop("/api/products")).header("X-API-Key", key));
    }

    private static void assertRefused(HttpResponse<String> answer, String limit) {
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.body()).contains("\"violated-policies\":[\"" + limit + "\"]");
    }

    private static int statusFromElsewhere(DemoProcess demo, String key) {
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(ELSEWHERE), 0));
            socket.connect(new InetSocketAddress(
                    InetAddress.getLoopbackAddress(), demo.shop("/").getPort()));
            String request =
                    "GET /api/products HTTP/1.1\r\nHost: shop\r\nX-API-Key: " + key + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return Integer.parseInt(answer.split(" ", 3)[1]);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean isAddress(String address) {
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(address), 0));
            return true;
        } catch (IOException notHere) {
            return false;
        }
    }
}
