package io.seawall.filter.answer;

import io.seawall.ratelimit.QuotaPolicies;
import java.util.Collection;

/** Which header fields tell a client where it stands: the choices of the init-param {@code headers}. */
public enum FieldStyle {

    /** {@code RateLimit-Policy} and {@code RateLimit}. */
    DRAFT("RateLimit, RateLimit-Policy, Retry-After") {
        @Override
        LimitFields fieldsOf(Collection<QuotaPolicies> sets) {
            return new DraftFields(sets);
        }
    },

    /** {@code X-RateLimit-Limit}, {@code X-RateLimit-Remaining} and {@code X-RateLimit-Reset}. */
    LEGACY("X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset, Retry-After") {
        @Override
        LimitFields fieldsOf(Collection<QuotaPolicies> sets) {
            return new LegacyFields();
        }
    },

    /** No field but the {@code Retry-After} of refusals. */
    NONE("Retry-After") {
        @Override
        LimitFields fieldsOf(Collection<QuotaPolicies> sets) {
            return (decision, response) -> {};
        }
    };

    private final String names;

    FieldStyle(String names) {
        this.names = names;
    }

    /** The fields of answers about these sets of limits. */
    abstract LimitFields fieldsOf(Collection<QuotaPolicies> sets);

    /** What a page of another origin must be allowed to read, as the value of a header field. */
    String names() {
        return names;
    }
}
