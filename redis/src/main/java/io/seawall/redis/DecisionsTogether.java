package io.seawall.redis;

import io.seawall.ratelimit.Ban;
import io.seawall.ratelimit.Claim;
import io.seawall.ratelimit.Decision;
import io.seawall.ratelimit.QuotaPolicy;
import io.seawall.ratelimit.QuotaStatus;
import java.util.ArrayList;
import java.util.List;

/** Makes one decision of a request of those that were made of its claims one after another. */
final class DecisionsTogether {

    private DecisionsTogether() {}

    /**
     * All or nothing. Of a claim that was granted in a request that is refused, it tells what is free when it has been given back.
     *
     * @param claims of a request
     * @param decisions one for each claim
     */
    static Decision of(List<Claim> claims, List<Decision> decisions) {
        return decisions.stream().allMatch(Decision::allowed) ? allowed(decisions) : denied(claims, decisions);
    }

    private static Decision allowed(List<Decision> decisions) {
        List<QuotaStatus> quotas = new ArrayList<>();
        List<QuotaPolicy> shadowRefusals = new ArrayList<>(0);
        for (Decision decision : decisions) {
            quotas.addAll(decision.quotas());
            shadowRefusals.addAll(((Decision.Allowed) decision).shadowRefusals());
        }
        return new Decision.Allowed(quotas, shadowRefusals, earliest(decisions), false);
    }

    private static Decision denied(List<Claim> claims, List<Decision> decisions) {
        boolean banned = false;
        long retryAfterMicros = 0;
        List<Ban> bans = new ArrayList<>(0);
        for (Decision decision : decisions) {
            if (decision instanceof Decision.Denied denied) {
                banned |= denied.banned();
                bans.addAll(denied.bans());
                retryAfterMicros = Math.max(retryAfterMicros, denied.retryAfterMicros());
            }
        }
        List<QuotaStatus> quotas = new ArrayList<>();
        for (int i = 0; i < decisions.size(); i++) {
            Decision decision = decisions.get(i);
            for (QuotaStatus status : decision.quotas()) {
                if (decision.allowed()) {
                    quotas.add(Grants.before(status, claims.get(i).cost(), 0));
                } else {
                    // Of a request that a ban refuses, nothing else does.
                    boolean refuses = status.refused() && (!banned || ((Decision.Denied) decision).banned());
                    quotas.add(new QuotaStatus(
                            status.policy(),
                            refuses,
                            status.remaining(),
                            status.nextPermitMicros(),
                            status.resetMicros()));
                }
            }
        }
        return new Decision.Denied(quotas, retryAfterMicros, banned, earliest(decisions), false, bans);
    }

    /** Each is by the clock of its server. Given back too early, a permit is free no sooner than it should be. */
    private static long earliest(List<Decision> decisions) {
        return decisions.stream().mapToLong(Decision::atMicros).min().orElseThrow();
    }
}
