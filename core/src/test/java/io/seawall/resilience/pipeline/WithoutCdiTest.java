package io.seawall.resilience.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.resilience.circuitbreaker.BreakerPolicy;
import io.seawall.resilience.retry.RetryPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

    @Test
    void the_page_shows_what_is_compiled_here() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "resilient.md"));
        int block = page.indexOf("```java\n", page.indexOf(HEADING)) + "```java\n".length();
        String shown = page.substring(block, page.indexOf("```", block));
        String here = Files.readString(
                Path.of("src", "test", "java", "io", "seawall", "resilience", "pipeline", "WithoutCdiTest.java"));
        assertThat(withoutSpace(here)).contains(withoutSpace(shown));
    }

    private static String withoutSpace(String text) {
        return text.replaceAll("\\s+", "");
    }
}
