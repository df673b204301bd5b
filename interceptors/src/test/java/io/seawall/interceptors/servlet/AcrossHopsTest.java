package io.seawall.interceptors.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.seawall.http.RetryMark;
import io.seawall.interceptors.rest.RetryMarkClientFilter;
import io.seawall.resilience.pipeline.Guard;
import io.seawall.resilience.pipeline.Targets;
import io.seawall.resilience.retry.Jitter;
import io.seawall.test.FakeClock;
import io.seawall.test.Policies;
import io.seawall.test.TestSurroundings;
import jakarta.ws.rs.InternalServerErrorException;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A calls B, which calls C, over HTTP; A and B are guarded, with two retries each, and C always fails. */
class AcrossHopsTest {

    private final Targets targets = new Targets(TestSurroundings.of(new FakeClock(), nanos -> {}));
    private final Guard a = guard("b");
    private final Guard b = guard("c");
    private final WebServer serverB = new WebServer();
    private final WebServer serverC = new WebServer();
    private final HttpClient client = HttpClient.newHttpClient();

    /** The marks of all calls of C; empty for none. */
    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());

    private Guard guard(String target) {
        return new Guard(targets.<Callable<?>>around(target, Callable::call)
                .retry(Policies.retries(2, Duration.ofMillis(1), Duration.ofMillis(1), Jitter.NONE))
                .build());
    }

    private void start(boolean trusted) throws Exception {
        serverC.servlet("/*", (request, response) -> {
                    String mark = request.getHeader(RetryMark.HEADER);
                    calls.add(mark == null ? "" : mark);
                    response.setStatus(500);
                })
                .start();
        serverB.resilienceFilter(Map.of("trust-retry-mark", String.valueOf(trusted)))
                .servlet("/*", (request, response) -> {
                    try {
                        b.call(this::callC);
                    } catch (Exception failure) {
                        response.setStatus(500);
                    }
                })
                .start();
    }

    private String callC() throws IOException, InterruptedException {
        HttpRequest request =
                RetryMark.on(HttpRequest.newBuilder(serverC.uri("/"))).build();
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("C answered " + answer.statusCode());
        }
        return answer.body();
    }

    private void callB(ClientBuilder builder) {
        Client rest = builder.build();
        try {
            assertThatThrownBy(() ->
                            a.call(() -> rest.target(serverB.uri("/")).request().get(String.class)))
                    .isInstanceOf(InternalServerErrorException.class);
        } finally {
            rest.close();
        }
    }

    @AfterEach
    void stop() {
        serverB.close();
        serverC.close();
        targets.close();
    }

    @Test
    void one_of_them_retries_and_not_each() throws Exception {
        start(true);
        callB(ClientBuilder.newBuilder().register(RetryMarkClientFilter.class));
        assertThat(calls).containsExactly("?0", "?0", "?0");
    }

    @Test
    void attempts_multiply_where_the_mark_is_not_trusted() throws Exception {
        start(false);
        callB(ClientBuilder.newBuilder().register(RetryMarkClientFilter.class));
        assertThat(calls).hasSize(3 * 3);
    }

    @Test
    void attempts_multiply_where_the_mark_is_not_sent() throws Exception {
        start(true);
        callB(ClientBuilder.newBuilder());
        assertThat(calls).hasSize(3 * 3);
    }
}
