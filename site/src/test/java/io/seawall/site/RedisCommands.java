package io.seawall.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.redis.TestRedis;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Commands of a page for Redis, given to one. */
final class RedisCommands {

    private RedisCommands() {}

    static void check(Block block) throws Exception {
        try (TestRedis redis = TestRedis.start();
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), redis.port())) {
            socket.setSoTimeout(30_000);
            BufferedReader answers =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            for (String command : block.text().split("\n", -1)) {
                if (!command.isBlank()) {
                    socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
                    assertThat(answers.readLine()).as(block.where()).doesNotStartWith("-");
                }
            }
        }
    }
}
