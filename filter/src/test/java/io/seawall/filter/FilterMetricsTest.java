package io.seawall.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.metrics.MetricFamily;
import io.seawall.metrics.MetricRegistry;
import io.seawall.metrics.Sample;
import io.seawall.redis.TestRedis;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is counted of requests, with all parts as a server has them. */
class FilterMetricsTest {

    private static final String FORGED = "X-Client";
    private static final String DURATION = "seawall.limit.decision.duration[]";
    private static final String IN_FLIGHT = "seawall.requests.in.flight[]";

    @TempDir
    private Path directory;

    private static MetricRegistry registry(TestServer server) {
        return (MetricRegistry)
                server.application().getServletContext().getAttribute(MetricRegistry.ATTRIBUTE_PREFIX + "api");
    }

    /** A client may have its answer before the filter has heard of that. */
    private static void awaitNoneInFlight(TestServer server) {
        Awaitility.await().atMost(30, TimeUnit.SECONDS).until(() -> !all(server).containsKey(IN_FLIGHT));
    }

    /** All that is not 0, but for what is in flight and how many decisions were measured, without the label of the filter. */
    private static Map<String, Long> counted(TestServer server) {
        Map<String, Long> counted = all(server);
        counted.remove(IN_FLIGHT);
        counted.remove(DURATION);
        return counted;
    }

    private static Map<String, Long> all(TestServer server) {
        Map<String, Long> counted = new TreeMap<>();
        for (MetricFamily family : registry(server).families()) {
            assertThat(family.meter().labels()).startsWith("filter");
            for (Sample sample : family.samples()) {
                assertThat(sample.labelValues()).startsWith("api");
                String name = family.meter().name()
                        + sample.labelValues().subList(1, sample.labelValues().size());
                long value = sample instanceof Sample.Value number
                        ? number.value()
                        : Arrays.stream(((Sample.Distribution) sample).counts()).sum();
                if (value != 0) {
                    counted.put(name, value);
                }
            }
        }
        return counted;
    }

    private static TestServer serve(Map<String, String> initParams) throws Exception {
        return new TestServer()
                .servlet("/", new TestServlet((request, response) -> response.setStatus(204)))
                .filter("api", initParams)
                .start();
    }

    @Test
    void every_outcome_of_a_policy_is_there_with_0_from_the_start() throws Exception {
        try (TestServer server = serve(Map.of("limits", "10/1h"))) {
            assertThat(counted(server)).isEmpty();
            assertThat(registry(server).families())
                    .filteredOn(family -> family.meter().name().equals("seawall.limit.decisions"))
                    .singleElement()
                    .satisfies(family -> assertThat(family.samples()).hasSize(4 * 3));
        }
    }

    @Test
    void decisions_are_counted_by_their_outcome_and_a_limit_that_is_nearly_used_up_is_told() throws Exception {
        try (TestServer server = serve(Map.of("limits", "10/1h"))) {
            for (int i = 0; i < 13; i++) {
                server.get("/");
            }

            assertThat(counted(server))
                    .isEqualTo(Map.of(
                            "seawall.limit.decisions[default, allowed, store]", 10L,
                            "seawall.limit.decisions[default, refused, store]", 3L,
                            "seawall.limit.near[default]", 3L, // 2, 1 and 0 of 10 left
                            "seawall.limit.clients[]", 1L));
        }
    }

    @Test
    void of_several_policies_each_counts_for_itself() throws Exception {
        try (TestServer server = PolicyFileServer.addTo(
                        new TestServer().servlet("/", new TestServlet((request, response) -> response.setStatus(204))),
                        directory,
                        """
                wide.limits = 100/1h; 100/1d
                login.match = POST /login
                login.limits = 2/1h
                tried.match = GET /tried
                tried.limits = 1/1h
                tried.shadow = true
                """,
                        Map.of("exempt", "/health"))
                .start()) {
            for (int i = 0; i < 3; i++) {
                server.send("POST", "/login");
                server.get("/tried");
            }
            server.get("/health");

            assertThat(counted(server))
                    .containsEntry("seawall.limit.decisions[wide, allowed, store]", 5L)
                    .containsEntry("seawall.limit.decisions[wide, uncharged, store]", 1L)
                    .containsEntry("seawall.limit.decisions[login, allowed, store]", 2L)
                    .containsEntry("seawall.limit.decisions[login, refused, store]", 1L)
                    .containsEntry("seawall.limit.decisions[tried, allowed, store]", 1L)
                    .containsEntry("seawall.limit.decisions[tried, shadow-refused, store]", 2L)
                    .containsEntry("seawall.limit.exemptions[route]", 1L)
                    .containsEntry("seawall.limit.near[login]", 1L)
                    .doesNotContainKey("seawall.limit.near[wide]");
        }
    }

