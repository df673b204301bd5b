package io.seawall.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.seawall.ratelimit.Claim;
import io.seawall.ratelimit.ClientHash;
import io.seawall.ratelimit.Decision;
import io.seawall.ratelimit.LimitOverride;
import io.seawall.ratelimit.LimitStore;
import io.seawall.ratelimit.Overrides;
import io.seawall.ratelimit.QuotaPolicies;
import io.seawall.ratelimit.StoreUnavailableException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
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
 * <p>Keys are {@code prefix:policies:{client}:limit:window}; the client is a hash of 22 characters, whatever its length, from
 * which a long random name, like an API key, cannot be found; what can be guessed, like an address, can be tried. Every key has a
 * time to live, after which it would say nothing any more; but for {@code prefix:overrides}, which is configuration.
 */
public final class RedisLimitStore implements LimitStore {

    /** How long a decision may take unless said otherwise. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofMillis(25);

    private static final Logger LOG = System.getLogger(RedisLimitStore.class.getName());
    private static final Duration MAX_TIMEOUT = Duration.ofSeconds(10);
    private static final int MAX_PREFIX_LENGTH = 64;

    /** One reads its answer while the next batch is sent on the other. */
    private static final int CONNECTIONS = 2;

    /** A node that is not heard may be one that could not be: Redis was away. */
    private static final long NODES_KEPT_NANOS = TimeUnit.SECONDS.toNanos(6);

    /** Once a second, and what is heard from other nodes must not wait for it. */
    private static final long GIVE_BACK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    /** Of an application: what its filters decide alone, they decide by one share each. */
    private static final byte[] NODE = ascii(UUID.randomUUID().toString());

    private final String keyPrefix;
    private final byte[] changesKey;
    private final long timeoutNanos;
    private volatile Watcher watcher = (nodes, all) -> {};
    private List<LimitOverride> lastOverrides = List.of();

