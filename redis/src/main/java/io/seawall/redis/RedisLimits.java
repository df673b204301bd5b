package io.seawall.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.seawall.ratelimit.Claim;
import io.seawall.ratelimit.ClientHash;
import io.seawall.ratelimit.Decision;
import io.seawall.ratelimit.LimitStore.BoundLimits;
import io.seawall.ratelimit.Penalty;
import io.seawall.ratelimit.QuotaPolicies;
import io.seawall.ratelimit.QuotaPolicy;
import io.seawall.time.DurationText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A set of limits with everything about it put into bytes once: what of the keys and of the arguments of a script is the same for
 * all clients. Thread-safe.
 */
final class RedisLimits implements BoundLimits {

    private static final byte[] NO_PENALTY = ascii("0");

    private final RedisLimitStore store;
    private final QuotaPolicies policies;
    private final Scripts.Needs needs;
    private final String keyStart;
    private final List<String> keyEnds = new ArrayList<>();
    private final @Nullable String bansKeyEnd;
    private final List<byte[]> penaltyArguments = new ArrayList<>();
    private final List<List<byte[]>> limitArguments = new ArrayList<>();

    RedisLimits(RedisLimitStore store, String keyPrefix, QuotaPolicies policies) {
        this.store = store;
        this.policies = policies;
        this.needs = Scripts.Needs.of(policies);
        // No name has a dot, so a tier of one set of limits is never another set.
        String tier = policies.tier() == null ? "" : "." + policies.tier();
        keyStart = keyPrefix + ":" + policies.name() + tier + ":{";
        for (QuotaPolicy policy : policies.policies()) {
            String tag = policy.algorithm().tag();
            keyEnds.add("}:" + policy.name() + ":" + tag + DurationText.format(policy.window()));
            limitArguments.add(List.of(
                    ascii(tag),
                    ascii(policy.permits()),
                    micros(policy.window()),
                    ascii(policy.burst()),
                    ascii(policy.shadow() ? 1 : 0)));
        }
        Penalty penalty = policies.penalty();
        bansKeyEnd = penalty == null ? null : "}:bans";
        if (penalty != null) {
            penaltyArguments.add(ascii(penalty.refusals()));
            penaltyArguments.add(micros(penalty.within()));
            penaltyArguments.add(micros(penalty.firstBan()));
            penaltyArguments.add(micros(penalty.longestBan()));
        } else {
            penaltyArguments.addAll(List.of(NO_PENALTY, NO_PENALTY, NO_PENALTY, NO_PENALTY));
        }
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

    Scripts.Needs needs() {
        return needs;
    }

    /** Adds what {@code claims.lua} reads. */
    void addClaim(List<byte[]> keys, List<byte[]> arguments, Claim claim) {
        addKeys(keys, claim.client());
        arguments.add(ascii(claim.cost()));
        arguments.add(ascii(limitArguments.size()));
        arguments.addAll(penaltyArguments);
        limitArguments.forEach(arguments::addAll);
    }

    /** The same without a penalty, and with those limits only that were charged. */
    void addRefund(List<byte[]> keys, List<byte[]> arguments, Claim claim, Decision.Allowed decision) {
        List<String> allKeys = keys(claim.client());
        List<byte[]> ofLimits = new ArrayList<>();
        int charged = 0;
        for (int i = 0; i < keyEnds.size(); i++) {
            if (decision.hasCharged(policies.policies().get(i))) {
                keys.add(ascii(allKeys.get(i)));
                ofLimits.addAll(limitArguments.get(i));
                charged++;
            }
        }
        arguments.add(ascii(claim.cost()));
        arguments.add(ascii(charged));
        arguments.addAll(List.of(NO_PENALTY, NO_PENALTY, NO_PENALTY, NO_PENALTY));
        arguments.addAll(ofLimits);
    }

    /** Adds all keys of a client: of each limit, and of its penalties. */
    void addKeys(List<byte[]> keys, String client) {
        keys(client).forEach(key -> keys.add(ascii(key)));
    }

    private List<String> keys(String client) {
        String start = keyStart + ClientHash.of(client);
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
