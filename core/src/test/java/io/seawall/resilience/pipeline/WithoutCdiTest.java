package io.seawall.resilience.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.resilience.circuitbreaker.BreakerPolicy;
import io.seawall.resilience.circuitbreaker.CircuitBreaker;
import io.seawall.resilience.retry.RetryPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** What the page about {@code @Resilient} shows for calls without CDI, compiled and run. */
class WithoutCdiTest {

    private static final String HEADING = "## Without CDI";

    private record Client() {

        String charge(String order) {
            return "receipt of " + order;
        }
    }

    private static String charge(Client client, String order) throws Exception {
        try (Targets targets = new Targets()) {
            Guard payments = new Guard(targets.<Callable<?>>around("payments", Callable::call)
                    .retry(RetryPolicy.defaults())
                    .breaker(BreakerPolicy.defaults())
                    .timeout(Duration.ofSeconds(2))
                    .deadline(Duration.ofSeconds(10))
                    .build());
            String receipt = payments.call(() -> client.charge(order));
            return receipt;
        }
    }

    @Test
    void the_example_works() throws Exception {
        assertThat(charge(new Client(), "42")).isEqualTo("receipt of 42");
    }

    private static void operate(Targets targets, Pipeline<Callable<?>> payments) {
        CircuitBreaker circuit =
                targets.find("payments").flatMap(Target::breaker).orElseThrow();
        circuit.forceOpen();
        circuit.reset();

        targets.change("payments")
                .put(
                        payments,
                        targets.<Callable<?>>around("payments", Callable::call)
                                .breaker(BreakerPolicy.defaults())
                                .timeout(Duration.ofMillis(500)))
                .apply();
    }

    @Test
    void an_operator_has_a_hand_in_it() throws Exception {
        try (Targets targets = new Targets()) {
            Pipeline<Callable<?>> payments = targets.<Callable<?>>around("payments", Callable::call)
                    .breaker(BreakerPolicy.defaults())
                    .build();
            operate(targets, payments);
            assertThat(new Guard(payments).call(() -> "receipt")).isEqualTo("receipt");
        }
    }

    @Test
    void the_page_shows_what_is_compiled_here() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "resilient.md"));
        String chapter = page.substring(page.indexOf(HEADING), page.indexOf("\n## ", page.indexOf(HEADING) + 1));
        String here = Files.readString(
                Path.of("src", "test", "java", "io", "seawall", "resilience", "pipeline", "WithoutCdiTest.java"));
        List<String> shown = Arrays.stream(chapter.split("```java\n"))
                .skip(1)
                .map(block -> block.substring(0, block.indexOf("```")))
                .filter(block -> !block.contains("CaffeineAnswers")) // its own module compiles that
                .toList();
        assertThat(shown)
                .hasSize(2)
                .allSatisfy(block -> assertThat(withoutSpace(here)).contains(withoutSpace(block)));
    }

    private static String withoutSpace(String text) {
        return text.replaceAll("\\s+", "");
    }
}
