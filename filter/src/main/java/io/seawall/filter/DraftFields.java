package io.seawall.filter;

import io.seawall.ratelimit.Decision;
import io.seawall.ratelimit.QuotaPolicies;
import io.seawall.ratelimit.QuotaPolicy;
import io.seawall.ratelimit.QuotaStatus;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The {@code RateLimit-Policy} and {@code RateLimit} fields of draft-ietf-httpapi-ratelimit-headers: lists of strings with
 * parameters in the syntax of RFC 9651. Names of limits need no escaping there.
 *
 * <p>Nearly every answer is the first to tell anything, and about the limits that were configured. For those, all that does not
 * change is made once; the rest goes the long way round by {@link FieldItems}, which keeps names unique.
 */
final class DraftFields implements LimitFields {

    private static final String POLICY = "RateLimit-Policy";
    private static final String LIMIT = "RateLimit";

    /** The largest integer of RFC 9651, section 3.3.1; one of ours may be larger. */
    private static final long MAX_INTEGER = 999_999_999_999_999L;

    /** Digits of what is left and of a wait, with {@code ;t=}; more than that only makes the text grow. */
    private static final int NUMBERS_LENGTH = 20;

    private final List<QuotaPolicy> limits;
    private final String policies;

    /** What stands before the number of permits left, for each limit. */
    private final String[] heads;

    private final int length;

    DraftFields(QuotaPolicies limits) {
        this.limits = limits.policies();
        this.policies = this.limits.stream().map(DraftFields::policy).collect(Collectors.joining(", "));
        this.heads = new String[this.limits.size()];
        int sum = 0;
        for (int i = 0; i < heads.length; i++) {
            heads[i] = (i == 0 ? "" : ", ") + head(this.limits.get(i));
            sum += heads[i].length() + NUMBERS_LENGTH;
        }
        this.length = sum;
    }

    @Override
    public void write(Decision decision, HttpServletResponse response) {
        List<QuotaStatus> quotas = decision.quotas();
        if (isOfConfiguredLimits(quotas) && !response.containsHeader(POLICY) && !response.containsHeader(LIMIT)) {
            response.setHeader(POLICY, policies);
            if (!quotas.isEmpty()) {
                response.setHeader(LIMIT, quotas(decision));
            }
        } else {
            merge(decision, response);
        }
    }

    /** Nearly always the very same objects, which records compare first. */
    private boolean isOfConfiguredLimits(List<QuotaStatus> quotas) {
        int count = quotas.size();
        if (count == 0) {
            return true;
        }
        if (count != heads.length) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            if (!quotas.get(i).policy().equals(limits.get(i))) {
                return false;
            }
        }
        return true;
    }

    private String quotas(Decision decision) {
        List<QuotaStatus> quotas = decision.quotas();
        StringBuilder items = new StringBuilder(length);
        for (int i = 0; i < heads.length; i++) {
            append(items.append(heads[i]), quotas.get(i), decision);
        }
        return items.toString();
    }

    private void merge(Decision decision, HttpServletResponse response) {
        FieldItems told = new FieldItems(response.getHeaders(POLICY), response.getHeaders(LIMIT));
        if (decision.quotas().isEmpty()) {
            limits.forEach(limit -> told.addPolicy(policy(limit)));
        }
        for (QuotaStatus status : decision.quotas()) {
            StringBuilder quota = new StringBuilder(head(status.policy()));
            append(quota, status, decision);
            boolean refused =
                    decision instanceof Decision.Denied denied && WholeSeconds.refused(status.policy(), denied);
            told.add(policy(status.policy()), quota.toString(), refused);
        }
        response.setHeader(POLICY, told.policies());
        if (told.hasQuotas()) {
            response.setHeader(LIMIT, told.quotas());
        }
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