    @Test
    void what_nobody_is_asked_about_is_counted_by_the_reason() throws Exception {
        try (TestServer server = serve(Map.of("limits", "10/1h", "exempt", "127.0.0.1"))) {
            server.get("/");
            assertThat(counted(server)).isEqualTo(Map.of("seawall.limit.exemptions[client]", 1L));
        }
        try (TestServer server = serve(Map.of("limits", "10/1h"))) {
            server.send("OPTIONS", "/", "Origin", "https://shop.example", "Access-Control-Request-Method", "DELETE");
            assertThat(counted(server)).isEqualTo(Map.of("seawall.limit.exemptions[preflight]", 1L));
        }
        try (TestServer server = PolicyFileServer.addTo(
                        new TestServer(), directory, "login.match = POST /login\nlogin.limits = 2/1h\n", Map.of())
                .start()) {
            server.get("/");
            assertThat(counted(server)).isEqualTo(Map.of("seawall.limit.exemptions[no-policy]", 1L));
        }
    }

    @Test
    void no_client_is_in_a_label() throws Exception {
        try (TestServer server = serve(Map.of("limits", "10/1h", "client", "header:" + FORGED))) {
            server.get("/", FORGED, "mallory");
            assertThat(counted(server))
                    .as("its limit and that of its address are of one policy")
                    .containsEntry("seawall.limit.decisions[default, allowed, store]", 1L);
            assertThat(registry(server).families().toString())
                    .contains("allowed")
                    .doesNotContain("mallory", "127.0.0.1");
        }
    }

    @Test
    void a_request_is_in_flight_until_it_has_its_answer() throws Exception {
        BlockingQueue<Long> seen = new LinkedBlockingQueue<>();
        try (TestServer server = new TestServer()) {
            server.servlet("/", new TestServlet((request, response) -> {
                        seen.add(all(server).get(IN_FLIGHT));
                        if (request.getRequestURI().endsWith("/fails")) {
                            throw new IllegalStateException("wanted by the test");
                        }
                    }))
                    .filter("api", "/*", Map.of("exempt", "/free"), DispatcherType.REQUEST, DispatcherType.ERROR)
                    .start();
            for (String path : List.of("/", "/free", "/fails")) {
                server.get(path);
                awaitNoneInFlight(server);
            }

            assertThat(seen).containsExactly(1L, 1L, 1L);
        }
    }

    @Test
    void decisions_are_measured_whoever_makes_them() throws Exception {
        try (TestServer server = serve(Map.of("limits", "2/1h", "exempt", "/health"))) {
            for (int i = 0; i < 3; i++) {
                server.get("/");
            }
            server.get("/health");

            assertThat(all(server)).as("what is exempt waits for none").containsEntry(DURATION, 3L);
        }
        for (String choice : new String[] {"local", "allow", "deny"}) {
            try (TestServer server =
                    serve(Map.of("limits", "1/1h", "redis", "redis://127.0.0.1:1", "on-store-failure", choice))) {
                server.get("/");
                server.get("/");

                assertThat(all(server))
                        .containsEntry(DURATION, 2L)
                        .doesNotContainKey("seawall.redis.decision.duration[]");
            }
        }
    }

