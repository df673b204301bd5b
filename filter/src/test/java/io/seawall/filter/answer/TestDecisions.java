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

    static Decision.Denied denied(List<QuotaStatus> quotas, List<QuotaPolicy> violated, long retryAfterMicros) {
        return new Decision.Denied(quotas, violated, retryAfterMicros, false, 0, false);
    }
}
