package io.seawall.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.seawall.ratelimit.Algorithm;
import io.seawall.ratelimit.Claim;
import io.seawall.ratelimit.Decision;
import io.seawall.ratelimit.LimitStore;
import io.seawall.ratelimit.Overrides;
import io.seawall.ratelimit.QuotaPolicies;
import io.seawall.ratelimit.StoreUnavailableException;
import io.seawall.redis.RedisConnections.RedisFailure;
import io.seawall.redis.RedisConnections.ScriptCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Remembers in Redis, 6.2 or newer, so that all nodes together hold a client to its limits. All limits of a request are
 * decided by one script call, on the clock of Redis.
 *
 * <p>Redis may be away, at the start and at any time: decisions throw {@link StoreUnavailableException}, at once after a
 * few failures in a row, until a background probe finds Redis again. Before that, a decision waits for a connection, and
 * for each step on it (a new one connects, and logs in if there is a password), for the timeout at most. Thread-safe.
 *
 * <p>Keys are {@code prefix:policies:{client}:limit:window}; the client is a hash of 22 characters, whatever its length, from
 * which a long random name, like an API key, cannot be found; what can be guessed, like an address, can be tried. Every key has a
 * time to live, after which it would say nothing any more; but for {@code prefix:overrides}, which is configuration.
 */
public final class RedisLimitStore implements LimitStore {

    /** How long each wait for Redis may take unless said otherwise. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofMillis(25);

    private static final Duration MAX_TIMEOUT = Duration.ofSeconds(10);
    private static final int MAX_PREFIX_LENGTH = 64;

    /** At the start classes are loaded and names are looked up: that may take longer than a decision ever may. */
    private static final int FIRST_CONNECT_MILLIS = 2000;

    private static final int CONNECT_MILLIS = 250;

    /** One limit of one permit a millisecond, as {@code claims.lua} reads it. */
    private static final List<byte[]> PROBE_ARGUMENTS = Stream.of(
                    "1", "1", "0", "0", "0", "0", Algorithm.SLIDING_WINDOW.tag(), "1", "1000", "1", "0")
            .map(RedisLimitStore::ascii)
            .toList();

    private static final Scripts.Needs PROBED = new Scripts.Needs(Set.of(Algorithm.SLIDING_WINDOW), false);

    private final String keyPrefix;
    private final Scripts scripts;
    private final RedisConnections connections;
    private final RedisOverrides overrides;
    private final Availability availability;

    /**
     * A store. Tries to connect, with two seconds for each step, and does without if Redis is away.
     *
     * @param address where Redis is
     * @param keyPrefix first part of every key: 1 to 64 of {@code A-Z a-z 0-9 _ - . :}
     * @param timeout how long one wait for a connection or an answer may take, 1 ms to 10 s
     * @throws IllegalArgumentException if the prefix or the timeout is out of its range
     */
    public RedisLimitStore(RedisAddress address, String keyPrefix, Duration timeout) {
        this(address, keyPrefix, timeout, new Scripts());
    }

    RedisLimitStore(RedisAddress address, String keyPrefix, Duration timeout, Scripts scripts) {
        this.keyPrefix = requirePrefix(keyPrefix);
        this.scripts = scripts;
        this.overrides = new RedisOverrides(keyPrefix, this::send);
        this.connections = new JedisConnections(address, requireTimeout(timeout), JedisConnections.MAX_CONNECTIONS);
        this.availability = new Availability(address, () -> probe(CONNECT_MILLIS));
        try {
            probe(FIRST_CONNECT_MILLIS);
        } catch (RedisFailure e) {
            availability.goDown(e);
        }
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
        return new RedisLimits(this, keyPrefix, policies);
    }

    @Override
    public Decision decide(List<Claim> claims) {
        List<byte[]> keys = new ArrayList<>();
        keys.add(overrides.key());
        List<byte[]> arguments = new ArrayList<>();
        for (Claim claim : claims) {
            limits(claim.limits()).addClaim(keys, arguments, claim);
        }
        return Reply.decision(claims, run(new ScriptCall(scripts.acquire(needs(claims)), keys, arguments)));
    }

    @Override
    public void refund(List<Claim> claims, Decision.Allowed decision) {
        List<byte[]> keys = new ArrayList<>();
        keys.add(overrides.key());
        List<byte[]> arguments = new ArrayList<>();
        arguments.add(ascii(Long.toString(decision.atMicros())));
        for (Claim claim : claims) {
            limits(claim.limits()).addRefund(keys, arguments, claim, decision);
        }
        run(new ScriptCall(scripts.refund(needs(claims).algorithms()), keys, arguments));
    }

    @Override
    public void reset(BoundLimits limits, String client) {
        List<byte[]> keys = new ArrayList<>();
        limits(limits).addKeys(keys, client);
        send("DEL", keys);
    }

    @Override
    public Overrides overrides() {
        return overrides;
    }

    @Override
    public void close() {
        availability.close();
        connections.close();
    }

    private RedisLimits limits(BoundLimits limits) {
        if (limits instanceof RedisLimits ofRedis && ofRedis.isOf(this)) {
            return ofRedis;
        }
        throw new IllegalArgumentException(
                "the limits of '" + limits.policies().name() + "' are bound to another store");
    }

    private Scripts.Needs needs(List<Claim> claims) {
        return claims.size() == 1
                ? limits(claims.get(0).limits()).needs()
                : Scripts.Needs.ofAll(claims.stream()
                        .map(claim -> limits(claim.limits()).needs())
                        .toList());
    }

    /** Decides for nobody: what answers this would answer a request, with the same commands, rights and memory. */
    private void probe(int connectMillis) {
        connections.probe(
                new ScriptCall(
                        scripts.acquire(PROBED),
                        List.of(overrides.key(), ascii(keyPrefix + ":probe:{}:limit:probe")),
                        PROBE_ARGUMENTS),
                connectMillis);
    }

    private List<Long> run(ScriptCall call) {
        return asked("Redis did not decide", () -> connections.run(call));
    }

    private @Nullable Object send(String command, List<byte[]> arguments) {
        return asked("Redis did not carry out " + command, () -> connections.send(command, arguments));
    }

    private <T extends @Nullable Object> T asked(String failed, Supplier<T> question) {
        if (!availability.isUp()) {
            throw new StoreUnavailableException("Redis is away", null);
        }
        try {
            T reply = question.get();
            availability.onSuccess();
            return reply;
        } catch (RedisFailure e) {
            if (e.isOfRedis()) {
                availability.onFailure(e);
            }
            throw new StoreUnavailableException(failed + ": " + e.getMessage(), e);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }
}
