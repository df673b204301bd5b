package io.seawall.filter.answer;

import io.seawall.ratelimit.Decision;
import io.seawall.ratelimit.QuotaPolicy;
import io.seawall.ratelimit.QuotaStatus;
import java.util.List;

/** Decisions of which only what clients are told matters. */
final class TestDecisions {

    private TestDecisions() {}

    static Decision.Allowed allowed(List<QuotaStatus> quotas) {
        return new Decision.Allowed(quotas, List.of(), 0, false);
    }

    static Decision.Denied denied(List<QuotaStatus> quotas, long retryAfterMicros) {
        return new Decision.Denied(quotas, retryAfterMicros, false, 0, false);
    }

    /** Where a client stands with a limit that is not why its request goes no further. */
    static QuotaStatus left(QuotaPolicy policy, long remaining, long nextPermitMicros, long resetMicros) {
        return new QuotaStatus(policy, false, remaining, nextPermitMicros, resetMicros);
    }

    /** Where it stands with one that is. */
    static QuotaStatus refused(QuotaPolicy policy, long remaining, long nextPermitMicros, long resetMicros) {
        return new QuotaStatus(policy, true, remaining, nextPermitMicros, resetMicros);
    }
}
