package io.seawall.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.seawall.redis.RedisConnections.RedisFailure;
import io.seawall.redis.RedisConnections.ScriptCall;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A pool of one connection, which another thread holds: the server takes it and never answers. */
class JedisConnectionsTest {

    private static final ScriptCall CALL = new ScriptCall(Script.of("return 1"), List.of(), List.of());

    private ServerSocket silent;
    private Socket taken;
    private RedisConnections connections;
    private Thread holder;

    @BeforeEach
    void holdTheOnlyConnection() throws IOException {
        silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        connections = new JedisConnections(
                RedisAddress.parse("redis://127.0.0.1:" + silent.getLocalPort()), Duration.ofSeconds(1), 1);
        holder = new Thread(() -> assertThatThrownBy(this::run).isInstanceOf(RedisFailure.class));
        holder.start();
        taken = silent.accept();
    }

    @AfterEach
    void close() throws Exception {
        taken.close();
        silent.close();
        holder.join();
        connections.close();
    }

    private List<Long> run() {
        return connections.run(CALL);
    }

    @Test
    void that_a_thread_is_interrupted_says_nothing_about_redis_and_stays_known_to_it() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(this::run).isInstanceOfSatisfying(RedisFailure.class, failure -> {
            assertThat(failure).hasMessage("the thread was interrupted");
            assertThat(failure.isOfRedis()).isFalse();
        });
        assertThat(Thread.interrupted()).isTrue();
    }
}