    // Of the thread of the pulse.
    private String lastChange = "";
    private int nodes = 1;
    private long nodesHeardNanos;
    private final Scripts scripts;
    private final RedisOverrides overrides;
    private final Denials denials = new Denials();
    private final Leases leases;
    private final LongSupplier nanoTime;
    private final List<RedisLimits> bound = new CopyOnWriteArrayList<>();
    private final RedisLimits probe;
    private final Connector connector;
    private final Combiner redis;

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
        this.changesKey = ascii(keyPrefix + ":changes");
        this.overrides = new RedisOverrides(keyPrefix, commands());
        this.probe = limits(QuotaPolicies.parse("probe", "1000/1s"));
        this.connector = new Connector(
                address, CONNECTIONS, timeoutNanos, new BatchWriter(scripts, overrides.key()), this::warmUp);
        this.redis = connector.combiner();
        connector.everySecond(this::pulse);
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
            return leased;
        }
        long sentNanos = nanoTime.getAsLong();
        Decision known = denials.find(claims, sentNanos);
        if (known != null) {
            return known;
        }
        Leases.Ask lease = leases.ask(claims, sentNanos);
        Decision decision = lease == null
                ? ask(new DecisionCall(claims, deadline()))
                : ask(new DecisionCall(claims, deadline(), lease.times(), lease.giveBacks()), lease, sentNanos);
        if (decision instanceof Decision.Denied denied) {
            denials.remember(claims, denied, sentNanos, nanoTime.getAsLong());
        }
        return decision;
    }

    private Decision ask(DecisionCall call, Leases.Ask lease, long sentNanos) {
        boolean answered = false;
        try {
            Decision decision = ask(call);
            answered = true;
            lease.answered(call, sentNanos);
            return decision;
        } finally {
            lease.ended(answered);
        }
    }

    private Decision ask(DecisionCall call) {
        ask(call, "Redis did not decide");
        return call.decision();
    }

    @Override
    public void refund(List<Claim> claims, Decision.Allowed decision) {
        List<GiveBack.Share> shares = new ArrayList<>(claims.size());
        for (Claim claim : claims) {
            String client = claim.client();
            shares.add(new GiveBack.Share(
                    requireBound(claim.limits()), ClientHash.bounded(client), ClientHash.of(client), claim.cost()));
        }
        try {
            ask(giveBack(shares, decision).call(deadline()), "Redis did not give back");
        } finally {
            leases.refunded(claims);
            shares.forEach(share -> share.set().denials().refunded(nanoTime.getAsLong()));
        }
    }

    private GiveBack giveBack(List<GiveBack.Share> shares, Decision.Allowed decision) {
        List<byte[]> keys = new ArrayList<>();
        keys.add(overrides.key());
        RedisLimits.RefundArguments arguments = new RedisLimits.RefundArguments();
        for (GiveBack.Share share : shares) {
            share.set().addRefund(keys, arguments, share.hash(), share.permits(), decision);
        }
        Script script = scripts.refund(Scripts.Needs.ofAll(
                        shares.stream().map(share -> share.set().needs()).toList())
                .algorithms());
        return new GiveBack(shares, decision, script, keys, arguments.toList(decision.atMicros()));
    }

    /**
     * Gives back what leases have left over, each once, as long as there is time; what then is left, later.
     *
     * @param deadline until when to begin
     */
    void giveBackLeftOvers(Deadline deadline) {
        leases.dropIdle();
        while (deadline.leftNanos() > 0 && redis.isConnected()) {
            GiveBack leftOver = leases.nextLeftOver();
            if (leftOver == null) {
                return;
            }
            try {
                redis.ask(leftOver.call(deadline()));
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
            carryOut("DEL", keys, List.of());
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
    public void watch(Watcher newWatcher) {
        watcher = newWatcher;
    }

    @Override
    public void close() {
        leases.endAll();
        giveBackLeftOvers(deadline());
        connector.close();
    }

    /** Says that this node lives, and hears what was changed since: within a second, what was remembered before is forgotten. */
    private void pulse() {
        boolean heard = false;
        try {
            CommandCall call = CommandCall.of(
                    scripts.pulse(), List.of(ascii(keyPrefix + ":nodes"), changesKey), List.of(NODE), deadline());
            redis.ask(call);
            if (call.reply() instanceof List<?> reply && reply.get(0) instanceof Long live) {
                hearNodes(Math.toIntExact(live));
                hearChange(new String((byte[]) reply.get(1), US_ASCII));
                heard = true;
            }
        } finally {
            denials.setTrusted(heard);
            denials.dropOld(bound, nanoTime.getAsLong());
            watcher.seen(nodes, lastOverrides);
        }
        if (heard) {
            giveBackLeftOvers(Deadline.in(GIVE_BACK_NANOS));
        }
    }

    /** More at once; fewer only when they have been for a while, since after an outage each is heard one after another. */
    private void hearNodes(int live) {
        long now = nanoTime.getAsLong();
        if (live >= nodes || now - nodesHeardNanos > NODES_KEPT_NANOS) {
            nodes = Math.max(1, live);
            nodesHeardNanos = now;
        }
    }

    private void hearChange(String change) {
        if (!change.equals(lastChange)) {
            forgetAll();
            lastOverrides = overrides.list();
            lastChange = change;
        }
    }

    private RedisLimits requireBound(BoundLimits limits) {
        if (limits instanceof RedisLimits ofRedis && ofRedis.isOf(this)) {
            return ofRedis;
        }
        throw new IllegalArgumentException(
                "the limits of '" + limits.policies().name() + "' are bound to another store");
    }

    /** Decides for nobody: what answers this would answer a request, with the same commands, rights and memory. */
    private void warmUp(RedisConnection connection, Deadline deadline) {
        DecisionCall nobody = new DecisionCall(List.of(new Claim(probe, "", 1)), deadline);
        Lane.askOn(connection, List.of(new DecisionBatch(scripts, overrides.key(), List.of(nobody))), deadline);
        nobody.requireAnswer();
    }

    private RedisOverrides.Commands commands() {
        return new RedisOverrides.Commands() {
            @Override
            public @Nullable Object send(String command, List<byte[]> arguments) {
                return RedisLimitStore.this.send(command, arguments);
            }

            @Override
            public @Nullable Object change(String command, List<byte[]> keys, List<byte[]> arguments) {
                return RedisLimitStore.this.change(command, keys, arguments);
            }
        };
    }

    /** Whatever becomes of a change: what was known before it is not known any more, and nor is what was asked meanwhile. */
    private @Nullable Object change(String command, List<byte[]> keys, List<byte[]> arguments) {
        try {
            return carryOut(command, keys, arguments);
        } finally {
            forgetAll();
        }
    }

    private void forgetAll() {
        denials.forgetAll(nanoTime.getAsLong());
        leases.endAll();
    }

    private @Nullable Object carryOut(String command, List<byte[]> keys, List<byte[]> arguments) {
        List<byte[]> allKeys = new ArrayList<>(List.of(changesKey));
        allKeys.addAll(keys);
        List<byte[]> words = new ArrayList<>(List.of(ascii(command)));
        words.addAll(arguments);
        CommandCall call = CommandCall.of(scripts.change(), allKeys, words, deadline());
        ask(call, "Redis did not carry out " + command);
        return call.reply();
    }

    private @Nullable Object send(String command, List<byte[]> arguments) {
        CommandCall call = CommandCall.of(command, arguments, deadline());
        ask(call, "Redis did not carry out " + command);
        return call.reply();
    }

    private void ask(Call call, String failed) {
        if (!redis.isConnected()) {
            throw new StoreUnavailableException("Redis is away", null);
        }
        try {
            redis.ask(call);
        } catch (RedisFailure e) {
            throw new StoreUnavailableException(failed + ": " + e.getMessage(), e);
        }
    }

    private Deadline deadline() {
        return Deadline.in(timeoutNanos);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }
}
