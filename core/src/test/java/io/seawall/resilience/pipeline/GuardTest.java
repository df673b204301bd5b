package io.seawall.resilience.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.resilience.retry.Jitter;
import io.seawall.test.Policies;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GuardTest {

    private final Targets targets = new Targets();

    private final Guard guard = new Guard(targets.<Callable<?>>around("payments", Callable::call)
            .retry(Policies.retries(2, Duration.ofMillis(1), Duration.ofMillis(1), Jitter.FULL))
            .build());

    @AfterEach
    void close() {
        targets.close();
    }

    @Test
    void a_call_has_the_type_of_its_result() throws Exception {
        AtomicInteger attempts = new AtomicInteger();

        int result = guard.call(() -> {
            if (attempts.incrementAndGet() < 3) {
                throw new IOException();
            }
            return 42;
        });

        assertThat(result).isEqualTo(42);
        assertThat(attempts).hasValue(3);
    }

    @Test
    void a_call_whose_result_comes_later_has_the_type_of_its_stage() {
        assertThat(guard.start(() -> CompletableFuture.completedFuture("result"))
                        .toCompletableFuture())
                .isCompletedWithValue("result");
    }
}
