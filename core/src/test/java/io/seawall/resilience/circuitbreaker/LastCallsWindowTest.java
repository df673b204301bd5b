package io.seawall.resilience.circuitbreaker;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.resilience.circuitbreaker.CallWindow.Tally;
import io.seawall.test.Property;
import java.util.ArrayList;
import java.util.List;
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
}
