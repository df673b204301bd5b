package io.seawall.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.test.CapturedLog;
import jakarta.servlet.DispatcherType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two filters that do the same to the same requests are one too many: the deployment says so. */
class TwinFiltersTest {

    private static List<String> warnings(
            String onePattern, Map<String, String> one, String otherPattern, Map<String, String> other)
            throws Exception {
        try (CapturedLog log = new CapturedLog(RateLimitFilter.class);
                TestServer server = new TestServer()) {
            server.filter("one", onePattern, one, DispatcherType.REQUEST);
            server.filter("other", otherPattern, other, DispatcherType.REQUEST);
            server.application().addServletContainerInitializer(new FilterSettingsCheck());
            server.start();
            return log.lines().stream()
                    .filter(line -> line.startsWith("WARNING"))
                    .toList();
        }
    }

    @Test
    void two_filters_with_one_pattern_one_client_and_one_limit_are_told_once() throws Exception {
        assertThat(warnings("/api/*", Map.of("limits", "9/1s"), "/api/*", Map.of("limits", "9/1s", "client", "ip")))
                .singleElement()
                .asString()
                .contains("'one'", "'other'", "both mapped to /api/*", "One of them is enough: remove the other");
    }

    @ParameterizedTest
    @CsvSource({
        "client, global",
        "match,  POST /login",
        "count,  '401, 403'",
        "refund, 5xx",
        "cost,   /a = 2",
        "shadow, true",
        "exempt, 10.0.0.0/8",
    })
    void filters_that_say_the_same_are_twins(String name, String value) throws Exception {
        Map<String, String> settings = with(name, value);
        assertThat(warnings("/*", settings, "/*", settings))
                .singleElement()
                .asString()
                .contains("One of them is enough");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/*, limits,  9/1s",
        "/*,     limits,  5/1s",
        "/*,     client,  global",
        "/*,     match,   POST /login",
        "/*,     refund,  5xx",
        "/*,     cost,    /a = 2",
        "/*,     shadow,  true",
        "/*,     exempt,  10.0.0.0/8",
    })
    void filters_that_differ_are_two(String pattern, String name, String value) throws Exception {
        assertThat(warnings("/*", Map.of("limits", "9/1s"), pattern, Map.of(name, value, "ip-limits", "9/1s")))
                .isEmpty();
        assertThat(warnings("/*", Map.of("limits", "9/1s"), pattern, with(name, value)))
                .isEmpty();
    }

    private static Map<String, String> with(String name, String value) {
        return name.equals("limits") ? Map.of(name, value) : Map.of("limits", "9/1s", name, value);
    }
}
