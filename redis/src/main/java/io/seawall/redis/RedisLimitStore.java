package io.seawall.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.seawall.metrics.MetricRegistry;
import io.seawall.ratelimit.Claim;
import io.seawall.ratelimit.ClientHash;
import io.seawall.ratelimit.Decision;
import io.seawall.ratelimit.LimitStore;
import io.seawall.ratelimit.Overrides;
import io.seawall.ratelimit.OverridesInForce;
import io.seawall.ratelimit.QuotaPolicies;
import io.seawall.ratelimit.StoreUnavailableException;
import io.seawall.redis.RedisAddress.Topology;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers in Redis, 6.2 or newer, so that all nodes together hold a client to its limits. All limits of a request are
 * decided by one script call, on the clock of Redis.
 *
 * <p>All threads share two connections: whoever finds one free asks for all who wait. What Redis has refused is refused here
 * until the instant that Redis gave.
 *
 * <p>Redis may be away, at the start and at any time: decisions throw {@link StoreUnavailableException}, those that have asked when
 * their time-out comes and not later, all others at once, until a thread in the background has a connection again that
 * answers. Thread-safe.
 *
 * <p>Keys are {@code prefix:policies:{client}:limit:window}, without a name of the limit if it has been given none; the client is a hash of 22 characters, whatever its length, from
 * which a long random name, like an API key, cannot be found; what can be guessed, like an address, can be tried. Every key has a
 * time to live, after which it would say nothing any more; but for {@code prefix:overrides}, which is configuration.
 */
public final class RedisLimitStore implements LimitStore {

    /** How long a decision may take unless said otherwise. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofMillis(25);

    private static final Logger LOG = System.getLogger(RedisLimitStore.class.getName());
    private static final Duration MAX_TIMEOUT = Duration.ofSeconds(10);
    private static final int MAX_PREFIX_LENGTH = 64;

    /** At the start classes are loaded and names are looked up: that may take longer than later. */
    private static final int FIRST_CONNECT_MILLIS = 2000;

    /** Once a second, and what is heard from other nodes must not wait for it. */
    private static final long GIVE_BACK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final String keyPrefix;
    private final long timeoutNanos;
    private volatile Watcher watcher = (nodes, all) -> {};
    private volatile OverridesInForce lastOverrides = OverridesInForce.NONE;

    private final Scripts scripts;
    private final RedisOverrides overrides;
    private final Denials denials = new Denials();
    private final StoreMetrics metrics = new StoreMetrics();
    private final Leases leases;
    private final LongSupplier nanoTime;
    private final List<RedisLimits> bound = new CopyOnWriteArrayList<>();
    private final RedisLimits probe;
    private final boolean isCluster;
    private final OverridesSeen overridesSeen = new OverridesSeen();
    private final BatchWriter writer;
    private final Servers servers;
    private final Pulse pulse;
    private final Heartbeat heartbeat;

    /**
     * A store. Tries for two seconds to connect, and does without if Redis is away.
     *
     * @param address where Redis is
     * @param keyPrefix first part of every key: 1 to 64 of {@code A-Z a-z 0-9 _ - . :}
     * @param timeout how long a decision may take, 1 ms to 10 s
     * @throws IllegalArgumentException if the prefix or the timeout is out of its range
     */
    public RedisLimitStore(RedisAddress address, String keyPrefix, Duration timeout) {
        this(address, keyPrefix, timeout, new Scripts(), System::nanoTime);
    }

