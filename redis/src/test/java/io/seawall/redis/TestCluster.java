package io.seawall.redis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** A real Redis Cluster for a test: primaries, each with a replica if asked for, on loopback, gone with {@link #close}. */
final class TestCluster implements AutoCloseable {

    private final int primaryCount;

    private final List<TestRedis> primaries = new ArrayList<>();
    private final List<TestRedis> replicas = new ArrayList<>();

    private TestCluster(int primaryCount) {
        this.primaryCount = primaryCount;
    }

    /** Starts a cluster and waits until all its slots are served. */
    static TestCluster start(int primaries, boolean withReplicas) {
        TestCluster cluster = new TestCluster(primaries);
        try {
            cluster.form(withReplicas);
            return cluster;
        } catch (RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
    }

    private void form(boolean withReplicas) {
        for (int i = 0; i < primaryCount; i++) {
            primaries.add(startNode(withReplicas));
        }
        TestRedis first = primaries.get(0);
        for (int i = 0; i < primaryCount; i++) {
            TestRedis primary = primaries.get(i);
            primary.command("CLUSTER", "SET-CONFIG-EPOCH", Integer.toString(i + 1));
            List<String> slots = new ArrayList<>(List.of("ADDSLOTS"));
            for (int slot = i; slot < Slot.COUNT; slot += primaryCount) {
                slots.add(Integer.toString(slot));
            }
            primary.command("CLUSTER", slots.toArray(String[]::new));
            if (i > 0) {
                meet(first, primary);
            }
        }
        awaitOk(primaries);
        if (withReplicas) {
            for (TestRedis primary : primaries) {
                TestRedis replica = startNode(true);
                replicas.add(replica);
                meet(first, replica);
                String id = text(primary, "MYID");
                Awaitility.await().ignoreExceptions().untilAsserted(() -> replica.command("CLUSTER", "REPLICATE", id));
            }
            // Failover wants a replica that has the data, and that all others know to be one.
            Awaitility.await()
                    .atMost(30, TimeUnit.SECONDS)
                    .until(() -> primaries.stream()
                            .allMatch(primary -> text(primary, "NODES")
                                                    .lines()
                                                    .filter(line -> line.contains("slave"))
                                                    .count()
                                            == primaryCount
                                    && info(primary, "replication").contains("state=online")));
            awaitOk(replicas);
        }
    }

    /** Without replicas nobody can take over, and one that a busy machine has kept from answering should not be given up. */
    private static TestRedis startNode(boolean failsOver) {
        return TestRedis.start(
                "--cluster-enabled",
                "yes",
                "--cluster-node-timeout",
                failsOver ? "2000" : "60000",
                "--cluster-replica-validity-factor",
                "0",
                "--cluster-require-full-coverage",
                "no");
    }

    private static void meet(TestRedis one, TestRedis other) {
        one.command("CLUSTER", "MEET", "127.0.0.1", Integer.toString(other.port()));
    }

    private static void awaitOk(List<TestRedis> nodes) {
        Awaitility.await("the cluster to serve all slots")
                .atMost(30, TimeUnit.SECONDS)
                .until(() -> nodes.stream().allMatch(node -> text(node, "INFO").contains("cluster_state:ok")));
    }

    static String text(TestRedis node, String... command) {
        return new String((byte[]) node.command("CLUSTER", command), StandardCharsets.UTF_8);
    }

    private static String info(TestRedis node, String section) {
        return new String((byte[]) node.command("INFO", section), StandardCharsets.UTF_8);
    }

    List<TestRedis> primaries() {
        return primaries;
    }

    List<TestRedis> replicas() {
        return replicas;
    }

    /** The one that owns a slot now, as the first one that lives says. */
    TestRedis owner(int slot) {
        return primaries.get(slot % primaryCount);
    }

    /** Moves a slot with all its keys, step by step, as resharding does. */
    void move(int slot, TestRedis from, TestRedis to, Runnable halfWay) {
        String number = Integer.toString(slot);
        to.command("CLUSTER", "SETSLOT", number, "IMPORTING", text(from, "MYID"));
        from.command("CLUSTER", "SETSLOT", number, "MIGRATING", text(to, "MYID"));
        halfWay.run();
        for (List<?> keys = keys(from, number); !keys.isEmpty(); keys = keys(from, number)) {
            for (Object key : keys) {
                String name = new String((byte[]) key, StandardCharsets.UTF_8);
                from.command("MIGRATE", "127.0.0.1", Integer.toString(to.port()), name, "0", "5000");
            }
        }
        halfWay.run();
        for (TestRedis node : List.of(to, from)) {
            node.command("CLUSTER", "SETSLOT", number, "NODE", text(to, "MYID"));
        }
        for (TestRedis node : primaries) {
            node.command("CLUSTER", "SETSLOT", number, "NODE", text(to, "MYID"));
        }
    }

    private static List<?> keys(TestRedis node, String slot) {
        return (List<?>) node.command("CLUSTER", "GETKEYSINSLOT", slot, "100");
    }

    String uri() {
        return "redis-cluster://"
                + primaries.stream().map(node -> "127.0.0.1:" + node.port()).collect(Collectors.joining(","));
    }

    @Override
    public void close() {
        primaries.forEach(TestRedis::close);
        replicas.forEach(TestRedis::close);
    }
}