    @Test
    void an_asynchronous_request_is_in_flight_until_it_completes() throws Exception {
        BlockingQueue<AsyncContext> started = new LinkedBlockingQueue<>();
        try (TestServer server = new TestServer()) {
            server.servlet("/", new TestServlet((request, response) -> started.add(request.startAsync())))
                    .filter("api", Map.of())
                    .start();
            Thread client = new Thread(() -> server.get("/"));
            client.start();
            AsyncContext context = started.poll(30, TimeUnit.SECONDS);
            assertThat(context).isNotNull();
            assertThat(all(server)).containsEntry(IN_FLIGHT, 1L);

            context.complete();
            client.join();
            awaitNoneInFlight(server);
        }
    }

    /** By its own time limit, by an exception after it was made so, and by a dispatch that goes through the filter again. */
    @Test
    void an_asynchronous_request_is_not_in_flight_for_ever_however_it_ends() throws Exception {
        BlockingQueue<String> served = new LinkedBlockingQueue<>();
        try (TestServer server = new TestServer()) {
            server.servlet("/", new TestServlet((request, response) -> {
                        served.add(request.getDispatcherType() + " " + request.getServletPath());
                        if (request.getDispatcherType() != DispatcherType.REQUEST) {
                            return;
                        }
                        AsyncContext context = request.startAsync();
                        context.setTimeout(200);
                        if (request.getRequestURI().endsWith("/fails")) {
                            throw new IllegalStateException("wanted by the test");
                        } else if (request.getRequestURI().endsWith("/dispatches")) {
                            context.start(context::dispatch);
                        }
                    }))
                    .filter("api", "/*", Map.of(), DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR)
                    .start();
            for (String path : List.of("/waits", "/fails", "/dispatches")) {
                server.get(path);
                awaitNoneInFlight(server);
            }
            assertThat(served).contains("REQUEST /waits", "REQUEST /fails", "REQUEST /dispatches", "ASYNC /dispatches");
            assertThat(counted(server)).containsEntry("seawall.limit.decisions[default, allowed, store]", 3L);
        }
    }

    @Test
    void redis_tells_what_it_was_asked_and_what_it_was_spared() throws Exception {
        try (TestRedis redis = TestRedis.start();
                TestServer server = serve(Map.of(
                        "limits", "2/1h", "redis", redis.uri(), "store-timeout", "10s", "on-store-failure", "deny"))) {
            for (int i = 0; i < 5; i++) {
                server.get("/");
            }

            assertThat(counted(server))
                    .containsEntry("seawall.redis.up[]", 1L)
                    .containsEntry("seawall.redis.decision.duration[]", 3L)
                    .containsEntry("seawall.redis.spared[refusal]", 2L)
                    .containsEntry("seawall.limit.decisions[default, allowed, store]", 2L)
                    .containsEntry("seawall.limit.decisions[default, refused, store]", 3L)
                    .containsKeys("seawall.redis.round.trips[]", "seawall.redis.questions[]")
                    .doesNotContainKey("seawall.redis.failures[away]");
        }
    }

    @Test
    void who_decides_while_redis_is_away_is_told() throws Exception {
        for (String choice : new String[] {"local", "allow", "deny"}) {
            try (TestServer server =
                    serve(Map.of("limits", "1/1h", "redis", "redis://127.0.0.1:1", "on-store-failure", choice))) {
                server.get("/");
                server.get("/");

                Map<String, Long> counted = counted(server);
                assertThat(counted)
                        .containsEntry("seawall.redis.failures[away]", 2L)
                        .doesNotContainKey("seawall.redis.up[]");
                switch (choice) {
                    case "local" ->
                        assertThat(counted)
                                .containsEntry("seawall.limit.decisions[default, allowed, node]", 1L)
                                .containsEntry("seawall.limit.decisions[default, refused, node]", 1L);
                    case "allow" ->
                        assertThat(counted).containsEntry("seawall.limit.decisions[default, allowed, nobody]", 2L);
                    default ->
                        assertThat(counted).containsEntry("seawall.limit.decisions[default, refused, nobody]", 2L);
                }
            }
        }
    }

    @Test
    void a_filter_that_ends_takes_its_metrics_along() throws Exception {
        TestServer server = serve(Map.of("limits", "1/1h"));
        assertThat(registry(server)).isNotNull();
        server.close();
        assertThat(registry(server)).isNull();
    }
}