    /**
     * A store with a clock that says how long a refusal is remembered here, and a lease is good.
     *
     * @param scripts with which clock Redis decides
     * @param nanoTime monotonic, as {@link System#nanoTime}
     */
    RedisLimitStore(RedisAddress address, String keyPrefix, Duration timeout, Scripts scripts, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.leases = new Leases(nanoTime, this::giveBack);
        this.keyPrefix = requirePrefix(keyPrefix);
        this.timeoutNanos = requireTimeout(timeout).toNanos();
        this.scripts = scripts;
        this.pulse = new Pulse(keyPrefix, scripts.pulse(), nanoTime);
        this.overrides = new RedisOverrides(keyPrefix, commands());
        this.probe = limits(QuotaPolicies.parse("probe", "1000/1s"));
        this.isCluster = address.topology() == Topology.CLUSTER;
        this.writer = new BatchWriter(scripts, isCluster ? null : overrides.key(), overridesSeen, metrics);
        this.servers = servers(address);
        if (isCluster) {
            // The scripts do not read the overrides there, so they must be known before the first decision.
            pulseIfHeard();
        }
        this.heartbeat = new Heartbeat(servers, this::pulse);
    }

    private Servers servers(RedisAddress address) {
        if (isCluster) {
            return new ClusterServers(address, timeoutNanos, FIRST_CONNECT_MILLIS, writer, this::warmUp);
        }
        boolean isSentinel = address.topology() == Topology.SENTINEL;
        RedisServer server = new RedisServer(
                address,
                isSentinel
                        ? new Sentinels(address)
                        : (opener, deadline) -> address.endpoints().get(0),
                address.toString(),
                timeoutNanos,
                writer,
                (connection, deadline) -> warmUp(connection, slot -> true, deadline));
        server.start(FIRST_CONNECT_MILLIS);
        return new SoleServer(server);
    }

    /**
     * Checks a key prefix.
     *
     * @param prefix first part of every key
     * @return the prefix
     * @throws IllegalArgumentException if it is not 1 to 64 of {@code A-Z a-z 0-9 _ - . :}
     */
    public static String requirePrefix(String prefix) {
        boolean allowed = prefix.chars()
                .allMatch(c -> (c >= 'a' && c <= 'z')
                        || (c >= 'A' && c <= 'Z')
                        || (c >= '0' && c <= '9')
                        || "_-.:".indexOf(c) >= 0);
        if (!allowed || prefix.isEmpty() || prefix.length() > MAX_PREFIX_LENGTH) {
            throw new IllegalArgumentException(
                    "'" + prefix + "' is no key prefix: use 1 to 64 letters, digits, '_', '-', '.' or ':'");
        }
        return prefix;
    }

    /**
     * Checks a timeout.
     *
     * @param timeout how long a wait may take
     * @return the timeout
     * @throws IllegalArgumentException if it is not 1 ms to 10 s
     */
    public static Duration requireTimeout(Duration timeout) {
        if (timeout.toMillis() < 1 || timeout.compareTo(MAX_TIMEOUT) > 0) {
            throw new IllegalArgumentException(
                    "a timeout of " + timeout.toMillis() + "ms is not allowed: use 1ms to 10s");
        }
        return timeout;
    }

    @Override
    public BoundLimits bind(QuotaPolicies policies) {
        RedisLimits limits = limits(policies);
        bound.add(limits);
        return limits;
    }

    private RedisLimits limits(QuotaPolicies policies) {
        return new RedisLimits(this, keyPrefix, policies, denials.ofSet(policies.lease() > 0), leases.ofSet());
    }

    @Override
    public Decision decide(List<Claim> claims) {
        for (int i = 0; i < claims.size(); i++) {
            requireBound(claims.get(i).limits());
        }
        Decision leased = leases.take(claims);
        if (leased != null) {
            metrics.byLease.increment();
            return leased;
        }
        long sentNanos = nanoTime.getAsLong();
        Decision known = denials.find(claims, sentNanos);
        if (known != null) {
            metrics.byRefusal.increment();
            return known;
        }
        if (isCluster && claims.size() > 1) {
            return decideEach(claims, inForce(claims));
        }
        Leases.Ask lease = leases.ask(claims, sentNanos);
        Decision decision = lease == null
                ? ask(inForce(claims), deadline(), 1, List.of()).decision()
                : ask(claims, lease, sentNanos);
        if (decision instanceof Decision.Denied denied) {
            denials.remember(claims, denied, sentNanos, nanoTime.getAsLong());
        }
        return decision;
    }

