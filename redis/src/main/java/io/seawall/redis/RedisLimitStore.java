package io.seawall.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.seawall.ratelimit.Algorithm;
import io.seawall.ratelimit.ClientHash;
import io.seawall.ratelimit.Decision;
import io.seawall.ratelimit.LimitStore;
import io.seawall.ratelimit.QuotaPolicies;
import io.seawall.ratelimit.QuotaPolicy;
import io.seawall.ratelimit.QuotaStatus;
import io.seawall.ratelimit.StoreUnavailableException;
import io.seawall.redis.RedisConnections.RedisFailure;
import io.seawall.time.DurationText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Remembers in Redis, 6.2 or newer, so that all nodes together hold a client to its limits. All limits of a request are
 * decided by one script call, on the clock of Redis.
 *
 * <p>Redis may be away, at the start and at any time: decisions throw {@link StoreUnavailableException}, at once after a
 * few failures in a row, until a background probe finds Redis again. Before that, a decision waits for a connection, and
 * for each step on it (a new one connects, and logs in if there is a password), for the timeout at most. Thread-safe.
 *
 * <p>Keys are {@code prefix:policies:{client}:limit:window}; the client is a hash of 22 characters, whatever its length,
 * and nothing of it can be read back. Every key has a time to live of at most a little more than its window.
 */
public final class RedisLimitStore implements LimitStore {

    /** How long each wait for Redis may take unless said otherwise. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofMillis(25);

    private static final Duration MAX_TIMEOUT = Duration.ofSeconds(10);
    private static final int MAX_PREFIX_LENGTH = 64;

    /** At the start classes are loaded and names are looked up: that may take longer than a decision ever may. */
    private static final int FIRST_CONNECT_MILLIS = 2000;

    private static final int CONNECT_MILLIS = 250;

    private final String keyPrefix;
    private final Script script;
    private final RedisConnections connections;
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
        this(address, keyPrefix, timeout, Script.acquire());
    }

    RedisLimitStore(RedisAddress address, String keyPrefix, Duration timeout, Script script) {
        this.keyPrefix = requirePrefix(keyPrefix);
        this.script = script;
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
        return new RedisLimits(policies);
    }

    @Override
    public void close() {
        availability.close();
        connections.close();
    }

    /** Decides for nobody: what answers this would answer a request, with the same commands, rights and memory. */
    private void probe(int connectMillis) {
        connections.probe(
                script,
                List.of(ascii(keyPrefix + ":probe")),
                List.of(ascii("1"), ascii(Algorithm.SLIDING_WINDOW.tag()), ascii("1"), ascii("1000")),
                connectMillis);
    }

    private List<Long> run(List<byte[]> keys, List<byte[]> arguments) {
        if (!availability.isUp()) {
            throw new StoreUnavailableException("Redis is away", null);
        }
        try {
            List<Long> reply = connections.run(script, keys, arguments);
            availability.onSuccess();
            return reply;
        } catch (RedisFailure e) {
            if (e.isOfRedis()) {
                availability.onFailure(e);
            }
            throw new StoreUnavailableException("Redis did not decide: " + e.getMessage(), e);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }

    /** A set of limits with everything about it put into bytes once. */
    private final class RedisLimits implements BoundLimits {

        private final QuotaPolicies policies;
        private final String keyStart;
        private final List<String> keyEnds = new ArrayList<>();
        private final List<byte[]> limitArguments = new ArrayList<>();

        RedisLimits(QuotaPolicies policies) {
            this.policies = policies;
            this.keyStart = keyPrefix + ":" + policies.name() + ":{";
            for (QuotaPolicy policy : policies.policies()) {
                String tag = policy.algorithm().tag();
                keyEnds.add("}:" + policy.name() + ":" + tag + DurationText.format(policy.window()));
                limitArguments.add(ascii(tag));
                limitArguments.add(ascii(Long.toString(policy.permits())));
                limitArguments.add(ascii(Long.toString(policy.window().toMillis() * 1000)));
            }
        }

        @Override
        public Decision tryAcquire(String client, long cost) {
            policies.requireSatisfiable(cost);
            String clientHash = ClientHash.of(client);
            List<byte[]> keys = new ArrayList<>(keyEnds.size());
            for (String keyEnd : keyEnds) {
                keys.add(ascii(keyStart + clientHash + keyEnd));
            }
            List<byte[]> arguments = new ArrayList<>(1 + limitArguments.size());
            arguments.add(ascii(Long.toString(cost)));
            arguments.addAll(limitArguments);
            List<Long> reply = run(keys, arguments);
            if (reply.get(0) < 0) {
                throw new StoreUnavailableException(
                        "the Redis key " + new String(keys.get(Math.toIntExact(-reply.get(0)) - 1), US_ASCII)
                                + " holds something that is not Seawall's: delete it, or choose another key prefix",
                        null);
            }
            return decision(reply);
        }

        /** Reads the reply of {@code acquire.lua}. */
        private Decision decision(List<Long> reply) {
            List<QuotaStatus> quotas = new ArrayList<>();
            List<QuotaPolicy> violated = new ArrayList<>();
            int at = 2;
            for (QuotaPolicy policy : policies.policies()) {
                if (reply.get(at) > 0) {
                    violated.add(policy);
                }
                quotas.add(new QuotaStatus(policy, reply.get(at + 1), reply.get(at + 2), reply.get(at + 3)));
                at += 4;
            }
            return reply.get(0) == 1
                    ? new Decision.Allowed(quotas)
                    : new Decision.Denied(quotas, violated, reply.get(1));
        }
    }
}
