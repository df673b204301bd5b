package io.seawall.redis;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.awaitility.Awaitility;

/** What becomes of a Redis of several servers, of which one takes the place of another: a store is well when it has. */
public enum Failover {

    /** A primary is killed, and sentinels make its replica the primary. */
    SENTINEL_FAILOVER(SentinelFailover::new),

    /** One primary of three in a cluster is killed, and its replica takes over. */
    CLUSTER_PRIMARY_KILLED(PrimaryKilled::new),

    /** Fifty slots of a cluster move to another server, with their keys. */
    CLUSTER_SLOTS_MOVED(SlotsMoved::new);

    private static final int MOVED_SLOTS = 50;
    private static final int LONGEST_SECONDS = 60;

    @SuppressWarnings("ImmutableEnumChecker") // a constructor
    private final Supplier<SickStore> start;

    Failover(Supplier<SickStore> start) {
        this.start = start;
    }

    /**
     * Starts the servers.
     *
     * @return healthy ones
     */
    public SickStore start() {
        return start.get();
    }

    private static void awaitPrimary(TestRedis replica) {
        Awaitility.await()
                .pollInterval(10, TimeUnit.MILLISECONDS)
                .atMost(LONGEST_SECONDS, TimeUnit.SECONDS)
                .until(() -> WatchedRedis.info(replica).contains("role:master"));
    }

    private static final class SentinelFailover implements SickStore {

        private final WatchedRedis watched = WatchedRedis.start("");

        SentinelFailover() {
            watched.replicate();
        }

        @Override
        public String uri() {
            return watched.uri("");
        }

        @Override
        public void fall() {
            watched.primary().kill();
        }

        @Override
        public void recover() {
            awaitPrimary(watched.replica());
        }

        @Override
        public void close() {
            watched.close();
        }
    }

    private static final class PrimaryKilled implements SickStore {

        private final TestCluster cluster = TestCluster.start(3, true);

        @Override
        public String uri() {
            return cluster.uri();
        }

        @Override
        public void fall() {
            cluster.primaries().get(0).kill();
        }

        @Override
        public void recover() {
            awaitPrimary(cluster.replicas().get(0));
        }

        @Override
        public void close() {
            cluster.close();
        }
    }

    private static final class SlotsMoved implements SickStore {

        private final TestCluster cluster = TestCluster.start(3, false);

        @Override
        public String uri() {
            return cluster.uri();
        }

        @Override
        public void fall() {
            for (int i = 0; i < MOVED_SLOTS; i++) {
                int slot = i * 3; // of the first of the three
                cluster.move(
                        slot, cluster.primaries().get(0), cluster.primaries().get(1), () -> {});
            }
        }

        @Override
        public void recover() {
            // It is over when the last slot is there.
        }

        @Override
        public void close() {
            cluster.close();
        }
    }
}
