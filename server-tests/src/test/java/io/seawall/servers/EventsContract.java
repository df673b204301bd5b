package io.seawall.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What happens to targets, as beans hear of it. */
interface EventsContract extends Deployed {

    @Test
    @Proves(Feature.EVENTS)
    default void observers_hear_of_circuits_in_a_request_of_their_own_and_in_the_application() {
        probe().run("control/open", 0);
        probe().run("control/reset", 0);
        Awaitility.await()
                .atMost(30, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(List.of(heard().split(",")))
                        .contains(
                                "now FORCED_OPEN 1 true",
                                "now CLOSED 1 true",
                                "later FORCED_OPEN 1 true",
                                "later CLOSED 1 true"));
    }

    private String heard() {
        return String.valueOf(probe().run("control/heard", 0).returned());
    }
}
