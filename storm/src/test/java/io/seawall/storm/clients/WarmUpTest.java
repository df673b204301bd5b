package io.seawall.storm.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

class WarmUpTest {

    private static final long SECOND = 1_000_000_000;
    private static final long MILLI = 1_000_000;

    private final FakeTime time = new FakeTime();

    @Test
    void the_shop_is_warm_when_it_answers_fresh_and_quickly_many_times_in_a_row() {
        ScriptedShop coldAtFirst = new ScriptedShop(time, 50 * MILLI, at -> at < SECOND ? Answer.FAILED : Answer.FRESH);
        CompletableFuture<Boolean> done = new WarmUp(coldAtFirst, time).start(20 * SECOND);
        time.moveTo(2 * SECOND);
        assertThat(done).isNotDone();
        time.moveTo(6 * SECOND);

        assertThat(done).isCompletedWithValue(true);
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
        CompletableFuture<Boolean> done = new WarmUp(slow, time).start(20 * SECOND);
        time.moveTo(20 * SECOND);

        assertThat(done).isCompletedWithValue(true);
    }

    @Test
    void a_shop_that_never_answers_is_told_apart() {
        ScriptedShop broken = new ScriptedShop(time, 50 * MILLI, at -> Answer.DEGRADED);
        CompletableFuture<Boolean> done = new WarmUp(broken, time).start(20 * SECOND);
        time.moveTo(20 * SECOND);

        assertThat(done).isCompletedWithValue(false);
    }

    /** A circuit that has opened, as the first calls were slow, answers at once, and is closed again some seconds later. */
    @Test
    void a_shop_that_fails_at_once_has_all_the_time_to_recover() {
        ScriptedShop shop = new ScriptedShop(time, MILLI, at -> at < 15 * SECOND ? Answer.FAILED : Answer.FRESH);
        CompletableFuture<Boolean> done = new WarmUp(shop, time).start(20 * SECOND);
        time.moveTo(15 * SECOND);
        assertThat(done).isNotDone();
        time.moveTo(20 * SECOND);

        assertThat(done).isCompletedWithValue(true);
        assertThat(shop.requests).hasSizeLessThanOrEqualTo(WarmUp.MOST);
    }

    @Test
    void a_shop_is_not_asked_without_end() {
        ScriptedShop quickAndSlow = new ScriptedShop(time, MILLI, new LongFunction<>() {
            private int asked;

            @Override
            public Answer apply(long at) {
                return asked++ % 100 == 0 ? Answer.FAILED : Answer.FRESH;
            }
        });
        var unused = new WarmUp(quickAndSlow, time).start(60 * SECOND);
        time.moveTo(60 * SECOND);

        assertThat(quickAndSlow.requests).hasSizeBetween(WarmUp.MOST, WarmUp.MOST + 4);
    }
}
