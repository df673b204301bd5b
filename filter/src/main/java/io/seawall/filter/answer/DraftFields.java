package io.seawall.filter.answer;

import io.seawall.ratelimit.Decision;
import io.seawall.ratelimit.QuotaPolicies;
import io.seawall.ratelimit.QuotaPolicy;
import io.seawall.ratelimit.QuotaStatus;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * The {@code RateLimit-Policy} and {@code RateLimit} fields of draft-ietf-httpapi-ratelimit-headers: lists of strings with
 * parameters in the syntax of RFC 9651. Names of limits need no escaping there.
 *
 * <p>Nearly every answer is the first to tell anything, and about limits as they were configured. For those, all that does not
 * change is made once; the rest goes the long way round by {@link FieldItems}, which keeps names unique.
 */
final class DraftFields implements LimitFields {

    private static final String POLICY = "RateLimit-Policy";
    private static final String LIMIT = "RateLimit";

    /** The largest integer of RFC 9651, section 3.3.1; one of ours may be larger. */
    private static final long MAX_INTEGER = 999_999_999_999_999L;

    /** Of a usual item; more than that only makes the text grow. */
    private static final int ITEM_LENGTH = 40;

    /**
     * What never changes of a configured limit.
     *
     * @param policy its item of {@code RateLimit-Policy}
     * @param head what stands before the number of permits left
     */
    private record Fixed(String policy, String head) {}

    /** By identity: a limit that was changed while the application runs is another object. Never written to. */
    private final IdentityHashMap<QuotaPolicy, Fixed> configured = new IdentityHashMap<>();

    /** Whether two limits of one answer can have one name. */
    private final boolean namesAreUnique;

    DraftFields(Collection<QuotaPolicies> sets) {
        Map<String, String> setByLimit = new HashMap<>();
        boolean unique = true;
        for (QuotaPolicies set : sets) {
            for (QuotaPolicy limit : set.policies()) {
                configured.put(limit, new Fixed(policy(limit), head(limit)));
                String other = setByLimit.put(limit.name(), set.name());
                // The tiers of one policy are never in one answer.
                unique &= other == null || other.equals(set.name());
            }
        }
        namesAreUnique = unique;
    }

    @Override
    public void write(Decision decision, HttpServletResponse response) {
        if (decision.quotas().isEmpty()) {
            return;
        }
        boolean isFirst = !response.containsHeader(POLICY) && !response.containsHeader(LIMIT);
        if (!namesAreUnique || !isFirst || !writeFixed(decision, response)) {
            merge(decision, response);
        }
    }

    /** False if there is a limit that is not as it was configured. */
    private boolean writeFixed(Decision decision, HttpServletResponse response) {
        List<QuotaStatus> quotas = decision.quotas();
        int count = quotas.size();
        StringBuilder policies = new StringBuilder(count * ITEM_LENGTH);
        StringBuilder items = new StringBuilder(count * ITEM_LENGTH);
        for (int i = 0; i < count; i++) {
            QuotaStatus status = quotas.get(i);
            Fixed fixed = configured.get(status.policy());
            if (fixed == null) {
                return false;
            }
            if (i > 0) {
                policies.append(", ");
                items.append(", ");
            }
            policies.append(fixed.policy);
            append(items.append(fixed.head), status, decision);
        }
        response.setHeader(POLICY, policies.toString());
        response.setHeader(LIMIT, items.toString());
        return true;
    }

    private void merge(Decision decision, HttpServletResponse response) {
        FieldItems told = new FieldItems(response.getHeaders(POLICY), response.getHeaders(LIMIT));
        for (QuotaStatus status : decision.quotas()) {
            StringBuilder quota = new StringBuilder(head(status.policy()));
            append(quota, status, decision);
            told.add(policy(status.policy()), quota.toString(), status.refused());
        }
        response.setHeader(POLICY, told.policies());
        response.setHeader(LIMIT, told.quotas());
    }

    private static String policy(QuotaPolicy policy) {
        long millis = policy.window().toMillis();
        String quota = '"' + policy.name() + "\";q=" + Math.min(policy.permits(), MAX_INTEGER);
        // The field counts in whole seconds, and a window that it cannot tell is better not told.
        return millis % 1000 == 0 ? quota + ";w=" + millis / 1000 : quota;
    }

    private static String head(QuotaPolicy policy) {
        return '"' + policy.name() + "\";r=";
    }

    private static void append(StringBuilder items, QuotaStatus status, Decision decision) {
        items.append(Math.min(status.remaining(), MAX_INTEGER));
        long seconds = WholeSeconds.untilReset(status, decision);
        if (seconds != WholeSeconds.UNTOLD) {
            items.append(";t=").append(Math.min(seconds, MAX_INTEGER));
        }
    }
}
