package io.seawall.redis;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A primary, a replica of it that has its data, and a sentinel that watches them. */
record WatchedRedis(TestRedis primary, TestRedis replica, TestRedis sentinel) implements AutoCloseable {

    static WatchedRedis start(String password) {
        String[] secret =
                password.isEmpty() ? new String[0] : new String[] {"--requirepass", password, "--masterauth", password};
        TestRedis primary = TestRedis.start(secret);
        TestRedis replica = TestRedis.start(secret);
        String monitor = "sentinel monitor cache 127.0.0.1 " + primary.port() + " 1\n"
                + "sentinel down-after-milliseconds cache 500\nsentinel failover-timeout cache 5000\n"
                + (password.isEmpty() ? "" : "sentinel auth-pass cache " + password + "\nrequirepass " + password);
        TestRedis sentinel = TestRedis.startSentinel(monitor);
        return new WatchedRedis(primary, replica, sentinel);
    }

    String uri(String userInfo) {
        return "redis-sentinel://" + userInfo + "127.0.0.1:" + sentinel.port() + "/cache";
    }

    void replicate() {
        replica.command("REPLICAOF", "127.0.0.1", Integer.toString(primary.port()));
        Awaitility.await().until(() -> info(replica).contains("master_link_status:up"));
        Awaitility.await()
                .atMost(30, TimeUnit.SECONDS)
                .until(() -> new String((byte[]) sentinel.command("INFO", "sentinel"), StandardCharsets.UTF_8)
                        .contains("slaves=1"));
    }

    @Override
    public void close() {
        sentinel.close();
        replica.close();
        primary.close();
    }

    static String info(TestRedis redis) {
        return new String((byte[]) redis.command("INFO", "replication"), StandardCharsets.UTF_8);
    }
}
