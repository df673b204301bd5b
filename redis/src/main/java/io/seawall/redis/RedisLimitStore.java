package io.seawall.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.seawall.ratelimit.Claim;
import io.seawall.ratelimit.Decision;
import io.seawall.ratelimit.LimitOverride;
import io.seawall.ratelimit.LimitStore;
import io.seawall.ratelimit.Overrides;
import io.seawall.ratelimit.QuotaPolicies;
import io.seawall.ratelimit.StoreUnavailableException;
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

    private static final Duration MAX_TIMEOUT = Duration.ofSeconds(10);
    private static final int MAX_PREFIX_LENGTH = 64;

    /** One reads its answer while the next batch is sent on the other. */
    private static final int CONNECTIONS = 2;

    /** A node that is not heard may be one that could not be: Redis was away. */
    private static final long NODES_KEPT_NANOS = TimeUnit.SECONDS.toNanos(6);

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
    private final LongSupplier denialsNanoTime;
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
     * A store with a clock that says how long a refusal is remembered here.
     *
     * @param scripts with which clock Redis decides
     * @param denialsNanoTime monotonic, as {@link System#nanoTime}
     */
    RedisLimitStore(
            RedisAddress address, String keyPrefix, Duration timeout, Scripts scripts, LongSupplier denialsNanoTime) {
        this.denialsNanoTime = denialsNanoTime;
        this.keyPrefix = requirePrefix(keyPrefix);
        this.timeoutNanos = requireTimeout(timeout).toNanos();
        this.scripts = scripts;
        this.changesKey = ascii(keyPrefix + ":changes");
        this.overrides = new RedisOverrides(keyPrefix, commands());
        this.probe = new RedisLimits(this, keyPrefix, QuotaPolicies.parse("probe", "1000/1s"), denials.ofSet());
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
        RedisLimits limits = new RedisLimits(this, keyPrefix, policies, denials.ofSet());
        bound.add(limits);
        return limits;
    }

    @Override
    public Decision decide(List<Claim> claims) {
        for (int i = 0; i < claims.size(); i++) {
            requireBound(claims.get(i).limits());
        }
        long sentNanos = denialsNanoTime.getAsLong();
        Decision known = denials.find(claims, sentNanos);
        if (known != null) {
            return known;
        }
        DecisionCall call = new DecisionCall(claims, deadline());
        ask(call, "Redis did not decide");
        Decision decision = call.decision();
        if (decision instanceof Decision.Denied denied) {
            denials.remember(claims, denied, sentNanos, denialsNanoTime.getAsLong());
        }
        return decision;
    }

    @Override
    public void refund(List<Claim> claims, Decision.Allowed decision) {
        List<byte[]> keys = new ArrayList<>();
        keys.add(overrides.key());
        RedisLimits.RefundArguments arguments = new RedisLimits.RefundArguments();
        for (Claim claim : claims) {
            requireBound(claim.limits()).addRefund(keys, arguments, claim, decision);
        }
        Script script = scripts.refund(needs(claims).algorithms());
        try {
            ask(
                    CommandCall.of(script, keys, arguments.toList(decision.atMicros()), deadline()),
                    "Redis did not give back");
        } finally {
            for (Claim claim : claims) {
                requireBound(claim.limits()).denials().refunded(denialsNanoTime.getAsLong());
            }
        }
    }

    @Override
    public void reset(BoundLimits limits, String client) {
        List<byte[]> keys = new ArrayList<>();
        requireBound(limits).addKeys(keys, client);
        change("DEL", keys, List.of());
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
            denials.dropOld(bound, denialsNanoTime.getAsLong());
            watcher.seen(nodes, lastOverrides);
        }
    }

    /** More at once; fewer only when they have been for a while, since after an outage each is heard one after another. */
    private void hearNodes(int live) {
        long now = denialsNanoTime.getAsLong();
        if (live >= nodes || now - nodesHeardNanos > NODES_KEPT_NANOS) {
            nodes = Math.max(1, live);
            nodesHeardNanos = now;
        }
    }

    private void hearChange(String change) {
        if (!change.equals(lastChange)) {
            denials.forgetAll(denialsNanoTime.getAsLong());
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

    private Scripts.Needs needs(List<Claim> claims) {
        return Scripts.Needs.ofAll(claims.stream()
                .map(claim -> requireBound(claim.limits()).needs())
                .toList());
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
        List<byte[]> allKeys = new ArrayList<>(List.of(changesKey));
        allKeys.addAll(keys);
        List<byte[]> words = new ArrayList<>(List.of(ascii(command)));
        words.addAll(arguments);
        CommandCall call = CommandCall.of(scripts.change(), allKeys, words, deadline());
        try {
            ask(call, "Redis did not carry out " + command);
            return call.reply();
        } finally {
            denials.forgetAll(denialsNanoTime.getAsLong());
        }
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