    /**
     * Claims of several clients are in several slots of a cluster, on several servers: one after another is asked, and if one is
     * refused, what the others have granted is given back. They have no leases.
     */
    private Decision decideEach(List<Claim> claims, List<Claim> inForce) {
        Deadline deadline = deadline();
        List<Decision> decisions = new ArrayList<>(claims.size());
        boolean isAllowed = false;
        try {
            for (int i = 0; i < claims.size(); i++) {
                long sentNanos = nanoTime.getAsLong();
                Decision decision =
                        ask(inForce.subList(i, i + 1), deadline, 1, List.of()).decision();
                if (decision instanceof Decision.Denied denied) {
                    denials.remember(claims.subList(i, i + 1), denied, sentNanos, nanoTime.getAsLong());
                }
                decisions.add(decision);
            }
            Decision together = DecisionsTogether.of(claims, decisions);
            isAllowed = together.allowed();
            return together;
        } finally {
            if (!isAllowed) {
                giveBack(claims, decisions);
            }
        }
    }

    private void giveBack(List<Claim> claims, List<Decision> decisions) {
        for (int i = 0; i < decisions.size(); i++) {
            if (decisions.get(i) instanceof Decision.Allowed granted) {
                try {
                    refund(claims.subList(i, i + 1), granted);
                } catch (StoreUnavailableException e) {
                    LOG.log(Level.DEBUG, "Permits of a refused request stay charged: {0}", e.getMessage());
                }
            }
        }
    }

    private Decision ask(List<Claim> claims, Leases.Ask lease, long sentNanos) {
        boolean answered = false;
        try {
            DecisionCall call = ask(inForce(claims), deadline(), lease.times(), lease.giveBacks());
            answered = true;
            lease.answered(call, sentNanos);
            return call.decision();
        } finally {
            lease.ended(answered);
        }
    }

    private DecisionCall ask(List<Claim> inForce, Deadline deadline, int times, List<GiveBack> giveBacks) {
        List<byte[]> keys = DecisionCall.keys(inForce);
        long askedNanos = nanoTime.getAsLong();
        DecisionCall answered = ask(
                slotOf(keys.get(0)),
                slot -> new DecisionCall(inForce, keys, deadline, slot, times, giveBacks),
                "Redis did not decide");
        metrics.duration.record(nanoTime.getAsLong() - askedNanos);
        return answered;
    }

    /** On a cluster, where the scripts do not read the overrides, as this node has last heard of them. */
    private List<Claim> inForce(List<Claim> claims) {
        OverridesInForce known = lastOverrides;
        if (!isCluster || known.isEmpty()) {
            return claims;
        }
        List<Claim> inForce = new ArrayList<>(claims.size());
        for (Claim claim : claims) {
            RedisLimits limits = requireBound(claim.limits()).inForce(known, ClientHash.of(claim.client()));
            inForce.add(new Claim(limits, claim.client(), claim.cost()));
        }
        return inForce;
    }

    @Override
    public void refund(List<Claim> claims, Decision.Allowed decision) {
        if (isCluster && claims.size() > 1) {
            for (int i = 0; i < claims.size(); i++) {
                refund(claims.subList(i, i + 1), decision);
            }
            return;
        }
        List<GiveBack.Share> shares = new ArrayList<>(claims.size());
        for (Claim claim : claims) {
            String client = claim.client();
            shares.add(new GiveBack.Share(
                    requireBound(claim.limits()), ClientHash.bounded(client), ClientHash.of(client), claim.cost()));
        }
        try {
            GiveBack giveBack = giveBack(shares, decision);
            if (!giveBack.isEmpty()) {
                Deadline deadline = deadline();
                ask(giveBack.slot(), slot -> giveBack.call(deadline, slot), "Redis did not give back");
            }
        } finally {
            leases.refunded(claims);
            shares.forEach(share -> share.set().denials().refunded(nanoTime.getAsLong()));
        }
    }

