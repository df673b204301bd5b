package io.seawall.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.test.FakeClock;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class ClientTest {

    private final FakeClock clock = new FakeClock();
    private final InMemoryLimitStore store = new InMemoryLimitStore(4, 1 << 20, clock, InstantSource.system());
    private final ClientTable table = (ClientTable) store.bind(QuotaPolicies.parse("x", "a=2/1s; b=5/60s"));

    /** A thread that had found it before must look again: what it would charge here, nobody would remember. */
    @Test
    void a_retired_client_is_no_longer_the_one_for_its_name() {
        Client client = table.locate("client");
        store.room().retireIdleClients();
        assertThat(table.isCurrent(client, "client")).as("not asked yet").isTrue();
        table.tryAcquire("client");
        clock.advance(Duration.ofMinutes(2));

        store.room().retireIdleClients();

        assertThat(table.isCurrent(client, "client")).isFalse();
        assertThat(table.locate("client")).isNotSameAs(client);
    }

    @Test
    void a_client_is_idle_when_the_last_permit_of_its_last_limit_is_free() {
        long reset = table.decide("client", 1).quotas().get(1).resetMicros();

        for (long wait : new long[] {0, 1_100_000, reset - 1_100_000 - 1}) {
            clock.advance(Duration.ofNanos(wait * 1_000));
            store.room().retireIdleClients();
            assertThat(table.size()).isOne();
        }
        clock.advance(Duration.ofNanos(1_000));
        store.room().retireIdleClients();

        assertThat(table.size()).isZero();
    }

    /** Also a thread that had found the shared place: the newcomer took its count along when it got a place of its own. */
    @Test
    void a_shared_place_is_no_longer_the_one_for_a_newcomer_that_has_got_its_own() {
        InMemoryLimitStore full = new InMemoryLimitStore(1, 1 << 20, clock, InstantSource.system());
        ClientTable crowded = (ClientTable) full.bind(QuotaPolicies.parse("x", "2/1s"));
        crowded.tryAcquire("known");
        Client place = crowded.locate("newcomer");
        assertThat(place.shared).isTrue();
        assertThat(crowded.isCurrent(place, "newcomer")).isTrue();

        clock.advance(Duration.ofSeconds(2));
        full.room().retireIdleClients();
        crowded.locate("newcomer");

        assertThat(crowded.isCurrent(place, "newcomer")).isFalse();
        assertThat(crowded.isCurrent(place, "another")).isTrue();
    }
}
