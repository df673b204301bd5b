package io.seawall.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.seawall.ratelimit.Claim;
import io.seawall.ratelimit.Decision;
import io.seawall.ratelimit.InMemoryLimitStore;
import io.seawall.ratelimit.LimitStore.BoundLimits;
import io.seawall.ratelimit.QuotaPolicies;
import io.seawall.ratelimit.RateLimiter;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.UnavailableException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What containers may do that Jetty does not, or not always. */
class SettlementTest {

    private final RateLimiter limiter = new RateLimiter(new InMemoryLimitStore());
    private final BoundLimits limits = limiter.bind(QuotaPolicies.parse("api", "10/1h"));
    private final List<AsyncListener> listeners = new ArrayList<>();
    private int status = 200;
    private boolean committed;
    private boolean started;

    private final AsyncContext context = fake(AsyncContext.class, (method, argument) -> {
        if (method.equals("addListener")) {
            listeners.add((AsyncListener) Objects.requireNonNull(argument));
        }
        return null;
    });

    private final HttpServletRequest request = fake(HttpServletRequest.class, (method, argument) -> switch (method) {
        case "startAsync" -> {
            started = true;
            yield context;
        }
        case "isAsyncStarted" -> started;
        case "getAsyncContext" -> throw new IllegalStateException("completed meanwhile");
        default -> throw new AssertionError(method);
    });

    private final HttpServletResponse response = fake(HttpServletResponse.class, (method, argument) -> switch (method) {
        case "getStatus" -> status;
        case "isCommitted" -> committed;
        default -> throw new AssertionError(method);
    });

    private interface Answers {
        @Nullable
        Object of(String method, @Nullable Object argument);
    }

    private static <T> T fake(Class<T> type, Answers answers) {
        return type.cast(Proxy.newProxyInstance(
                SettlementTest.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answers.of(method.getName(), arguments == null ? null : arguments[0])));
    }

    /** Beside three permits that are in use by others. */
    private Settlement refundOf5xx() {
        limits.decide("ann", 3);
        Claim claim = new Claim(limits, "ann", 2);
        Decision.Allowed decision = (Decision.Allowed) limiter.decide(List.of(claim));
        return new Settlement(
                limiter, List.of(new Settlement.Conditional(claim, OutcomeRule.refund("5xx"))), decision, response);
    }

    private long used() {
        return 10 - 1 - limits.decide("ann", 1).quotas().get(0).remaining();
    }

    @AfterEach
    void close() {
        limiter.close();
    }

    @Test
    void however_often_a_container_says_that_it_is_over_permits_come_back_once() throws Exception {
        Settlement settlement = refundOf5xx();
        settlement.follow((rest, answer) -> rest.startAsync(), request);
        status = 500;
        for (int i = 0; i < 3; i++) {
            settlement.onError(new AsyncEvent(context));
            settlement.onTimeout(new AsyncEvent(context));
            settlement.onComplete(new AsyncEvent(context));
        }
        assertThat(used()).isEqualTo(3);
    }

    @Test
    void a_failure_that_leaves_an_asynchronous_chain_settles_once_and_what_follows_does_not() {
        Settlement settlement = refundOf5xx();
        assertThatThrownBy(() -> settlement.follow(
                        (rest, answer) -> {
                            rest.startAsync();
                            throw new ServletException("as asked");
                        },
                        request))
                .hasMessage("as asked");
        settlement.onComplete(new AsyncEvent(context));
        assertThat(used()).isEqualTo(3);
    }

    private void failWith(Settlement settlement, Exception failure) {
        assertThatThrownBy(() -> settlement.follow(
                        (rest, answer) -> {
                            if (failure instanceof IOException broken) {
                                throw broken;
                            }
                            throw (ServletException) failure;
                        },
                        request))
                .isSameAs(failure);
    }

    @Test
    void a_servlet_that_is_away_is_a_failure_and_one_that_is_gone_is_not_found() {
        failWith(refundOf5xx(), new UnavailableException("back in a minute", 60));
        assertThat(used()).isEqualTo(3);
        failWith(refundOf5xx(), new UnavailableException("gone"));
        assertThat(used()).isEqualTo(4 + 3 + 2);
    }

    @Test
    void a_broken_connection_is_charged_also_when_the_container_calls_it_a_failure_of_ours() throws Exception {
        failWith(refundOf5xx(), new IOException("broken"));
        assertThat(used()).isEqualTo(5);
    }

    @Test
    void a_broken_connection_of_an_asynchronous_request_is_charged_too() throws Exception {
        Settlement settlement = refundOf5xx();
        settlement.follow((rest, answer) -> rest.startAsync(), request);
        status = 500;
        settlement.onError(new AsyncEvent(context, new IOException("broken")));
        settlement.onComplete(new AsyncEvent(context));
        assertThat(used()).isEqualTo(5);
    }

    @Test
    void another_failure_of_an_asynchronous_request_is_given_back() throws Exception {
        Settlement settlement = refundOf5xx();
        settlement.follow((rest, answer) -> rest.startAsync(), request);
        status = 500;
        settlement.onError(new AsyncEvent(context, new IllegalStateException("ours")));
        settlement.onComplete(new AsyncEvent(context));
        assertThat(used()).isEqualTo(3);
    }

    @Test
    void a_failure_counts_as_what_the_client_has_seen_of_the_answer() {
        Settlement settlement = refundOf5xx();
        committed = true;
        assertThatThrownBy(() -> settlement.follow(
                        (rest, answer) -> {
                            throw new IllegalStateException("as asked");
                        },
                        request))
                .hasMessage("as asked");
        assertThat(used()).isEqualTo(5);
    }

    @Test
    void an_asynchronous_request_is_not_settled_before_it_is_over() throws Exception {
        Settlement settlement = refundOf5xx();
        status = 500;
        settlement.follow((rest, answer) -> rest.startAsync(), request);
        assertThat(used()).isEqualTo(5);
        listeners.forEach(this::complete);
        assertThat(used()).isEqualTo(3 + 1); // and the one that has just asked
    }

    private void complete(AsyncListener listener) {
        try {
            listener.onComplete(new AsyncEvent(context));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void one_that_was_made_asynchronous_behind_our_back_and_is_over_already_is_settled_after_the_chain()
            throws Exception {
        Settlement settlement = refundOf5xx();
        status = 500;
        settlement.follow((rest, answer) -> started = true, request);
        assertThat(used()).isEqualTo(3);
    }

    @Test
    void whoever_makes_it_asynchronous_once_more_is_followed_too() throws Exception {
        Settlement settlement = refundOf5xx();
        settlement.follow((rest, answer) -> rest.startAsync(), request);
        listeners.clear();
        settlement.onStartAsync(new AsyncEvent(context));
        assertThat(listeners).containsExactly(settlement);
    }
}
