package io.seawall.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.embedded.RedisServer;

/** Two nodes and one Redis: one limit. */
class SharedLimitIT {

    private RedisServer redis;
    private String address;

    @BeforeEach
    void startRedis() throws IOException {
        int port = freePort();
        redis = RedisServer.newRedisServer()
                .port(port)
                .bind("127.0.0.1")
                .setting("save \"\"")
                .build();
        redis.start();
        address = "redis://127.0.0.1:" + port;
    }

    @AfterEach
    void stopRedis() throws IOException {
        redis.stop();
    }

    @Test
    void two_nodes_with_one_redis_share_the_limit() {
        try (DemoProcess one = begin();
                DemoProcess two = begin()) {
            one.awaitOpen();
            two.awaitOpen();
            for (int request = 1; request <= 50; request++) {
                assertThat(one.products().statusCode()).isEqualTo(200);
                assertThat(two.products().statusCode()).isEqualTo(200);
            }

            assertThat(one.products().statusCode()).isEqualTo(429);
            assertThat(two.products().statusCode()).isEqualTo(429);
        }
    }

    /** What a node does while Redis is slow is not the subject here, and a machine may be slow, also for a window of a minute. */
    private DemoProcess begin() {
        return DemoProcess.begin(Map.of("SHOP_STORE_TIMEOUT", "10s", "SHOP_LIMITS", "100/1h"), "--redis", address);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
