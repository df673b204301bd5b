package io.seawall.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.seawall.ratelimit.Claim;
import io.seawall.ratelimit.ClientHash;
import io.seawall.ratelimit.Decision;
import io.seawall.ratelimit.LimitStore.BoundLimits;
import io.seawall.ratelimit.OverridesInForce;
import io.seawall.ratelimit.Penalty;
import io.seawall.ratelimit.QuotaPolicies;
import io.seawall.ratelimit.QuotaPolicy;
import io.seawall.time.DurationText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A set of limits with everything about it put into bytes once: what of the keys and of the arguments of a script is the same for
 * all clients. Thread-safe.
 */
final class RedisLimits implements BoundLimits {

    private static final byte[] ONE = ascii(1);
    private static final List<byte[]> NO_PENALTY = List.of(ascii(0), ascii(0), ascii(0), ascii(0));

    private final RedisLimitStore store;
    private final QuotaPolicies policies;
    private final Scripts.Needs needs;
    private final boolean isOnePlainLimit;
    private final String keyStart;
    private final List<String> keyEnds = new ArrayList<>();
    private final @Nullable String bansKeyEnd;
    private final List<List<byte[]>> limitArguments = new ArrayList<>();
    private final List<byte[]> arguments = new ArrayList<>();
    private final Denials.OfSet denials;
    private final String keyPrefix;
    private volatile Changed changed = new Changed(OverridesInForce.NONE, Map.of());
    private final Leases.OfSet leases;

    RedisLimits(
            RedisLimitStore store,
            String keyPrefix,
            QuotaPolicies policies,
            Denials.OfSet denials,
            Leases.OfSet leases) {
        this.store = store;
        this.keyPrefix = keyPrefix;
        this.policies = policies;
        this.denials = denials;
        this.leases = leases;
        this.needs = Scripts.Needs.of(policies);
        this.isOnePlainLimit =
                policies.policies().size() == 1 && !policies.policies().get(0).shadow() && policies.penalty() == null;
        // No name has a dot, so a tier of one set of limits is never another set.
        String tier = policies.tier() == null ? "" : "." + policies.tier();
        keyStart = keyPrefix + ":" + policies.name() + tier + ":{";
        for (QuotaPolicy policy : policies.policies()) {
            String tag = policy.algorithm().tag();
            // Sixteen bytes of Redis for each client of most limits.
            String name = policy.name().equals(QuotaPolicies.DEFAULT_LIMIT) ? "" : policy.name() + ":";
            keyEnds.add("}:" + name + tag + DurationText.format(policy.window()));
            limitArguments.add(List.of(
                    ascii(tag),
                    ascii(policy.permits()),
                    micros(policy.window()),
                    ascii(policy.burst()),
                    ascii(policy.shadow() ? 1 : 0)));
        }
        Penalty penalty = policies.penalty();
        bansKeyEnd = penalty == null ? null : "}:bans";
        arguments.add(ascii(limitArguments.size()));
        arguments.addAll(
                penalty == null
                        ? NO_PENALTY
                        : List.of(
                                ascii(penalty.refusals()),
                                micros(penalty.within()),
                                micros(penalty.firstBan()),
                                micros(penalty.longestBan())));
        limitArguments.forEach(arguments::addAll);
    }

    @Override
    public QuotaPolicies policies() {
        return policies;
    }

    @Override
    public Decision decide(String client, long cost) {
        return store.decide(List.of(new Claim(this, client, cost)));
    }

    boolean isOf(RedisLimitStore other) {
        return store == other;
    }

    /** These as they hold for a client: the same keys with other permits. The same object each time, as long as nothing changes. */
    RedisLimits inForce(OverridesInForce overrides, String clientHash) {
        QuotaPolicies inForce = overrides.apply(policies, clientHash);
        if (inForce.equals(policies)) {
            return this;
        }
        Changed known = changed;
        if (!known.by.equals(overrides)) {
            known = new Changed(overrides, new ConcurrentHashMap<>());
            changed = known;
        }
        return known.limits.computeIfAbsent(
                inForce, policiesInForce -> new RedisLimits(store, keyPrefix, policiesInForce, denials, leases));
    }

    /** What these limits are by some overrides. */
    private record Changed(OverridesInForce by, Map<QuotaPolicies, RedisLimits> limits) {}

    Scripts.Needs needs() {
        return needs;
    }

    Denials.OfSet denials() {
        return denials;
    }

    Leases.OfSet leases() {
        return leases;
    }

    /** Whether it is one limit that is enforced, and its clients are never banned. */
    boolean isOnePlainLimit() {
        return isOnePlainLimit;
    }

    /** What {@code acquire-one.lua} reads of the only limit: its algorithm, permits, window and burst. */
    List<byte[]> argumentsOfOne() {
        return limitArguments.get(0).subList(0, 4);
    }

    /** Adds what {@code claims.lua} reads of a set of limits. */
    void addTo(List<byte[]> scriptArguments) {
        scriptArguments.addAll(arguments);
    }

    /** All that {@code standing.lua} reads: this set, and one request with one claim on it. */
    List<byte[]> argumentsOfStanding() {
        List<byte[]> all = new ArrayList<>(List.of(ONE));
        all.addAll(arguments);
        all.addAll(List.of(ONE, ONE, ONE, ONE));
        return all;
    }

    /** Adds a set of its own without a penalty, of those limits only that were charged, and the claim on it. */
    void addRefund(List<byte[]> keys, RefundArguments refund, String hash, long permits, Decision.Allowed decision) {
        List<String> allKeys = keys(hash);
        List<byte[]> set = new ArrayList<>();
        int charged = 0;
        for (int i = 0; i < keyEnds.size(); i++) {
            if (decision.hasCharged(policies.policies().get(i))) {
                keys.add(ascii(allKeys.get(i)));
                set.addAll(limitArguments.get(i));
                charged++;
            }
        }
        refund.sets.add(ascii(charged));
        refund.sets.addAll(NO_PENALTY);
        refund.sets.addAll(set);
        refund.count++;
        refund.claims.add(ascii(refund.count));
        refund.claims.add(ascii(permits));
    }

    /** What {@code refund.lua} reads, as it grows. */
    static final class RefundArguments {

        private final List<byte[]> sets = new ArrayList<>();
        private final List<byte[]> claims = new ArrayList<>();
        private int count;

        List<byte[]> toList(long chargedMicros) {
            List<byte[]> all = new ArrayList<>(List.of(ascii(chargedMicros), ascii(count)));
            all.addAll(sets);
            all.add(ONE);
            all.add(ascii(count));
            all.addAll(claims);
            return all;
        }
    }

    /** Adds all keys of a client: of each limit, and of its penalties. */
    void addKeys(List<byte[]> keys, String client) {
        keys(ClientHash.of(client)).forEach(key -> keys.add(ascii(key)));
    }

    private List<String> keys(String hash) {
        String start = keyStart + hash;
        List<String> keys = new ArrayList<>(keyEnds.size() + 1);
        for (String keyEnd : keyEnds) {
            keys.add(start + keyEnd);
        }
        if (bansKeyEnd != null) {
            keys.add(start + bansKeyEnd);
        }
        return keys;
    }

    private static byte[] micros(Duration duration) {
        return ascii(duration.toMillis() * 1000);
    }

    private static byte[] ascii(long number) {
        return ascii(Long.toString(number));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }
}
