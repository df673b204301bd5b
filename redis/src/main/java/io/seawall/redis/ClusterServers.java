package io.seawall.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The primaries of a cluster, by slot. Who owns what is asked once a second, at once when a server says that a slot has moved, and
 * four times a second while a server is away; all that in a thread of its own. A question that went to the wrong server was not
 * carried out, and is asked again at the right one within its deadline.
 */
final class ClusterServers implements Servers {

    private static final Logger LOG = System.getLogger(RedisLimitStore.class.getName());

    /** Within one decision. Two would do: moved, and being moved on. */
    private static final int MAX_REDIRECTS = 3;

    private static final int REFRESH_MILLIS = 250;

    /** In so many turns the slots are asked for at any rate. */
    private static final int SETTLED_TURNS = 4;

    private static final int CLOSE_MILLIS = 1000;

    /** Asks a new connection what requests will ask, about keys that its server owns. */
    @FunctionalInterface
    interface Warmup {
        void ask(RedisConnection connection, IntPredicate isOwned, Deadline deadline);
    }

    private final RedisAddress address;
    private final long timeoutNanos;
    private final BatchWriter writer;
    private final Warmup warmup;
    private final ServerListener listener;
    private final Map<Endpoint, RedisServer> servers = new ConcurrentHashMap<>();
    private final AtomicReferenceArray<@Nullable RedisServer> owners = new AtomicReferenceArray<>(Slot.COUNT);
    private final ScheduledThreadPoolExecutor refreshes;

    // Of the thread that refreshes.
    private Set<Endpoint> primaries = Set.of();
    private int turns;

