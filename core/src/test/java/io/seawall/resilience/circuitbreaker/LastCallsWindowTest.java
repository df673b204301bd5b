package io.seawall.resilience.circuitbreaker;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.resilience.circuitbreaker.CallWindow.Tally;
import io.seawall.test.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LastCallsWindowTest {

    private record Call(boolean failed, boolean slow) {}

    @Test
    void it_counts_as_a_naive_list_of_the_last_calls_does() {
        Property.holds(500, chance -> {
            int last = chance.nextInt(1, 30);
            LastCallsWindow window = new LastCallsWindow(last);
            List<Call> calls = new ArrayList<>();

            for (int i = 0; i < 100; i++) {
                Call call = new Call(chance.nextBoolean(), chance.nextBoolean());
                calls.add(call);
                window.add(0, call.failed(), call.slow());

                List<Call> in = calls.subList(Math.max(0, calls.size() - last), calls.size());
                assertThat(window.tally(0))
                        .isEqualTo(new Tally(
                                in.size(),
                                in.stream().filter(Call::failed).count(),
                                in.stream().filter(Call::slow).count()));
            }
        });
    }

    @Test
    void after_the_calls_of_many_threads_its_sums_are_those_of_its_places() throws Exception {
        int threads = 4;
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            LastCallsWindow window = new LastCallsWindow(7);
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                SplittableRandom chance = new SplittableRandom(i);
                all.add(executor.submit(() -> {
                    for (int n = 0; n < 50_000; n++) {
                        window.add(0, chance.nextBoolean(), chance.nextBoolean());
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get(60, TimeUnit.SECONDS);
            }

            for (int i = 0; i < 7; i++) {
                window.add(0, i < 3, i < 2);
            }
            assertThat(window.tally(0)).isEqualTo(new Tally(7, 3, 2));
        } finally {
            executor.shutdownNow();
        }
    }
}
