package io.seawall.observe.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.seawall.interceptors.SeawallTargets;
import io.seawall.metrics.Meter;
import io.seawall.metrics.MetricRegistry;
import io.seawall.test.CapturedLog;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page and its JSON, over HTTP. */
class ConsoleServletTest {

    static void assertStrict(HttpResponse<String> answer) {
        Map<String, String> expected = Map.of(
                "Content-Security-Policy",
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
                        + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
                "X-Content-Type-Options",
                "nosniff",
                "Referrer-Policy",
                "no-referrer",
                "Cross-Origin-Opener-Policy",
                "same-origin",
                "Cross-Origin-Resource-Policy",
                "same-origin");
        expected.forEach((name, value) ->
                assertThat(answer.headers().allValues(name)).as(name).containsExactly(value));
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    }

    private static JsonObject json(HttpResponse<String> answer) {
        return JsonParser.parseString(answer.body()).getAsJsonObject();
    }

    @ParameterizedTest
    @CsvSource({
        "/, text/html",
        "/app.js, text/javascript",
        "/words.js, text/javascript",
        "/app.css, text/css",
        "/uPlot.iife.min.js, text/javascript",
        "/uPlot.min.css, text/css"
    })
    void the_files_of_the_page_are_served_with_their_type_and_a_tag(String file, String type) throws Exception {
        try (ConsoleServer server = ConsoleServer.open()) {
            HttpResponse<String> answer = server.get("/seawall" + file);

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                    .isEqualToIgnoringCase(type + ";charset=utf-8");
            assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-cache");
            assertThat(answer.body()).isNotEmpty();
            assertStrict(answer);

            String tag = answer.headers().firstValue("ETag").orElseThrow();
            HttpResponse<String> again =
                    server.send(server.request("/seawall" + file).header("If-None-Match", "\"other\", W/" + tag));
            assertThat(again.statusCode()).isEqualTo(304);
            assertThat(again.body()).isEmpty();
            assertStrict(again);
            assertThat(server.send(server.request("/seawall" + file).header("If-None-Match", "\"other\""))
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/seawall/index.html",
                "/seawall/uPlot.txt",
                "/seawall/ConsoleServlet.class",
                "/seawall/%2e%2e/observe/package-info.class",
                "/seawall/..%2f..%2fMETA-INF/MANIFEST.MF",
                "/seawall/../../../WEB-INF/web.xml",
                "/seawall//app.js",
                "/seawall/app.js/",
                "/seawall/APP.JS",
                "/seawall/app.js%00",
                "/seawall/api",
                "/seawall/api/",
                "/seawall/api/state/",
                "/seawall/api/other"
            })
    void nothing_else_is_there(String path) throws Exception {
        try (ConsoleServer server = ConsoleServer.open()) {
            assertThat(server.get(path).statusCode()).isIn(400, 404);
        }
    }

    @Test
    void what_is_not_there_says_so_as_strictly() throws Exception {
        try (ConsoleServer server = ConsoleServer.open()) {
            HttpResponse<String> page = server.get("/seawall/other.js");
            assertThat(page.statusCode()).isEqualTo(404);
            assertThat(page.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain");
            assertStrict(page);

            HttpResponse<String> api = server.get("/seawall/api/other");
            assertThat(api.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/problem+json");
            assertThat(json(api).get("status").getAsInt()).isEqualTo(404);
            assertStrict(api);
        }
    }

    @ParameterizedTest
    @CsvSource({"/seawall/*, /seawall", "/admin/console/*, /admin/console"})
    void without_the_slash_it_leads_to_the_page_wherever_a_proxy_has_put_it(String mapping, String path)
            throws Exception {
        try (ConsoleServer server =
                new ConsoleServer().with("insecure", "true").at(mapping).start()) {
            HttpResponse<String> answer = server.get(path);

            assertThat(answer.statusCode()).isEqualTo(302);
            String last = path.substring(path.lastIndexOf('/') + 1);
            assertThat(answer.headers().firstValue("Location")).contains("./" + last + "/");
            assertStrict(answer);
            assertThat(server.get(path + "/").statusCode()).isEqualTo(200);
            assertThat(server.get(path + "/api/state").statusCode()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/seawall/", "/seawall/app.js", "/seawall/api/state", "/seawall/api/history"})
    void head_is_get_without_the_body(String path) throws Exception {
        try (ConsoleServer server = ConsoleServer.open()) {
            HttpResponse<String> head =
                    server.send(server.request(path).method("HEAD", HttpRequest.BodyPublishers.noBody()));
            assertThat(head.statusCode()).isEqualTo(200);
            assertThat(head.body()).isEmpty();
            assertThat(head.headers().firstValueAsLong("Content-Length").orElseThrow())
                    .isPositive();
            assertStrict(head);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /seawall/, 'GET, HEAD'",
        "PUT, /seawall/api/state, 'GET, HEAD'",
        "DELETE, /seawall/app.js, 'GET, HEAD'",
        "OPTIONS, /seawall/, 'GET, HEAD'",
        "TRACE, /seawall/, 'GET, HEAD'",
        "GET, /seawall/api/action, POST",
        "HEAD, /seawall/api/explain, POST",
        "OPTIONS, /seawall/api/action, POST"
    })
    void other_methods_are_not_allowed_and_no_preflight_is_granted(String method, String path, String allowed)
            throws Exception {
        try (ConsoleServer server = ConsoleServer.open()) {
            HttpResponse<String> answer = server.send(server.request(path)
                    .header("Origin", "https://evil.example")
                    .method(method, HttpRequest.BodyPublishers.noBody()));
            assertThat(answer.statusCode()).isEqualTo(405);
            assertThat(answer.headers().firstValue("Allow")).contains(allowed);
            assertThat(answer.headers().map().keySet())
                    .noneMatch(name -> name.toLowerCase(java.util.Locale.ROOT).startsWith("access-control"));
            assertStrict(answer);
        }
    }

    @Test
    void the_state_tells_of_the_node_its_filters_and_who_looks() throws Exception {
        try (ConsoleServer server = new ConsoleServer()
                .with("insecure", "true")
                .with("node", "web-1")
                .limits("2/1h")
                .start()) {
            for (int i = 0; i < 3; i++) {
                server.get("/api/orders");
            }

            HttpResponse<String> answer = server.get("/seawall/api/state");

            assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("application/json");
            assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-store");
            assertStrict(answer);
            JsonObject state = json(answer);
            assertThat(state.getAsJsonObject("node").get("application").getAsString())
                    .isEqualTo("/shop");
            assertThat(state.getAsJsonObject("node").get("host").getAsString()).isEqualTo("web-1");
            assertThat(state.has("principal")).isFalse();
            assertThat(state.get("mayAct").getAsBoolean()).isTrue();
            assertThat(state.getAsJsonObject("health").get("state").getAsString())
                    .isEqualTo("serving");
            assertThat(state.getAsJsonObject("health")
                            .getAsJsonArray("settings")
                            .toString())
                    .contains("{\"name\":\"store-grace\",\"value\":\"10s\",\"from\":\"default\"}");
            assertThat(state.getAsJsonObject("node").getAsJsonArray("settings").toString())
                    .contains("{\"name\":\"action-role\",\"value\":\"\",\"from\":\"default\"}");
            JsonObject filter = state.getAsJsonArray("filters").get(0).getAsJsonObject();
            assertThat(filter.get("name").getAsString()).isEqualTo("limits");
            assertThat(filter.getAsJsonObject("store").get("kind").getAsString())
                    .isEqualTo("memory");
            JsonObject policy = filter.getAsJsonArray("policies").get(0).getAsJsonObject();
            assertThat(policy.get("client").getAsString()).contains("header:x-api-key");
            assertThat(policy.getAsJsonArray("limits")
                            .get(0)
                            .getAsJsonObject()
                            .get("permits")
                            .getAsLong())
                    .isEqualTo(2);
            JsonObject refused = filter.getAsJsonArray("topRefused").get(0).getAsJsonObject();
            assertThat(refused.get("client").getAsString()).isEqualTo("ip 127.0.0.1");
            assertThat(refused.get("refusals").getAsLong()).isEqualTo(1);
            assertThat(filter.getAsJsonArray("settings").toString())
                    .contains("{\"name\":\"limits\",\"value\":\"2/1h\",\"from\":\"init-param\"}");
        }
    }

    @Test
    void the_history_is_asked_for_since_the_last_time_that_is_known() throws Exception {
        try (ConsoleServer server = ConsoleServer.open()) {
            JsonObject history = json(server.get("/seawall/api/history?since=9999999999999"));
            assertThat(history.get("stepMillis").getAsInt()).isEqualTo(5000);
            assertThat(history.getAsJsonArray("times")).isEmpty();

            for (String since : new String[] {"yesterday", "", "%FF%FE", "99999999999999999999"}) {
                assertThat(server.get("/seawall/api/history?since=" + since).statusCode())
                        .as(since)
                        .isEqualTo(400);
            }
        }
    }

    @Test
    void a_path_without_everything_below_it_is_refused() throws Exception {
        try (ConsoleServer server = new ConsoleServer().with("insecure", "true").at("/console")) {
            assertThatThrownBy(server::start).hasStackTraceContaining("needs a path with everything below it");
        }
    }

    @Test
    void an_open_one_says_so_in_the_log() throws Exception {
        try (CapturedLog log = new CapturedLog(ConsoleServlet.class);
                ConsoleServer server = ConsoleServer.open()) {
            assertThat(server.host()).isNotEmpty();
            assertThat(log.lines()).anySatisfy(line -> assertThat(line).contains("WARNING", "is insecure"));
        }
    }

    @Test
    void of_many_targets_the_names_are_not_listed_for_each() throws Exception {
        Set<String> names = new TreeSet<>();
        MetricRegistry registry = new MetricRegistry();
        for (int i = 0; i < 100; i++) {
            names.add("target-" + i);
            registry.counter(Meter.counter("seawall.calls", "Calls.", "target"), "target-" + i);
        }
        AtomicInteger listed = new AtomicInteger();
        InvocationHandler targets = (proxy, method, arguments) -> switch (method.getName()) {
            case "names" -> {
                listed.incrementAndGet();
                yield names;
            }
            case "settings" -> List.of("timeout = 2s");
            case "isRefusing" -> false;
            default -> Optional.empty();
        };
        try (ConsoleServer server = new ConsoleServer().with("insecure", "true")) {
            server.application.setAttribute(MetricRegistry.ATTRIBUTE_PREFIX + "resilience", registry);
            server.application.setAttribute(
                    SeawallTargets.ATTRIBUTE,
                    Proxy.newProxyInstance(
                            ConsoleServletTest.class.getClassLoader(), new Class<?>[] {SeawallTargets.class}, targets));
            server.start();
            JsonObject state = json(server.get("/seawall/api/state"));
            assertThat(state.getAsJsonArray("targets")).hasSize(100);
            assertThat(state.getAsJsonArray("targets").get(99).toString()).contains("timeout = 2s");
        }
        assertThat(listed).as("by the state, and by health in it").hasValueLessThan(5);
    }

    @Test
    void what_is_broken_is_told_now_and_then_and_not_with_every_look() throws Exception {
        try (CapturedLog log = new CapturedLog(ConsoleServlet.class);
                ConsoleServer server = ConsoleServer.open()) {
            MetricRegistry broken = new MetricRegistry();
            broken.read(
                    Meter.gauge("seawall.calls", "Calls.", "target"),
                    () -> {
                        throw new IllegalStateException("broken");
                    },
                    "bank");
            server.application.getServletContext().setAttribute(MetricRegistry.ATTRIBUTE_PREFIX + "x", broken);

            for (int look = 0; look < 3; look++) {
                HttpResponse<String> answer = server.get("/seawall/api/state");
                assertThat(answer.statusCode()).isEqualTo(500);
                assertThat(answer.body())
                        .contains("the log of the server says why")
                        .doesNotContain("broken");
                assertStrict(answer);
            }
            assertThat(log.lines())
                    .filteredOn(line -> line.contains("cannot answer"))
                    .hasSize(1);
        }
    }

    @Test
    void its_thread_ends_with_it() throws Exception {
        try (ConsoleServer server = ConsoleServer.open()) {
            assertThat(server.host()).isNotEmpty();
            assertThat(consoleThreads()).isNotEmpty();
        }
        assertThat(consoleThreads()).isEmpty();
    }

    private static List<Thread> consoleThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("seawall-console"))
                .toList();
    }
}
