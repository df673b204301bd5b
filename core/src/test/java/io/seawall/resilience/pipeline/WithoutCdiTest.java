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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the page about {@code @Resilient} shows for calls without CDI, compiled and run. */
class WithoutCdiTest {

    private static final String HEADING = "## Without CDI";

    private record Order(String id) {}

    private record Receipt(String of) {}

    private static final class Bank {

        Receipt charge(Order order) {
            return new Receipt(order.id());
        }
    }

    private static final class Shop {

        private final Bank bank = new Bank();
        private @Nullable Receipt last;

        void sell(Order order) throws Exception {
            try (Targets targets = new Targets()) {
                Pipeline<Callable<?>> payments = targets.<Callable<?>>around("payments", Callable::call)
                        .retry(RetryPolicy.defaults())
                        .breaker(BreakerPolicy.defaults())
                        .timeout(Duration.ofSeconds(2))
                        .deadline(Duration.ofSeconds(10))
                        .build();
                Receipt receipt = new Guard(payments).call(() -> bank.charge(order));
                last = receipt;
            }
        }
    }

    @Test
    void the_example_works() throws Exception {
        Shop shop = new Shop();
        shop.sell(new Order("42"));
        assertThat(shop.last).isEqualTo(new Receipt("42"));
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
                .allSatisfy(block -> assertThat(withoutSpace(here)).contains(withoutSpace(withoutEnd(block))));
    }

    /** What is opened by {@code try} goes on here. */
    private static String withoutEnd(String block) {
        return block.startsWith("try (") ? block.substring(0, block.lastIndexOf('}')) : block;
    }

    private static String withoutSpace(String text) {
        return text.replaceAll("\\s+", "");
    }
}
