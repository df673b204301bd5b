package io.seawall.storm.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class WarmUpTest {

    private static final long SECOND = 1_000_000_000;
    private static final long MILLI = 1_000_000;

    private final FakeTime time = new FakeTime();

    @Test
    void the_shop_is_warm_when_it_answers_fresh_and_quickly_many_times_in_a_row() {
        ScriptedShop coldAtFirst = new ScriptedShop(time, 50 * MILLI, at -> at < SECOND ? Answer.FAILED : Answer.FRESH);
        CompletableFuture<Warmth> done = new WarmUp(coldAtFirst, time).start(20 * SECOND);
        time.moveTo(2 * SECOND);
        assertThat(done).isNotDone();
        time.moveTo(6 * SECOND);

        assertThat(done).isCompletedWithValue(Warmth.WARM);
        int asked = coldAtFirst.requests.size();
        time.moveTo(9 * SECOND);
        assertThat(coldAtFirst.requests).as("nobody asks any more").hasSize(asked);
    }

    @Test
    void every_request_is_that_of_another_client() {
        ScriptedShop shop = new ScriptedShop(time, 50 * MILLI, at -> Answer.FRESH);
        var unused = new WarmUp(shop, time).start(20 * SECOND);
        time.moveTo(20 * SECOND);

        assertThat(shop.requests.stream().map(ScriptedShop.Request::client))
                .doesNotHaveDuplicates()
                .allMatch(client -> client > 10_000);
    }

    @Test
    void a_slow_machine_is_as_warm_as_it_gets_when_the_time_is_over() {
        ScriptedShop slow = new ScriptedShop(time, SECOND, at -> Answer.FRESH);
        CompletableFuture<Warmth> done = new WarmUp(slow, time).start(20 * SECOND);
        time.moveTo(20 * SECOND);

        assertThat(done).isCompletedWithValue(Warmth.WARM);
    }

    @Test
    void a_shop_that_is_quick_to_fail_is_broken_and_asked_a_bounded_number_of_times() {
        ScriptedShop broken = new ScriptedShop(time, 5 * MILLI, at -> Answer.FAILED);
        CompletableFuture<Warmth> done = new WarmUp(broken, time).start(20 * SECOND);
        time.moveTo(10 * SECOND);

        assertThat(done).isCompletedWithValue(Warmth.BROKEN);
        assertThat(broken.requests).hasSize(WarmUp.MOST);
    }

    @Test
    void a_shop_that_nobody_hears_of_in_time_may_be_a_slow_machine() {
        ScriptedShop silent = new ScriptedShop(time, 2 * SECOND, at -> Answer.FAILED);
        CompletableFuture<Warmth> done = new WarmUp(silent, time).start(20 * SECOND);
        time.moveTo(20 * SECOND);

        assertThat(done).isCompletedWithValue(Warmth.COLD);
    }
}
