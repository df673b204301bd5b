package io.seawall.filter;

import static io.seawall.filter.PolicyFileServer.remaining;
import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.redis.TestRedis;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in shadow counts, and changes no answer: the same requests get the same with it and without it. */
class ShadowTest {

    private static final String[] PATHS = {"/", "/login", "/export", "/login/x"};
    private static final String[] METHODS = {"GET", "POST"};
    private static final String ENFORCED = """
            api.limits = 12/1h; 30/1d token-bucket burst=9
            login.match = POST /login
            login.limits = 3/1h
            login.refund = 404
            """;

    @TempDir
    private Path directory;

    /** Answers without the port of this server, which would be another every time. */
    private static TestServer application() {
        return new TestServer()
                .servlet("/", new TestServlet((request, response) -> response.setStatus(404)))
                .servlet("/login/x", new TestServlet((request, response) -> response.setStatus(204)));
    }

    private TestServer serve(String name, String policies, Map<String, String> initParams) throws IOException {
        return PolicyFileServer.addTo(application(), directory.resolve(name), policies, initParams);
    }

    /** All that a client can see of the answers to many requests, but for the seconds that pass meanwhile. */
    private static List<String> answers(TestServer server) {
        SplittableRandom random = new SplittableRandom(7);
        List<String> answers = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            HttpResponse<String> response = server.send(
                    METHODS[random.nextInt(METHODS.length)],
                    PATHS[random.nextInt(PATHS.length)],
                    "X-Forwarded-For",
                    "192.0.2." + random.nextInt(4),
                    "X-Plan",
                    random.nextBoolean() ? "gold" : "none");
            Map<String, List<String>> fields = new TreeMap<>(response.headers().map());
            fields.remove("date");
            answers.add(response.statusCode() + " " + fields.toString().replaceAll("(t=|retry-after=\\[)[0-9]+", "$1N")
                    + " " + response.body().replaceAll("[0-9]+ seconds", "N seconds"));
        }
        return answers;
    }

    private void assertNothingChanges(String candidate, Map<String, String> more) throws Exception {
        Map<String, String> initParams = new HashMap<>(more);
        initParams.put("trusted-proxies", "127.0.0.1");
        List<String> without;
        try (TestServer server = serve("without", ENFORCED, initParams).start()) {
            without = answers(server);
        }
        assertThat(without).anyMatch(answer -> answer.startsWith("429")).anyMatch(answer -> answer.startsWith("204"));
        try (TestServer server = serve("with", ENFORCED + candidate, initParams).start()) {
            assertThat(answers(server)).isEqualTo(without);
        }
    }

    private static final String CANDIDATE = """
            candidate.limits = 1/1h; candidate-bucket=2/1d token-bucket
            candidate.shadow = true
            candidate.client = header:X-Plan
            candidate.tier = header:X-Plan
            candidate.tier.gold.limits = 4/1h fixed-window
            candidate.cost = POST /export = 1
            candidate.penalty = 1/1m ban 1h..2h
            candidate.count = 204
            candidate.on-store-failure = deny
            """;

    @Test
    void a_policy_in_shadow_changes_no_answer() throws Exception {
        assertNothingChanges(CANDIDATE, Map.of());
    }

    @Test
    void a_policy_in_shadow_changes_no_answer_with_redis() throws Exception {
        try (TestRedis one = TestRedis.start()) {
            Map<String, String> redis = Map.of("store-timeout", "10s", "on-store-failure", "deny");
            Map<String, String> without = new HashMap<>(redis);
            without.put("redis", one.uri() + "/1");
            Map<String, String> with = new HashMap<>(redis);
            with.put("redis", one.uri() + "/2");
            without.put("trusted-proxies", "127.0.0.1");
            with.put("trusted-proxies", "127.0.0.1");
            List<String> expected;
            try (TestServer server = serve("without", ENFORCED, without).start()) {
                expected = answers(server);
            }
            assertThat(expected).anyMatch(answer -> answer.startsWith("429"));
            try (TestServer server = serve("with", ENFORCED + CANDIDATE, with).start()) {
                assertThat(answers(server)).isEqualTo(expected);
            }
        }
    }

    @Test
    void a_policy_in_shadow_changes_no_answer_while_redis_is_away_either() throws Exception {
        try (TestRedis absent = TestRedis.absent()) {
            assertNothingChanges(CANDIDATE, Map.of("redis", absent.uri()));
        }
    }

    @Test
    void a_limit_in_shadow_beside_an_enforced_one_changes_no_answer() throws Exception {
        Map<String, String> enforced = Map.of("limits", "enforced=5/1h", "trusted-proxies", "127.0.0.1");
        Map<String, String> both = Map.of(
                "limits",
                "candidate=2/1h shadow; enforced=5/1h; bucket=1/1d token-bucket shadow",
                "trusted-proxies",
                "127.0.0.1");
        List<String> without;
        try (TestServer server = application().filter("api", enforced).start()) {
            without = answers(server);
        }
        assertThat(without).anyMatch(answer -> answer.startsWith("429"));
        try (TestServer server = application().filter("api", both).start()) {
            assertThat(answers(server)).isEqualTo(without);
        }
    }

    @Test
    void with_everything_in_shadow_the_answers_are_those_without_the_filter() throws Exception {
        List<String> without;
        try (TestServer server = application().start()) {
            without = answers(server);
        }
        try (TestServer server = serve("all", ENFORCED + "api.penalty = 1/1m ban 1h..1h", Map.of("shadow", "true"))
                .start()) {
            assertThat(answers(server)).isEqualTo(without);
        }
        try (TestServer server = application()
                .filter("api", Map.of("limits", "1/1h", "shadow", "true"))
                .start()) {
            assertThat(answers(server)).isEqualTo(without);
        }
    }

    @Test
    void what_is_in_shadow_does_not_deny_when_redis_is_away() throws Exception {
        try (TestRedis absent = TestRedis.absent()) {
            for (Map<String, String> shadow : List.of(
                    Map.of("limits", "1/1h", "shadow", "true"),
                    Map.of("limits", "1/1h shadow; 2/1d shadow"),
                    Map.of("limits", "1/1h", "shadow", "true", "client", "header:X-Api-Key"))) {
                Map<String, String> initParams = new HashMap<>(shadow);
                initParams.putAll(Map.of("redis", absent.uri(), "on-store-failure", "deny"));
                try (TestServer server =
                        new TestServer().filter("api", initParams).start()) {
                    for (int i = 0; i < 3; i++) {
                        assertThat(server.get("/").statusCode()).isEqualTo(404);
                    }
                }
            }
        }
    }

    @Test
    void a_candidate_stands_beside_the_limit_that_it_is_to_replace() throws Exception {
        try (TestServer server = new TestServer()
                .filter("api", Map.of("limits", "now=5/1h; stricter=2/1h shadow"))
                .start()) {
            for (int i = 0; i < 5; i++) {
                HttpResponse<String> response = server.get("/");
                assertThat(response.statusCode()).isEqualTo(404);
                assertThat(remaining(response)).isEqualTo(Map.of("now", 4L - i));
            }
            assertThat(server.get("/").statusCode()).isEqualTo(429);
        }
    }
}
