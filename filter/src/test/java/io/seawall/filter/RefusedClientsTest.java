package io.seawall.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.filter.admin.RefusedClient;
import io.seawall.test.Property;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Whom a filter refuses most, in a bounded memory. */
class RefusedClientsTest {

    private static final long START = TimeUnit.DAYS.toMicros(20_000);

    private long now = START;
    private final SplittableRandom random = new SplittableRandom(3);
    private final InstantSource clock = () -> Instant.ofEpochMilli(now / 1000);
    private final RefusedClients refused = new RefusedClients(clock, random::nextInt);

    private void refuse(String client, int times) {
        for (int i = 0; i < times; i++) {
            refused.refused("api", client, false, now);
        }
    }

    private void pass(long seconds) {
        now += TimeUnit.SECONDS.toMicros(seconds);
    }

    @Test
    void those_who_are_refused_most_come_first_with_when_that_was() {
        refuse("ip 192.0.2.1", 3);
        pass(1);
        refuse("ip 192.0.2.2", 5);
        pass(1);
        refused.refused("login", "ip 192.0.2.1", true, now);
        assertThat(refused.top())
                .containsExactly(
                        new RefusedClient("api", "ip 192.0.2.2", false, 5, 0, START / 1000 + 1000),
                        new RefusedClient("api", "ip 192.0.2.1", false, 3, 0, START / 1000),
                        new RefusedClient("login", "ip 192.0.2.1", true, 1, 0, START / 1000 + 2000));
    }

    @Test
    void after_a_quarter_of_an_hour_nobody_remembers() {
        refuse("ip 192.0.2.1", 3);
        pass(TimeUnit.MINUTES.toSeconds(9));
        refuse("ip 192.0.2.1", 2);
        assertThat(refused.top().get(0).refusals()).isEqualTo(5);
        pass(TimeUnit.MINUTES.toSeconds(8));
        assertThat(refused.top().get(0).refusals()).isEqualTo(2);
        pass(TimeUnit.MINUTES.toSeconds(15));
        assertThat(refused.top()).isEmpty();
        refuse("ip 192.0.2.1", 1);
        assertThat(refused.top().get(0).refusals()).isEqualTo(1);
    }

    @Test
    void who_may_be_a_secret_is_shown_by_its_hash_also_if_it_is_long() {
        refuse("header:x-api-key tops3cret", 1);
        refuse("header:x-api-key " + "tops3cret".repeat(1_000), 1);
        assertThat(refused.top())
                .hasSize(2)
                .allMatch(client -> client.client().startsWith("header:x-api-key #")
                        && client.client().length() < 40);
    }

    /** Of a storm, one refusal in 64 is counted for all of them; who is behind it is found all the same. */
    @Test
    void a_storm_is_counted_by_samples() {
        for (int second = 0; second < 5; second++) {
            for (int i = 0; i < 50_000; i++) {
                refused.refused("api", i % 4 == 0 ? "ip 192.0.2.1" : "ip 10.0." + i / 256 + "." + i % 256, false, now);
            }
            pass(1);
        }
        RefusedClient worst = refused.top().get(0);
        assertThat(worst.client()).isEqualTo("ip 192.0.2.1");
        long truth = 5 * 50_000 / 4;
        assertThat(worst.refusals() + worst.unsure()).isGreaterThan(truth * 3 / 4);
        assertThat(worst.refusals()).isLessThan(truth * 5 / 4);
        assertThat(refused.top()).hasSizeLessThanOrEqualTo(TopCounts.SIZE);
    }

    /** Below the rate from which samples are taken, what is told is a lower and an upper bound, over all three of five minutes. */
    @Test
    void what_is_told_is_never_too_much_and_never_too_little_by_more_than_is_said() {
        Property.holds(50, random -> {
            long[] time = {START};
            RefusedClients some = new RefusedClients(() -> Instant.ofEpochMilli(time[0] / 1000), () -> {
                throw new AssertionError("there is no storm");
            });
            Map<String, Long> truth = new HashMap<>();
            for (int i = 0; i < 3_000; i++) {
                String client = "ip " + (int) (300 * Math.pow(random.nextDouble(), 2));
                some.refused("api", client, false, time[0]);
                truth.merge(client, 1L, Long::sum);
                time[0] += random.nextInt(200_000);
            }
            for (RefusedClient told : some.top()) {
                assertThat(truth.get(told.client())).isBetween(told.refusals(), told.refusals() + told.unsure());
            }
        });
    }

    @Test
    void a_clock_that_goes_back_loses_nothing() {
        refuse("ip 192.0.2.1", 3);
        now -= TimeUnit.HOURS.toMicros(1);
        refuse("ip 192.0.2.1", 2);
        now += TimeUnit.HOURS.toMicros(1);
        assertThat(refused.top().get(0).refusals()).isGreaterThanOrEqualTo(3);
    }

    /** Refusals have the time of Redis, and whoever asks has that of his node. */
    @Test
    void a_node_whose_clock_differs_from_that_of_redis_shows_them_all_the_same() {
        long redisIsBehind = TimeUnit.HOURS.toMicros(1);
        refused.refused("api", "ip 192.0.2.1", false, now - redisIsBehind);
        pass(TimeUnit.MINUTES.toSeconds(9));
        refused.refused("api", "ip 192.0.2.1", false, now - redisIsBehind);
        assertThat(refused.top().get(0).refusals()).isEqualTo(2);
        pass(TimeUnit.MINUTES.toSeconds(15));
        assertThat(refused.top()).isEmpty();
    }

    /** And the other way round, what is old is forgotten in time. */
    @Test
    void what_a_redis_has_refused_that_is_ahead_is_forgotten_in_time() {
        refused.refused("api", "ip 192.0.2.1", false, now + TimeUnit.HOURS.toMicros(1));
        assertThat(refused.top()).hasSize(1);
        pass(TimeUnit.MINUTES.toSeconds(15));
        assertThat(refused.top()).isEmpty();
    }
}
