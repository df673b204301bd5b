package io.seawall.redis;

import io.seawall.ratelimit.Claim;
import io.seawall.ratelimit.Decision;
import io.seawall.ratelimit.QuotaPolicy;
import io.seawall.ratelimit.QuotaStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads what {@code acquire.lua} replies; its head says what that is. */
final class Reply {

    private static final long TAKEN = 1;
    private static final long BANNED = 2;

    private static final int NUMBERS_OF_ENFORCED = 4;

    /** Of the first limit. Lua counts from 1, and the first key is that of the overrides. */
    private static final int FIRST_KEY = 2;

    private Reply() {}

    static Decision decision(List<Claim> claims, List<Long> reply) {
        Map<Long, Long> overrides = overrides(claims, reply);
        List<QuotaStatus> quotas = new ArrayList<>(claims.size());
        List<QuotaPolicy> shadowRefusals = new ArrayList<>(0);
        long key = FIRST_KEY;
        int at = 3;
        for (Claim claim : claims) {
            for (QuotaPolicy configured : claim.limits().policies().policies()) {
                Long permits = overrides.get(key++);
                QuotaPolicy limit = permits == null ? configured : configured.withPermits(permits);
                boolean refuses = reply.get(at) == 1;
                if (!limit.shadow()) {
                    quotas.add(new QuotaStatus(
                            limit, refuses, reply.get(at + 1), micros(reply.get(at + 2)), reply.get(at + 3)));
                } else if (refuses) {
                    shadowRefusals.add(limit);
                }
                at += numbersOf(limit);
            }
            key += claim.limits().policies().penalty() == null ? 0 : 1;
        }
        long outcome = reply.get(0);
        long now = reply.get(1);
        return outcome == TAKEN
                ? new Decision.Allowed(quotas, shadowRefusals, now, false)
                : new Decision.Denied(quotas, micros(reply.get(2)), outcome == BANNED, now, false);
    }

    /** Permits by the number of the key of their limit. Nearly always there are none. */
    private static Map<Long, Long> overrides(List<Claim> claims, List<Long> reply) {
        int at = 3;
        for (Claim claim : claims) {
            for (QuotaPolicy limit : claim.limits().policies().policies()) {
                at += numbersOf(limit);
            }
        }
        if (at == reply.size()) {
            return Map.of();
        }
        Map<Long, Long> overrides = new HashMap<>();
        for (; at < reply.size(); at += 2) {
            overrides.put(reply.get(at), reply.get(at + 1));
        }
        return overrides;
    }

    private static int numbersOf(QuotaPolicy limit) {
        return limit.shadow() ? 1 : NUMBERS_OF_ENFORCED;
    }

    private static long micros(long micros) {
        return micros < 0 ? Decision.Denied.NEVER : micros;
    }
}