    private GiveBack giveBack(List<GiveBack.Share> shares, Decision.Allowed decision) {
        List<byte[]> keys = new ArrayList<>();
        RedisLimits.RefundArguments arguments = new RedisLimits.RefundArguments();
        for (GiveBack.Share share : shares) {
            RedisLimits limits = isCluster ? share.set().inForce(lastOverrides, share.hash()) : share.set();
            limits.addRefund(keys, arguments, share.hash(), share.permits(), decision);
        }
        if (!keys.isEmpty()) {
            keys.add(0, isCluster ? keys.get(0) : overrides.key());
        }
        Script script = scripts.refund(Scripts.Needs.ofAll(
                        shares.stream().map(share -> share.set().needs()).toList())
                .algorithms());
        Slot slot = isCluster ? Slot.of(shares.get(0).hash()) : Slot.ANY;
        return new GiveBack(
                shares, decision, slot, new ScriptCall(script, keys, arguments.toList(decision.atMicros())));
    }

    /**
     * Gives back what leases have left over, each once, as long as there is time; what then is left, later.
     *
     * @param deadline until when to begin
     */
    void giveBackLeftOvers(Deadline deadline) {
        leases.dropIdle();
        while (deadline.leftNanos() > 0 && servers.isConnected(slotOf(pulse.key()))) {
            GiveBack leftOver = leases.nextLeftOver();
            if (leftOver == null) {
                return;
            }
            Deadline own = deadline();
            try {
                servers.ask(leftOver.slot(), slot -> leftOver.call(own, slot));
                leftOver.forgetDenials();
            } catch (RedisFailure e) {
                LOG.log(Level.DEBUG, "Permits that were not used stay charged: {0}", e.getMessage());
            }
        }
    }

    @Override
    public void reset(BoundLimits limits, String client) {
        RedisLimits ofRedis = requireBound(limits);
        List<byte[]> keys = new ArrayList<>();
        ofRedis.addKeys(keys, client);
        try {
            carryOut(slotOf(keys.get(0)), "DEL", keys);
        } finally {
            leases.reset(ofRedis, client);
            forgetAll();
        }
    }

    @Override
    public Overrides overrides() {
        return overrides;
    }

    @Override
    public void register(MetricRegistry registry) {
        metrics.register(registry, this::isAvailable);
    }

    /** A cluster is not available without each of its servers: what it has not, it does not decide. */
    @Override
    public boolean isAvailable() {
        Collection<RedisServer> all = servers.all();
        return !all.isEmpty()
                && all.stream().allMatch(server -> server.combiner().isConnected());
    }

    @Override
    public void watch(Watcher newWatcher) {
        watcher = newWatcher;
    }

    @Override
    public void close() {
        leases.endAll();
        giveBackLeftOvers(deadline());
        heartbeat.close();
        servers.close();
    }

    private void pulseIfHeard() {
        try {
            pulse();
        } catch (StoreUnavailableException e) {
            LOG.log(Level.DEBUG, "Redis did not answer this node's first pulse: {0}", e.getMessage());
        }
    }

    /** Says that this node lives, and hears what was changed since: within a second, what was remembered before is forgotten. */
    private void pulse() {
        Slot slot = slotOf(pulse.key());
        if (!servers.isConnected(slot)) {
            return;
        }
        Deadline deadline = deadline();
        boolean heard = false;
        try {
            CommandCall call =
                    ask(slot, at -> CommandCall.of(pulse.question(), deadline, at), "Redis did not hear this node");
            heard = pulse.hear(call.reply(), this::hearChange);
        } finally {
            denials.setTrusted(heard);
            denials.dropOld(bound, nanoTime.getAsLong());
            watcher.seen(pulse.nodes(), lastOverrides.list());
        }
        if (heard) {
            giveBackLeftOvers(Deadline.in(GIVE_BACK_NANOS));
        }
    }

