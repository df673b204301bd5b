package io.seawall.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.seawall.ratelimit.Ban;
import io.seawall.ratelimit.Claim;
import io.seawall.ratelimit.Decision;
import io.seawall.ratelimit.QuotaPolicy;
import io.seawall.ratelimit.QuotaStatus;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Reads what {@code acquire.lua} replies, whose head says what that is, request by request. */
final class Reply {

    private static final long BANNED = 2;

    /** A limit refuses, and with that a ban begins. */
    private static final long BANS = 3;

    /** In place of whether there are overrides: there are, and this script does not read them. */
    private static final long ASK_IN_FULL = 2;

    /** With this our scripts begin what they say of what is not ours. */
    private static final String FOREIGN = "FOREIGN ";

    private final List<?> reply;
    private final long now;
    private final boolean hasOverrides;
    private int at;

    Reply(List<?> reply) {
        this.reply = reply;
        this.now = number();
        this.hasOverrides = number() == 1;
    }

    /** Whether nothing was decided, since it takes the script that reads overrides. */
    static boolean isToBeAskedInFull(List<?> reply) {
        return reply.size() == 2 && reply.get(1).equals(ASK_IN_FULL);
    }

    boolean hasOverrides() {
        return hasOverrides;
    }

    /** Answers those who have asked the same: the first ones are granted, and only then what some of them ask beside. */
    void next(List<DecisionCall> request) {
        if (reply.get(at) instanceof byte[] text) {
            at++;
            String message = new String(text, UTF_8);
            RedisFailure failure =
                    new RedisFailure(message.startsWith(FOREIGN) ? message.substring(FOREIGN.length()) : message);
            request.forEach(call -> call.failed(failure));
            return;
        }
        int granted = (int) number();
        boolean all = granted == DecisionBatch.times(request);
        long refusedBy = all ? 0 : number();
        long wait = all ? 0 : micros(number());
        List<Ban> bans =
                refusedBy == BANS ? bans(request.get(0).claims()) : List.of(); // those who can be banned ask alone
        List<Grants.Limit> limits = limits(request.get(0).claims());
        Grants grants = new Grants(limits, granted, now);
        int spare = request.size();
        for (int i = 0; i < request.size(); i++) {
            DecisionCall call = request.get(i);
            if (i < granted) {
                int beside = Math.max(0, Math.min(call.times() - 1, granted - spare));
                call.granted(grants, i, spare, beside);
                spare += beside;
            } else {
                call.denied(denied(limits, wait, refusedBy == BANNED, bans));
            }
        }
    }

    private List<Ban> bans(List<Claim> claims) {
        List<Ban> bans = new ArrayList<>(1);
        for (Claim claim : claims) {
            long micros = number();
            if (micros > 0) {
                bans.add(new Ban(
                        claim.limits().policies().name(), claim.client(), Duration.of(micros, ChronoUnit.MICROS)));
            }
        }
        return bans;
    }

    private List<Grants.Limit> limits(List<Claim> claims) {
        List<Grants.Limit> limits = new ArrayList<>(claims.size());
        for (Claim claim : claims) {
            for (QuotaPolicy configured : claim.limits().policies().policies()) {
                boolean shadow = configured.shadow();
                long first = number();
                long remaining = shadow ? 0 : number();
                long retry = shadow ? 0 : micros(number());
                long reset = shadow ? 0 : number();
                long override = hasOverrides ? number() : -1;
                QuotaPolicy policy = override < 0 ? configured : configured.withPermits(override);
                boolean refuses = !shadow && first == 1;
                limits.add(new Grants.Limit(
                        new QuotaStatus(policy, refuses, remaining, retry, reset), first, claim.cost()));
            }
        }
        return limits;
    }

    private Decision denied(List<Grants.Limit> limits, long wait, boolean banned, List<Ban> bans) {
        List<QuotaStatus> quotas = limits.stream()
                .filter(limit -> !limit.policy().shadow())
                .map(Grants.Limit::status)
                .toList();
        return new Decision.Denied(quotas, wait, banned, now, false, bans);
    }

    private long number() {
        return (Long) reply.get(at++);
    }

    private static long micros(long micros) {
        return micros < 0 ? Decision.Denied.NEVER : micros;
    }
}
