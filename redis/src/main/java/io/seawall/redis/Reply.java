package io.seawall.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.seawall.ratelimit.Algorithm;
import io.seawall.ratelimit.Claim;
import io.seawall.ratelimit.Decision;
import io.seawall.ratelimit.QuotaPolicy;
import io.seawall.ratelimit.QuotaStatus;
import java.util.ArrayList;
import java.util.List;

/** Reads what {@code acquire.lua} replies, whose head says what that is, request by request. */
final class Reply {

    private static final long BANNED = 2;

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

    /** Answers those who have asked the same: the first ones are granted. */
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
        boolean all = granted == request.size();
        boolean banned = !all && number() == BANNED;
        long wait = all ? 0 : micros(number());
        List<Limit> limits = limits(request.get(0).claims());
        for (int i = 0; i < request.size(); i++) {
            DecisionCall call = request.get(i);
            call.decided(i < granted ? allowed(limits, i, granted) : denied(limits, wait, banned));
        }
    }

    /** What the script says of a limit: a status, and of one in shadow how many it grants. */
    private record Limit(QuotaStatus status, long grants, long cost) {

        QuotaPolicy policy() {
            return status.policy();
        }
    }

    private List<Limit> limits(List<Claim> claims) {
        List<Limit> limits = new ArrayList<>(claims.size());
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
                limits.add(new Limit(new QuotaStatus(policy, refuses, remaining, retry, reset), first, claim.cost()));
            }
        }
        return limits;
    }

    /** The one with this number of those who were granted together: at its turn, those after it had not taken anything yet. */
    private Decision allowed(List<Limit> limits, int number, int granted) {
        List<QuotaStatus> quotas = new ArrayList<>(limits.size());
        List<QuotaPolicy> shadowRefusals = new ArrayList<>(0);
        long later = granted - 1L - number;
        for (Limit limit : limits) {
            if (!limit.policy().shadow()) {
                quotas.add(later == 0 ? granted(limit.status) : before(limit.status, later * limit.cost));
            } else if (number >= limit.grants) {
                shadowRefusals.add(limit.policy());
            }
        }
        return new Decision.Allowed(quotas, shadowRefusals, now, false);
    }

    /** The last one that was granted, also if the next was refused. */
    private static QuotaStatus granted(QuotaStatus status) {
        return status.refused()
                ? new QuotaStatus(
                        status.policy(), false, status.remaining(), status.nextPermitMicros(), status.resetMicros())
                : status;
    }

    /** What it was before so many permits were taken, but for what happened long ago. */
    static QuotaStatus before(QuotaStatus status, long taken) {
        QuotaPolicy policy = status.policy();
        // What is taken from a bucket flows off one after another; elsewhere all of it leaves together.
        long flow = policy.algorithm() != Algorithm.TOKEN_BUCKET
                ? 0
                : (long) ((double) taken * policy.window().toMillis() * 1000 / policy.permits()); // beyond a long
        long reset = Math.max(0, status.resetMicros() - flow);
        return new QuotaStatus(policy, false, status.remaining() + taken, 0, reset);
    }

    private Decision denied(List<Limit> limits, long wait, boolean banned) {
        List<QuotaStatus> quotas = limits.stream()
                .filter(limit -> !limit.policy().shadow())
                .map(Limit::status)
                .toList();
        return new Decision.Denied(quotas, wait, banned, now, false);
    }

    private long number() {
        return (Long) reply.get(at++);
    }

    private static long micros(long micros) {
        return micros < 0 ? Decision.Denied.NEVER : micros;
    }
}
