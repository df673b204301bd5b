package io.seawall.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.resilience.circuitbreaker.BreakerPolicy;
import io.seawall.resilience.pipeline.Pipeline;
import io.seawall.resilience.pipeline.Targets;
import io.seawall.resilience.retry.RetryPolicy;
import io.seawall.resilience.stale.StalePolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the page about {@code @Resilient} shows of last answers without CDI, compiled and run. */
class LastAnswersTest {

    @FunctionalInterface
    private interface Catalogue {
        String price(String product) throws IOException;
    }

    private static @Nullable Object price(Targets targets, Catalogue catalogue) throws Exception {
        StalePolicy policy = new StalePolicy(Duration.ofMinutes(10), 1_000, null);
        Pipeline<String> prices = targets.<String>around("catalogue", product -> catalogue.price(product))
                .retry(RetryPolicy.defaults())
                .breaker(BreakerPolicy.defaults())
                .stale(policy, new CaffeineAnswers(policy, System::nanoTime), product -> product)
                .fallback((product, failure) -> "on request")
                .build();
        Object price = prices.execute("bread");
        return price;
    }

    @Test
    void the_example_works() throws Exception {
        try (Targets targets = new Targets()) {
            assertThat(price(targets, product -> "2 euros")).isEqualTo("2 euros");
            assertThat(price(targets, product -> {
                        throw new IOException("no connection");
                    }))
                    .isEqualTo("on request");
        }
    }

    @Test
    void the_page_shows_what_is_compiled_here() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "resilient.md"));
        String block = page.substring(
                page.indexOf("StalePolicy policy"), page.indexOf("```", page.indexOf("StalePolicy policy")));
        String here = Files.readString(Path.of("src/test/java/io/seawall/cache/LastAnswersTest.java"));
        assertThat(here.replaceAll("\\s+", "")).contains(block.replaceAll("\\s+", ""));
    }
}
