package io.seawall.storm;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.storm.clients.ClientRetries;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChaptersTest {

    private static final List<Chapter> CHAPTERS = new Chapters(3, Duration.ofSeconds(10)).all();

    @Test
    void the_first_one_has_no_remedy() {
        Chapter found = CHAPTERS.get(0);

        assertThat(found.clients()).isEqualTo(ClientRetries.atOnce(3));
        assertThat(found.shop())
                .containsEntry("seawall.inventory.retry.maxRetries", "3")
                .containsEntry("seawall.inventory.retry.budget", "none")
                .containsEntry("seawall.inventory.breaker.failures", "0")
                .containsEntry("seawall.inventory.fallback", "");
    }

    @Test
    void each_of_the_middle_ones_has_one_remedy_more_than_the_one_before() {
        assertThat(changed(0)).allMatch(name -> name.startsWith("seawall.inventory.retry."));
        assertThat(changed(1)).containsExactly("seawall.inventory.breaker.failures");
        assertThat(changed(2)).containsExactly("SHOP_LIMITS");
        assertThat(CHAPTERS.subList(1, 5))
                .extracting(Chapter::clients)
                .containsOnly(CHAPTERS.get(1).clients());
    }

    @Test
    void the_last_one_retries_as_seawall_does_by_itself() {
        assertThat(CHAPTERS.get(4).shop().keySet()).noneMatch(name -> name.contains(".retry."));
    }

    @Test
    void the_limit_is_twice_what_a_client_needs_and_lets_it_try_again() {
        assertThat(CHAPTERS.get(3).shop()).containsEntry("SHOP_LIMITS", "2/10s");
        assertThat(new Chapters(3, Duration.ofSeconds(2)).all().get(3).shop()).containsEntry("SHOP_LIMITS", "10/10s");
    }

    /** Settings that are there in one of the two only, or are others. */
    private static Set<String> changed(int chapter) {
        Map<String, String> before = CHAPTERS.get(chapter).shop();
        Map<String, String> after = CHAPTERS.get(chapter + 1).shop();
        Set<String> names = new HashSet<>(new HashMap<>(before).keySet());
        names.addAll(after.keySet());
        names.removeIf(name -> before.containsKey(name) && before.get(name).equals(after.get(name)));
        return names;
    }
}
