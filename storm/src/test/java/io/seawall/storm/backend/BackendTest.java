package io.seawall.storm.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BackendTest {

    private static final Duration QUERY = Duration.ofMillis(20);

    private final AtomicInteger arrived = new AtomicInteger();
    private final Backend backend;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    BackendTest() throws IOException, SQLException {
        // Two connections, four workers, three places in the queue.
        backend = new Backend(new Capacity(2, QUERY, 3), arrived::incrementAndGet, () -> 4711);
    }

    @AfterEach
    void close() throws SQLException {
        backend.close();
    }

    @Test
    void tells_the_stock_and_with_the_mugs_the_time() {
        HttpResponse<String> answer = ask().join();

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"mug\":4711", "\"lamp\":35", "\"rope\":18");
        assertThat(arrived).hasValue(1);
    }

    @Test
    void its_connections_are_its_capacity() {
        // Two at a time, so three take as long as two, one after the other; the queue has room for those of the round
        // before.
        long began = System.nanoTime();
        int good = 0;
        for (int round = 0; round < 10; round++) {
            good += (int) ask(3).stream()
                    .filter(answer -> answer.join().statusCode() == 200)
                    .count();
        }

        assertThat(good).isEqualTo(30);
        assertThat(System.nanoTime() - began).isGreaterThanOrEqualTo(20 * QUERY.toNanos());
    }

    @Test
    void while_the_database_hangs_so_many_wait_and_all_others_are_refused_at_once() throws SQLException {
        backend.goDown(Outage.HANG);
        List<CompletableFuture<HttpResponse<String>>> waiting = ask(7);
        eventually().until(() -> backend.queued() == 3 && backend.connectionsInUse() == 2);

        assertThat(ask().join().statusCode()).isEqualTo(503);
        assertThat(arrived).hasValue(8);
        assertThat(waiting).noneMatch(CompletableFuture::isDone);

        backend.comeBack();
        assertThat(waiting).allMatch(answer -> answer.join().statusCode() == 200);
        assertThat(ask().join().statusCode()).isEqualTo(200);
    }

    @Test
    void it_works_for_those_who_have_gone() throws SQLException {
        backend.goDown(Outage.HANG);
        List<CompletableFuture<HttpResponse<String>>> impatient = IntStream.range(0, 7)
                .mapToObj(i ->
                        http.sendAsync(request().timeout(Duration.ofMillis(500)).build(), BodyHandlers.ofString()))
                .toList();
        eventually().until(() -> impatient.stream().allMatch(CompletableFuture::isCompletedExceptionally));

        assertThat(backend.queued()).as("their requests stay").isEqualTo(3);
        assertThat(ask().join().statusCode()).isEqualTo(503);

        backend.comeBack();
        eventually().until(() -> backend.queued() == 0 && backend.connectionsInUse() == 0);
        assertThat(ask().join().statusCode()).isEqualTo(200);
    }

    @Test
    void a_backend_that_refuses_answers_503_until_it_is_back() throws SQLException {
        backend.goDown(Outage.REFUSE);
        assertThat(ask().join().statusCode()).isEqualTo(503);
        assertThat(arrived).hasValue(1);

        backend.comeBack();
        assertThat(ask().join().statusCode()).isEqualTo(200);
    }

    @Test
    void it_can_be_closed_while_it_hangs() throws SQLException {
        backend.goDown(Outage.HANG);
        List<CompletableFuture<HttpResponse<String>>> waiting = ask(7);
        eventually().until(() -> backend.queued() == 3);

        backend.close();
        eventually().until(() -> waiting.stream().allMatch(CompletableFuture::isDone));
    }

    private List<CompletableFuture<HttpResponse<String>>> ask(int times) {
        return IntStream.range(0, times).mapToObj(i -> ask()).toList();
    }

    private CompletableFuture<HttpResponse<String>> ask() {
        return http.sendAsync(request().timeout(Duration.ofSeconds(60)).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request() {
        return HttpRequest.newBuilder(URI.create(backend.address() + "/inventory/stock"));
    }

    private static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(30));
    }
}
