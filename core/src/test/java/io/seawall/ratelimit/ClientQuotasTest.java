package io.seawall.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ClientQuotasTest {

    private final AtomicLong nowMicros = new AtomicLong();
    private final List<String> removed = new ArrayList<>();
    private final ClientQuotas quotas = new ClientQuotas(QuotaPolicies.parse("x", "a=2/1s; b=5/60s"));

    private void retireIfIdle() {
        quotas.retireIfIdle(nowMicros::get, () -> removed.add("removed"));
    }

    /** A thread that had found it before must look again: what it would charge here, nobody would remember. */
    @Test
    void a_retired_client_decides_no_more() {
        retireIfIdle();

        assertThat(removed).hasSize(1);
        assertThat(quotas.tryAcquire(nowMicros::get, 1)).isNull();
    }

    @Test
    void a_client_is_idle_when_the_last_permit_of_its_last_limit_is_free() {
        assertThat(quotas.tryAcquire(nowMicros::get, 1)).isNotNull();

        for (long now : new long[] {0, 1_100_000, 60_999_998}) {
            nowMicros.set(now);
            retireIfIdle();
            assertThat(removed).isEmpty();
        }
        nowMicros.set(60_999_999);
        retireIfIdle();

        assertThat(removed).hasSize(1);
    }
}
