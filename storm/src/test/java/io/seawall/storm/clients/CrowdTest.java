package io.seawall.storm.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class CrowdTest {

    private static final long SECOND = 1_000_000_000;
    private static final long MILLI = 1_000_000;

    private final FakeTime time = new FakeTime();
    private final Diary diary = new Diary();

    @Test
    void clients_ask_at_their_pace_whatever_the_shop_does() {
        ScriptedShop hanging = new ScriptedShop(time, 1_000 * SECOND, at -> Answer.FRESH);
        CompletableFuture<Void> done = crowd(hanging, ClientRetries.atOnce(3)).start(0, 5 * SECOND, SECOND);
        time.moveTo(5 * SECOND);

        assertThat(diary.offered).hasSize(500);
        assertThat(done).isNotDone();
    }

    @Test
    void a_question_is_born_when_it_is_due_also_if_this_program_is_late() {
        ScriptedShop shop = new ScriptedShop(time, MILLI, at -> Answer.FRESH);
        var unused = crowd(shop, ClientRetries.atOnce(0)).start(0, 5 * SECOND, SECOND);
        time.moveTo(SECOND);
        time.freezeUntil(2 * SECOND);
        time.moveTo(3 * SECOND);

        assertThat(diary.offered).hasSize(300).isSorted();
        assertThat(diary.lateNanos).as("it tells so").isBetween(900 * MILLI, SECOND);
        assertThat(diary.offered.get(150)).isBetween(SECOND, 2 * SECOND);
        assertThat(diary.ends.get(150).endNanos()).as("the client has waited").isGreaterThan(2 * SECOND);
    }

    @Test
    void a_client_that_retries_at_once_asks_four_times_for_one_question() {
        ScriptedShop failing = new ScriptedShop(time, 10 * MILLI, at -> Answer.FAILED);
        oneQuestion(failing, ClientRetries.atOnce(3));

        assertThat(failing.times()).containsExactly(0L, 10 * MILLI, 20 * MILLI, 30 * MILLI);
        assertThat(diary.sent).isEqualTo(4);
        assertThat(diary.ends).containsExactly(new Diary.End(0, Answer.FAILED, 40 * MILLI));
    }

    @Test
    void a_client_that_backs_off_asks_as_often_and_later() {
        ScriptedShop failing = new ScriptedShop(time, 10 * MILLI, at -> Answer.FAILED);
        oneQuestion(failing, new ClientRetries(3, Duration.ofMillis(500), Duration.ofSeconds(5)));

        List<Long> times = failing.times();
        assertThat(times).hasSize(4);
        assertThat(times.get(1)).isBetween(10 * MILLI, 510 * MILLI);
        assertThat(times.get(3)).isGreaterThan(100 * MILLI);
    }

    @Test
    void a_client_that_was_refused_by_the_limit_does_not_ask_again() {
        ScriptedShop refusing = new ScriptedShop(time, 10 * MILLI, at -> Answer.LIMITED);
        oneQuestion(refusing, ClientRetries.atOnce(3));

        assertThat(refusing.requests).hasSize(1);
        assertThat(diary.ends).containsExactly(new Diary.End(0, Answer.LIMITED, 10 * MILLI));
    }

    @Test
    void a_client_that_has_any_products_is_content() {
        ScriptedShop shop = new ScriptedShop(time, MILLI, at -> at == 0 ? Answer.FAILED : Answer.DEGRADED);
        oneQuestion(shop, ClientRetries.atOnce(3));

        assertThat(shop.requests).hasSize(2);
        assertThat(diary.ends).containsExactly(new Diary.End(0, Answer.DEGRADED, 2 * MILLI));
    }

    @Test
    void the_load_goes_on_until_the_last_question_that_counts_has_its_end() {
        ScriptedShop slow = new ScriptedShop(time, 700 * MILLI, at -> Answer.FRESH);
        CompletableFuture<Void> done = crowd(slow, ClientRetries.atOnce(0)).start(0, 2 * SECOND, 3 * SECOND);
        time.moveTo(2 * SECOND + 600 * MILLI);
        assertThat(done).isNotDone();
        time.moveTo(2 * SECOND + 700 * MILLI);

        assertThat(done).isDone();
        assertThat(diary.ends.stream().filter(end -> end.bornNanos() < 2 * SECOND))
                .hasSize(200);
        int offered = diary.offered.size();
        assertThat(offered).as("after the end, too").isGreaterThan(260);
        time.moveTo(4 * SECOND);
        assertThat(diary.offered).as("now nobody asks any more").hasSize(offered);
    }

    @Test
    void who_has_no_answer_when_the_grace_is_over_gives_up_and_sends_nothing_more() {
        ScriptedShop failingLate = new ScriptedShop(time, 5 * SECOND, at -> Answer.FAILED);
        CompletableFuture<Void> done =
                crowd(failingLate, ClientRetries.atOnce(3)).start(0, 2 * SECOND, SECOND);
        time.moveTo(3 * SECOND);

        assertThat(done).isDone();
        assertThat(diary.ends).hasSameSizeAs(diary.offered).allMatch(end -> end.answer() == Answer.FAILED);
        int sent = diary.sent;
        time.moveTo(20 * SECOND);
        assertThat(diary.sent).isEqualTo(sent);
        assertThat(diary.ends).hasSameSizeAs(diary.offered);
    }

    /** Of 10 clients, 100 questions a second, each client 10. */
    private Crowd crowd(Shop shop, ClientRetries retries) {
        Schedule schedule = new Schedule(10, Duration.ofMillis(100), new Random(1));
        return new Crowd(shop, time, schedule, retries, new Random(1), diary);
    }

    private void oneQuestion(Shop shop, ClientRetries retries) {
        new Question(shop, time, retries, new Random(1), diary, 1, 0, question -> {}).begin();
        time.moveTo(60 * SECOND);
    }
}
