package io.seawall.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.ratelimit.Decision;
import io.seawall.redis.TestRedis;
import io.seawall.test.CapturedLog;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is configured otherwise than it was meant is told once, with the fix, and a healthy filter says nothing. */
class DoctorTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final HttpServletResponse OPEN = response(false);

    private final CapturedLog log = new CapturedLog(RateLimitFilter.class);

    @TempDir
    private Path directory;

    @AfterEach
    void close() {
        log.close();
    }

    private List<String> warnings() {
        return log.lines().stream().filter(line -> line.startsWith("WARNING")).toList();
    }

    // ---- Without a server

    private static Doctor doctor(@Nullable String trustedHeader, boolean sharedStore) {
        return new Doctor("api", trustedHeader, true, sharedStore, InstantSource.fixed(NOW));
    }

    private static Decision decidedAt(long millisFromNow, boolean withoutStore) {
        long atMicros = TimeUnit.MILLISECONDS.toMicros(NOW.toEpochMilli() + millisFromNow);
        return new Decision.Allowed(List.of(), List.of(), atMicros, withoutStore);
    }

    private static final Decision DECIDED = decidedAt(0, false);

    private static HttpServletRequest request(Map<String, String> headers) {
        return (HttpServletRequest) Proxy.newProxyInstance(
                DoctorTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getHeader" -> headers.get(arguments[0]);
                    case "getDispatcherType" -> DispatcherType.REQUEST;
                    default -> throw new AssertionError("asked for " + method.getName());
                });
    }

    private static HttpServletResponse response(boolean committed) {
        return (HttpServletResponse) Proxy.newProxyInstance(
                DoctorTest.class.getClassLoader(),
                new Class<?>[] {HttpServletResponse.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "isCommitted" -> committed;
                    default -> throw new AssertionError("asked for " + method.getName());
                });
    }

    private static <T> T untouchable(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                DoctorTest.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    throw new AssertionError("asked for " + method.getName());
                }));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                            | X-Forwarded-For | Requests come with X-Forwarded-For, and no proxy is trusted | 'trusted-proxies', for example 10.0.0.0/8
                            | Forwarded       | Requests come with Forwarded, and no proxy is trusted       | 'trusted-proxies', for example 10.0.0.0/8
            X-Forwarded-For | Forwarded       | Requests come with Forwarded and without X-Forwarded-For    | 'forwarded-header' says to read. Set it to what your proxies write
            Forwarded       | X-Forwarded-For | Requests come with X-Forwarded-For and without Forwarded    | 'forwarded-header' says to read. Set it to what your proxies write
            """)
    void a_forwarding_header_that_nobody_reads_is_told_once(
            @Nullable String trustedHeader, String header, String finding, String fix) {
        Doctor doctor = doctor(trustedHeader, false);
        for (int i = 0; i < 5; i++) {
            doctor.decided(request(Map.of(header, "192.0.2.77")), OPEN, "ip " + i, DECIDED);
        }
        assertThat(warnings()).hasSize(1);
        assertThat(warnings().get(0)).contains("Filter 'api'", finding, fix).doesNotContain("192.0.2.77");
    }

    @Test
    void a_forwarding_header_that_is_read_is_no_finding_alone_or_beside_the_other() {
        Doctor doctor = doctor("X-Forwarded-For", false);
        doctor.decided(request(Map.of("X-Forwarded-For", "192.0.2.1")), OPEN, "ip a", DECIDED);
        doctor.decided(request(Map.of("X-Forwarded-For", "x", "Forwarded", "for=y")), OPEN, "ip b", DECIDED);
        doctor.decided(request(Map.of()), OPEN, "ip c", DECIDED);
        assertThat(warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1500, 1500 ms", "-61000, -61000 ms"})
    void a_clock_that_is_not_that_of_redis_is_told_once(long skewMillis, String told) {
        Doctor doctor = doctor(null, true);
        for (int i = 0; i < 10; i++) {
            doctor.decided(request(Map.of()), OPEN, "ip " + i, decidedAt(skewMillis, false));
        }
        assertThat(warnings()).hasSize(1);
        assertThat(warnings().get(0)).contains("clock of Redis differs", told, "Let both follow one time server");
    }

    @Test
    void a_pause_between_the_decision_and_the_look_at_the_clock_is_no_skew() {
        Doctor doctor = doctor(null, true);
        for (int i = 0; i < 30; i++) {
            doctor.decided(request(Map.of()), OPEN, "ip " + i, decidedAt(i % 3 == 2 ? -10 : -5_000, false));
        }
        assertThat(warnings()).isEmpty();
    }

    @Test
    void a_second_of_skew_is_none_and_what_was_not_decided_by_redis_has_none() {
        Doctor shared = doctor(null, true);
        Doctor local = doctor(null, false);
        for (int i = 0; i < 10; i++) {
            shared.decided(request(Map.of()), OPEN, "ip " + i, decidedAt(-1_000, false));
            shared.decided(request(Map.of()), OPEN, "ip " + i, decidedAt(1_000, false));
            shared.decided(request(Map.of()), OPEN, "ip " + i, decidedAt(-NOW.toEpochMilli(), true));
            local.decided(request(Map.of()), OPEN, "ip " + i, decidedAt(99_000, false));
        }
        assertThat(warnings()).isEmpty();
    }

    @Test
    void a_response_that_is_committed_is_told_once() {
        Doctor doctor = doctor(null, false);
        for (int i = 0; i < 5; i++) {
            doctor.decided(request(Map.of()), response(true), "ip " + i, DECIDED);
        }
        assertThat(warnings()).hasSize(1);
        assertThat(warnings().get(0))
                .contains("committed before this filter", "Map it before every filter that writes");
    }

    /** So many of all requests are those of one client, in any order. */
    private void thousandRequests(Doctor doctor, int ofOne, String one) {
        for (int i = 0; i < Doctor.REQUESTS; i++) {
            boolean other = i * 7 % Doctor.REQUESTS >= ofOne;
            doctor.decided(request(Map.of()), OPEN, other ? "ip other-" + i : one, DECIDED);
        }
    }

    @Test
    void one_client_with_nearly_all_requests_is_told_without_its_name() {
        thousandRequests(doctor(null, false), 970, "ip 192.0.2.99");
        assertThat(warnings()).hasSize(1);
        assertThat(warnings().get(0))
                .contains("Of its first 1000 requests 9", "of one client", "name it in 'trusted-proxies'")
                .doesNotContain("192.0.2.99");
    }

    @Test
    void a_client_that_is_only_busy_is_no_finding() {
        thousandRequests(doctor(null, false), 900, "ip 192.0.2.99");
        assertThat(warnings()).isEmpty();
    }

    @Test
    void requests_that_are_not_told_whose_they_are_are_not_one_client() {
        thousandRequests(doctor(null, false), 970, "");
        thousandRequests(doctor(null, false), 1_000, "");
        assertThat(warnings()).isEmpty();
    }

    @Test
    void where_everybody_is_meant_to_be_one_client_that_is_no_finding() {
        thousandRequests(new Doctor("api", null, false, false, InstantSource.system()), 1_000, "global");
        assertThat(warnings()).isEmpty();
    }

    @Test
    void after_a_thousand_requests_nothing_is_looked_at_any_more() {
        Doctor doctor = doctor(null, true);
        thousandRequests(doctor, 10, "ip 192.0.2.99");
        doctor.decided(untouchable(HttpServletRequest.class), untouchable(HttpServletResponse.class), "ip 1", DECIDED);
        doctor.seenAgain(untouchable(HttpServletRequest.class));
        assertThat(warnings()).isEmpty();
    }

    // ---- With a server

    private void assertOneWarning(TestServer server, int requests, String text, String... headers) throws Exception {
        try (TestServer started = server.start()) {
            for (int i = 0; i < requests; i++) {
                started.get("/", headers);
            }
        }
        assertThat(warnings()).hasSize(1);
        assertThat(warnings().get(0)).contains("Filter 'api'", text).doesNotContain("127.0.0.1", "192.0.2.1");
    }

    @Test
    void a_proxy_that_is_not_trusted_is_found() throws Exception {
        assertOneWarning(
                new TestServer().filter("api", Map.of()),
                5,
                "name the proxy's network in 'trusted-proxies'",
                "X-Forwarded-For",
                "192.0.2.1");
    }

    @Test
    void a_proxy_that_writes_another_header_is_found() throws Exception {
        assertOneWarning(
                new TestServer().filter("api", Map.of("trusted-proxies", "127.0.0.1")),
                5,
                "which is what 'forwarded-header' says to read",
                "Forwarded",
                "for=192.0.2.1");
    }

    @Test
    void everybody_as_one_client_is_found_also_when_all_are_refused() throws Exception {
        assertOneWarning(new TestServer().filter("api", Map.of("limits", "1/1h")), 1_001, "those of one client");
    }

    @Test
    void a_filter_that_is_mapped_twice_is_found() throws Exception {
        assertOneWarning(
                new TestServer().filter("api", Map.of()).mapAgain("/*"), 5, "It is mapped twice to one request");
    }

    @Test
    void a_filter_behind_one_that_commits_is_found() throws Exception {
        Filter eager = (request, response, chain) -> {
            response.flushBuffer();
            chain.doFilter(request, response);
        };
        TestServlet answer =
                new TestServlet((request, response) -> response.getWriter().print("hello"));
        assertOneWarning(
                new TestServer().filter(eager).filter("api", Map.of()).servlet("/", answer),
                5,
                "was committed before this filter");
    }

    @Test
    void a_healthy_filter_says_nothing() throws Exception {
        try (TestRedis redis = TestRedis.start()) {
            Map<String, String> initParams =
                    new HashMap<>(Map.of("trusted-proxies", "127.0.0.1", "redis", redis.uri(), "store-timeout", "10s"));
            String policies = """
                    each.limits = 100/1h
                    login.match = POST /login
                    login.limits = 5/1h
                    all.limits = 100000/1h
                    all.client = global
                    """;
            TestServer server = new TestServer();
            PolicyFileServer.addTo(server, directory, policies, initParams);
            server.servlet(
                    "/forward",
                    new TestServlet((request, response) ->
                            request.getRequestDispatcher("/").forward(request, response)));
            try (TestServer started = server.start()) {
                for (int i = 0; i < Doctor.REQUESTS + 5; i++) {
                    started.get(i % 10 == 0 ? "/forward" : "/", "X-Forwarded-For", "192.0.2." + i % 200);
                }
            }
            assertThat(warnings()).isEmpty();
        }
    }
}
