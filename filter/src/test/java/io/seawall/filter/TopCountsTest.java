package io.seawall.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.test.Property;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is promised of counts that do not all fit. */
class TopCountsTest {

    /** Against a twin that has room for all: every bound of the class holds, after streams of every kind. */
    @Test
    void nobody_is_counted_wrong_by_more_than_is_said() {
        Property.holds(200, random -> {
            TopCounts counts = new TopCounts();
            Map<String, Long> truth = new HashMap<>();
            int clients = 1 + random.nextInt(400);
            double skew = random.nextDouble() * 3;
            long sum = 0;
            int additions = random.nextInt(5_000);
            for (int i = 0; i < additions; i++) {
                String client = "ip " + (int) (clients * Math.pow(random.nextDouble(), skew));
                long weight = random.nextInt(8) == 0 ? RefusedClients.SAMPLED : 1;
                counts.add("api", client, false, weight, i);
                truth.merge(client, weight, Long::sum);
                sum += weight;
            }
            Map<String, TopCounts.Counter> found = new HashMap<>();
            counts.forEach(
                    counter -> assertThat(found.put(counter.client, counter)).isNull());
            assertThat(found).hasSizeLessThanOrEqualTo(TopCounts.SIZE);
            assertThat(counts.floor()).isLessThanOrEqualTo(sum / TopCounts.SIZE);
            for (Map.Entry<String, Long> each : truth.entrySet()) {
                TopCounts.Counter counter = found.get(each.getKey());
                if (counter == null) {
                    assertThat(each.getValue())
                            .isLessThanOrEqualTo(counts.floor())
                            .isLessThanOrEqualTo(sum / TopCounts.SIZE);
                } else {
                    assertThat(each.getValue()).isBetween(counter.count - counter.error, counter.count);
                    assertThat(counter.error).isLessThanOrEqualTo(counts.floor());
                }
            }
        });
    }

    @Test
    void as_long_as_all_fit_all_is_exact() {
        TopCounts counts = new TopCounts();
        for (int i = 0; i < 50 * TopCounts.SIZE; i++) {
            counts.add("api", "ip " + i % (TopCounts.SIZE / 2), i % 2 == 0, 1, i);
        }
        counts.forEach(counter -> {
            assertThat(counter.error).isZero();
            assertThat(counter.count).isEqualTo(100);
        });
        assertThat(counts.floor()).isZero();
    }
}