    /**
     * Servers of a cluster. Tries for a while to find and connect them, and does without those that are away.
     *
     * @param timeoutNanos how soon a server must answer a request
     * @param firstMillis how long each is waited for now
     */
    ClusterServers(
            RedisAddress address,
            long timeoutNanos,
            int firstMillis,
            BatchWriter writer,
            Warmup warmup,
            ServerListener listener) {
        this.listener = listener;
        this.address = address;
        this.timeoutNanos = timeoutNanos;
        this.writer = writer;
        this.warmup = warmup;
        this.refreshes = new ScheduledThreadPoolExecutor(1, task -> {
            Thread daemon = new Thread(task, "seawall-redis-cluster");
            daemon.setDaemon(true);
            return daemon;
        });
        refreshes.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        refresh(server -> server.start(firstMillis), firstMillis);
        Future<?> unused = refreshes.scheduleWithFixedDelay(
                () -> {
                    turns++;
                    if (turns % SETTLED_TURNS == 0 || !isSettled()) {
                        refresh(RedisServer::start, REFRESH_MILLIS);
                    }
                },
                REFRESH_MILLIS,
                REFRESH_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    @Override
    public boolean isConnected(Slot slot) {
        RedisServer owner = owners.get(slot.number());
        return owner != null && owner.combiner().isConnected();
    }

    @Override
    public <C extends Call> C ask(Slot slot, Function<Slot, C> call) {
        RedisServer server = owners.get(slot.number());
        if (server == null) {
            throw new RedisFailure("no server of the cluster is known to own slot " + slot.number());
        }
        Slot asked = slot;
        for (int redirects = 0; ; redirects++) {
            C made = call.apply(asked);
            try {
                server.combiner().ask(made);
                return made;
            } catch (RedisFailure e) {
                RedisFailure.Redirect redirect = e.redirect();
                if (redirect == null || redirects == MAX_REDIRECTS) {
                    throw e;
                }
                server = server(redirect.endpoint(), RedisServer::start);
                asked = redirect.isMoved() ? slot : slot.asked();
                if (redirect.isMoved()) {
                    owners.set(slot.number(), server);
                    refreshes.execute(() -> refresh(RedisServer::start, REFRESH_MILLIS));
                }
            }
        }
    }

    private RedisServer server(Endpoint endpoint, Start start) {
        RedisServer known = servers.get(endpoint);
        if (known != null) {
            return known;
        }
        RedisServer made = new RedisServer(
                address,
                (opener, deadline) -> endpoint,
                endpoint.toString(),
                timeoutNanos,
                writer,
                (connection, deadline) -> warmup.ask(connection, slot -> owns(endpoint, slot), deadline),
                listener);
        RedisServer other = servers.putIfAbsent(endpoint, made);
        if (other != null) {
            return other;
        }
        start.start(made);
        return made;
    }

    private boolean owns(Endpoint endpoint, int slot) {
        RedisServer owner = owners.get(slot);
        return owner != null && owner == servers.get(endpoint);
    }

    @FunctionalInterface
    private interface Start {
        void start(RedisServer server);
    }

    private boolean isSettled() {
        for (RedisServer server : servers.values()) {
            if (!server.combiner().isConnected()) {
                return false;
            }
        }
        return !servers.isEmpty();
    }

    private void refresh(Start start, int waitMillis) {
        try {
            List<?> ranges = ranges(waitMillis);
            Set<Endpoint> now = new HashSet<>();
            @Nullable Endpoint[] bySlot = new @Nullable Endpoint[Slot.COUNT];
            for (Object range : ranges) {
                if (range instanceof List<?> numbers
                        && numbers.size() >= 3
                        && numbers.get(0) instanceof Long first
                        && numbers.get(1) instanceof Long last
                        && numbers.get(2) instanceof List<?> primary) {
                    Endpoint endpoint = endpoint(primary);
                    now.add(endpoint);
                    for (int slot = first.intValue(); slot <= last.intValue() && slot < Slot.COUNT; slot++) {
                        bySlot[slot] = endpoint;
                    }
                }
            }
            own(bySlot, now, start);
        } catch (RuntimeException e) {
            // Also what a server says that is no cluster. The next turn comes.
            told(e);
        }
    }

    private void own(@Nullable Endpoint[] bySlot, Set<Endpoint> now, Start start) {
        Set<RedisServer> fresh = new LinkedHashSet<>();
        for (int slot = 0; slot < Slot.COUNT; slot++) {
            Endpoint owner = bySlot[slot];
            owners.set(slot, owner == null ? null : server(owner, fresh::add));
        }
        // What a new server owns is known by now, which its first question asks about.
        fresh.forEach(start::start);
        servers.forEach((endpoint, server) -> {
            if (!now.contains(endpoint) && servers.remove(endpoint, server)) {
                server.close();
            }
        });
        if (!now.equals(primaries)) {
            primaries = now;
            LOG.log(
                    Level.INFO,
                    "The Redis cluster at {0} has its slots at {1}.",
                    address,
                    now.stream().map(Endpoint::toString).sorted().collect(Collectors.joining(", ")));
        }
    }

    private void told(RuntimeException e) {
        boolean isFirst = primaries.isEmpty() && turns == 0;
        LOG.log(
                isFirst ? Level.WARNING : Level.DEBUG,
                "The Redis cluster at {0} does not say who owns its slots ({1}). Until it does, requests are decided as"
                        + " on-store-failure says, or by the servers that are known.",
                address,
                e.getMessage());
    }

    /** From whoever answers first; each is waited for so long. */
    private List<?> ranges(int waitMillis) {
        for (RedisServer server : servers.values()) {
            if (server.combiner().isConnected()) {
                try {
                    CommandCall call =
                            CommandCall.of("CLUSTER", List.of(ascii("SLOTS")), deadline(waitMillis), Slot.ANY);
                    server.combiner().ask(call);
                    return requireRanges(call.reply());
                } catch (RedisFailure e) {
                    LOG.log(Level.DEBUG, "a server of the cluster does not say who owns its slots", e);
                }
            }
        }
        Set<Endpoint> endpoints = new LinkedHashSet<>(address.endpoints());
        endpoints.addAll(servers.keySet());
        RedisFailure last = new RedisFailure("no server");
        for (Endpoint endpoint : endpoints) {
            try (RedisConnection connection =
                    RedisConnection.open(endpoint, address, deadline(waitMillis), opening -> {})) {
                RedisCommand question = RedisCommand.of("CLUSTER", List.of(ascii("SLOTS")));
                return requireRanges(
                        connection.ask(List.of(question), deadline(waitMillis)).get(0));
            } catch (RedisFailure e) {
                last = new RedisFailure(endpoint + ": " + e.getMessage(), e);
            }
        }
        throw last;
    }

    private static List<?> requireRanges(@Nullable Object reply) {
        if (reply instanceof RedisFailure failure) {
            throw failure;
        }
        if (reply instanceof List<?> ranges && !ranges.isEmpty()) {
            return ranges;
        }
        throw new RedisFailure("it has no slots: see CLUSTER INFO there");
    }

    private static Endpoint endpoint(List<?> server) {
        if (server.size() >= 2 && server.get(0) instanceof byte[] host && server.get(1) instanceof Long port) {
            return new Endpoint(new String(host, UTF_8), port.intValue());
        }
        throw new RedisFailure("a server of the cluster has no address: set cluster-announce-ip there");
    }

    private static Deadline deadline(int millis) {
        return Deadline.in(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }

    @Override
    public Collection<RedisServer> all() {
        return servers.values();
    }

    @Override
    public void close() {
        refreshes.shutdownNow();
        try {
            boolean unused = refreshes.awaitTermination(CLOSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        servers.values().forEach(RedisServer::close);
    }
}
