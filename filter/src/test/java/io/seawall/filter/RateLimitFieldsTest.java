package io.seawall.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.ratelimit.InMemoryLimitStore;
import io.seawall.ratelimit.LimitStore.BoundLimits;
import io.seawall.ratelimit.QuotaPolicies;
import io.seawall.ratelimit.QuotaPolicy;
import org.greenbytes.http.sfv.ListElement;
import org.greenbytes.http.sfv.OuterList;
import org.greenbytes.http.sfv.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fields, read back by somebody else's parser of RFC 9651. */
class RateLimitFieldsTest {

    @Test
    void policies_tell_quota_and_window_in_seconds() {
        assertThat(RateLimitFields.policies(QuotaPolicies.parse("api", "burst=20/1s; sustained=1000/1h")))
                .isEqualTo("\"burst\";q=20;w=1, \"sustained\";q=1000;w=3600");
    }

    @Test
    void a_window_that_is_no_whole_number_of_seconds_is_not_told() {
        assertThat(RateLimitFields.policies(QuotaPolicies.parse("api", "5/250ms")))
                .isEqualTo("\"default\";q=5");
    }

    @Test
    void a_number_too_large_for_the_field_is_the_largest_that_it_holds() {
        String fields = RateLimitFields.policies(QuotaPolicies.parse("api", QuotaPolicy.MAX_PERMITS + "/60s"));
        assertThat(fields).isEqualTo("\"default\";q=999999999999999;w=60");
    }

    @Test
    void quotas_tell_what_is_left_and_when_all_is_back() {
        BoundLimits limits = onStillClock("burst=2/10s; sustained=1000/1h");
        assertThat(RateLimitFields.quotas(limits.tryAcquire("client", 1)))
                .isEqualTo("\"burst\";r=1;t=11, \"sustained\";r=999;t=3660");
    }

    @Test
    void when_nothing_is_left_they_tell_when_the_next_permit_comes() {
        BoundLimits limits = onStillClock("2/10s");
        limits.tryAcquire("client", 1);
        assertThat(RateLimitFields.quotas(limits.tryAcquire("client", 1))).isEqualTo("\"default\";r=0;t=11");
    }

    @Test
    void seconds_are_rounded_up() {
        assertThat(RateLimitFields.ceilSeconds(0)).isZero();
        assertThat(RateLimitFields.ceilSeconds(1)).isEqualTo(1);
        assertThat(RateLimitFields.ceilSeconds(1_000_000)).isEqualTo(1);
        assertThat(RateLimitFields.ceilSeconds(1_000_001)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"100/60s", "a=1/1ms; b-B_9=9007199254740991/366d; c=7/61s"})
    void another_parser_reads_back_what_is_written(String limits) {
        QuotaPolicies policies = QuotaPolicies.parse("api", limits);
        for (String field : new String[] {
            RateLimitFields.policies(policies),
            RateLimitFields.quotas(onStillClock(limits).tryAcquire("client", 1))
        }) {
            OuterList list = new Parser(field).parseList();
            assertThat(list.get()).hasSize(policies.policies().size());
            assertThat(list.get().stream().map(ListElement::get).toList())
                    .isEqualTo(
                            policies.policies().stream().map(QuotaPolicy::name).toList());
            assertThat(list.serialize()).isEqualTo(field);
        }
    }

    /** Time stands at 0, the beginning of a slice, which is remembered for its own sixtieth longer than the window. */
    private static BoundLimits onStillClock(String limits) {
        return new InMemoryLimitStore(10, () -> 0L).bind(QuotaPolicies.parse("api", limits));
    }
}