    private void hearChange() {
        try {
            hearOverrides();
        } finally {
            forgetAll();
        }
    }

    private void hearOverrides() {
        lastOverrides = OverridesInForce.of(overrides.list());
        overridesSeen.areThere(!lastOverrides.isEmpty());
    }

    private RedisLimits requireBound(BoundLimits limits) {
        if (limits instanceof RedisLimits ofRedis && ofRedis.isOf(this)) {
            return ofRedis;
        }
        throw new IllegalArgumentException(
                "the limits of '" + limits.policies().name() + "' are bound to another store");
    }

    /** Decides for nobody: what answers this would answer a request, with the same commands, rights and memory. */
    private void warmUp(RedisConnection connection, IntPredicate isOwned, Deadline deadline) {
        for (int i = 0; i < Slot.COUNT; i++) {
            Claim claim = new Claim(probe, "probe" + i, 1);
            Slot slot = slotOf(claim);
            if (isOwned.test(slot.number())) {
                DecisionCall nobody = new DecisionCall(List.of(claim), deadline, slot);
                Lane.askOn(connection, List.of(writer.batch(List.of(nobody))), deadline);
                nobody.requireAnswer();
                return;
            }
        }
        throw new RedisFailure("it owns no slots");
    }

    private RedisOverrides.Commands commands() {
        return new RedisOverrides.Commands() {
            @Override
            public @Nullable Object send(String command, List<byte[]> arguments) {
                return RedisLimitStore.this.send(slotOf(overrides.key()), command, arguments);
            }

            @Override
            public @Nullable Object change(String command, List<byte[]> arguments) {
                Object reply = RedisLimitStore.this.change(slotOf(overrides.key()), command, arguments);
                if (isCluster) {
                    hearOverrides();
                }
                return reply;
            }
        };
    }

    /** Whatever becomes of a change: what was known before it is not known any more, and nor is what was asked meanwhile. */
    private @Nullable Object change(Slot slot, String command, List<byte[]> arguments) {
        try {
            return carryOut(slot, command, arguments);
        } finally {
            forgetAll();
        }
    }

    private void forgetAll() {
        denials.forgetAll(nanoTime.getAsLong());
        leases.endAll();
    }

    /** Changes limits or counts otherwise than time would, and then says so to all nodes. */
    private @Nullable Object carryOut(Slot slot, String command, List<byte[]> arguments) {
        Object reply = send(slot, command, arguments);
        send(slotOf(pulse.key()), "SET", pulse.ofChange());
        return reply;
    }

    private @Nullable Object send(Slot slot, String command, List<byte[]> arguments) {
        Deadline deadline = deadline(); // also of who is sent on to another server
        return ask(slot, at -> CommandCall.of(command, arguments, deadline, at), "Redis did not carry out " + command)
                .reply();
    }

    private <C extends Call> C ask(Slot slot, Function<Slot, C> call, String failed) {
        if (!servers.isConnected(slot)) {
            metrics.away.increment();
            throw new StoreUnavailableException("Redis is away", null);
        }
        try {
            return servers.ask(slot, call);
        } catch (RedisFailure e) {
            metrics.unanswered.increment();
            throw new StoreUnavailableException(failed + ": " + e.getMessage(), e);
        }
    }

    private Slot slotOf(Claim claim) {
        return isCluster ? Slot.of(ClientHash.of(claim.client())) : Slot.ANY;
    }

    private Slot slotOf(byte[] key) {
        return isCluster ? Slot.of(new String(key, US_ASCII)) : Slot.ANY;
    }

    private Deadline deadline() {
        return Deadline.in(timeoutNanos);
    }
}
