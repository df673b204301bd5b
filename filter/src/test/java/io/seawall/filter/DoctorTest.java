package io.seawall.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.filter.client.ClientAddress;
import io.seawall.filter.client.ForwardedHeader;
import io.seawall.filter.client.Ipv6Prefix;
import io.seawall.filter.client.TrustedProxies;
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
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.ForwardedRequestCustomizer;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.ServerConnector;
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

    private Instant now = NOW;

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

    private Doctor doctor(@Nullable String trustedHeader, boolean sharedStore) {
        TrustedProxies proxies = TrustedProxies.parse(trustedHeader == null ? "" : "10.0.0.0/8");
        ForwardedHeader header =
                trustedHeader == null ? ForwardedHeader.X_FORWARDED_FOR : ForwardedHeader.parse(trustedHeader, proxies);
        return new Doctor(
                "api", new ClientAddress(proxies, header, Ipv6Prefix.parse("64")), true, sharedStore, () -> now);
    }

    private void decided(Doctor doctor, HttpServletRequest request, String client, Decision decision) {
        doctor.decided(request, OPEN, client, decision, doctor.now());
    }

    private static Decision decidedAt(long millisFromNow, boolean withoutStore) {
        long atMicros = TimeUnit.MILLISECONDS.toMicros(NOW.toEpochMilli() + millisFromNow);
        return new Decision.Allowed(List.of(), List.of(), atMicros, withoutStore);
    }

    private static final Decision DECIDED = decidedAt(0, false);

    private static HttpServletRequest request(Map<String, String> headers) {
        return request("10.0.0.7", headers);
    }

    private static HttpServletRequest request(@Nullable String peer, Map<String, String> headers) {
        return (HttpServletRequest) Proxy.newProxyInstance(
                DoctorTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getHeader" -> headers.get(arguments[0]);
                    case "getHeaders" ->
                        headers.containsKey(arguments[0])
                                ? Collections.enumeration(List.of(headers.get(arguments[0])))
                                : Collections.emptyEnumeration();
                    case "getRemoteAddr" -> peer;
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
                            | X-Forwarded-For | come with a forwarding header, and no proxy is trusted     | 'trusted-proxies', for example 10.0.0.0/8
                            | Forwarded       | come with a forwarding header, and no proxy is trusted     | 'trusted-proxies', for example 10.0.0.0/8
            X-Forwarded-For | Forwarded       | Trusted proxies send Forwarded and not X-Forwarded-For     | set 'forwarded-header' to it; or let them write X-Forwarded-For
            Forwarded       | X-Forwarded-For | Trusted proxies send X-Forwarded-For and not Forwarded     | set 'forwarded-header' to it; or let them write Forwarded
            """)
    void a_forwarding_header_that_nobody_reads_is_told_once(
            @Nullable String trustedHeader, String header, String finding, String fix) {
        Doctor doctor = doctor(trustedHeader, false);
        for (int i = 0; i < 5; i++) {
            decided(doctor, request(Map.of(header, "for=192.0.2.77")), "ip " + i, DECIDED);
        }
        assertThat(warnings()).hasSize(1);
        assertThat(warnings().get(0)).contains("Filter 'api'", finding, fix).doesNotContain("192.0.2.77");
    }

    @Test
    void a_forwarding_header_that_is_read_is_no_finding_alone_or_beside_the_other() {
        Doctor doctor = doctor("X-Forwarded-For", false);
        decided(doctor, request(Map.of("X-Forwarded-For", "192.0.2.1")), "ip a", DECIDED);
        decided(doctor, request(Map.of("X-Forwarded-For", "x", "Forwarded", "for=y")), "ip b", DECIDED);
        decided(doctor, request(Map.of()), "ip c", DECIDED);
        assertThat(warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1500, 1500 ms", "-61000, -61000 ms"})
    void a_clock_that_is_not_that_of_redis_is_told_once(long skewMillis, String told) {
        Doctor doctor = doctor(null, true);
        for (int i = 0; i < 10; i++) {
            decided(doctor, request(Map.of()), "ip " + i, decidedAt(skewMillis, false));
        }
        assertThat(warnings()).hasSize(1);
        assertThat(warnings().get(0)).contains("clock of Redis differs", told, "Let both follow one time server");
    }

    @Test
    void a_pause_around_the_decision_is_no_skew() {
        Doctor doctor = doctor(null, true);
        for (int i = 0; i < 30; i++) {
            long asked = doctor.now();
            now = now.plusMillis(5_000);
            Decision decision = decidedAt(now.toEpochMilli() - NOW.toEpochMilli(), false);
            now = now.plusMillis(5_000);
            doctor.decided(request(Map.of()), OPEN, "ip " + i, decision, asked);
        }
        assertThat(warnings()).isEmpty();
    }

    @Test
    void of_a_skew_with_a_pause_around_it_the_least_is_told() {
        Doctor doctor = doctor(null, true);
        for (int i = 0; i < 3; i++) {
            long asked = doctor.now();
            now = now.plusMillis(500);
            Decision decision = decidedAt(now.toEpochMilli() - NOW.toEpochMilli() + 4_000, false);
            now = now.plusMillis(1_000);
            doctor.decided(request(Map.of()), OPEN, "ip " + i, decision, asked);
        }
        assertThat(warnings()).hasSize(1);
        assertThat(warnings().get(0)).contains("by 3000 ms");
    }

    @Test
    void a_skew_that_begins_after_a_thousand_requests_is_told() {
        Doctor doctor = doctor(null, true);
        thousandRequests(doctor, 10, "ip 192.0.2.99");
        now = NOW.plusMillis(Doctor.WATCH_MILLIS / 2);
        for (int i = 0; i < 3; i++) {
            decided(
                    doctor,
                    request(Map.of()),
                    "ip " + i,
                    decidedAt(now.toEpochMilli() - NOW.toEpochMilli() + 2_000, false));
            now = now.plusMillis(100);
        }
        assertThat(warnings()).hasSize(1);
        assertThat(warnings().get(0)).contains("clock of Redis differs");
    }

    @Test
    void a_proxy_without_an_address_is_on_this_machine() {
        decided(doctor(null, false), request(null, Map.of("X-Forwarded-For", "192.0.2.1")), "ip ", DECIDED);
        assertThat(warnings()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"192.0.2.7", "2001:db8::7", "172.32.0.1", "100.128.0.1"})
    void a_header_that_a_stranger_sends_now_and_then_is_no_proxy_of_ours(String peer) {
        Doctor doctor = doctor(null, false);
        for (int i = 0; i < Doctor.REQUESTS; i++) {
            Map<String, String> headers = i % 2 == 0 ? Map.of("X-Forwarded-For", "203.0.113.1") : Map.of();
            decided(doctor, request(peer, headers), "ip " + i, DECIDED);
        }
        assertThat(warnings()).isEmpty();
    }

    @Test
    void proxies_of_the_internet_that_nearly_all_requests_come_from_are_told() {
        Doctor doctor = doctor(null, false);
        for (int i = 0; i < Doctor.REQUESTS; i++) {
            Map<String, String> headers = i % 25 == 0 ? Map.of() : Map.of("X-Forwarded-For", "203.0.113.1");
            decided(doctor, request("192.0.2." + i % 40, headers), "ip " + i % 40, DECIDED);
        }
        assertThat(warnings()).hasSize(1);
        assertThat(warnings().get(0)).contains("come with a forwarding header, and no proxy is trusted");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            X-Forwarded-For | 10.9.9.9
            X-Forwarded-For | 203.0.113.9, 10.9.9.9, 10.0.0.1
            Forwarded       | for=10.9.9.9;proto=https
            """)
    void a_header_that_the_server_has_read_already_is_no_finding(String header, String value) {
        Doctor doctor = doctor(null, false);
        for (int i = 0; i < Doctor.REQUESTS; i++) {
            decided(doctor, request("10.9.9.9", Map.of(header, value)), "ip " + i, DECIDED);
        }
        assertThat(warnings()).isEmpty();
    }

    @Test
    void the_other_header_of_somebody_who_is_not_trusted_is_no_finding() {
        Doctor doctor = doctor("X-Forwarded-For", false);
        for (int i = 0; i < Doctor.REQUESTS; i++) {
            decided(doctor, request("192.168.1.1", Map.of("Forwarded", "for=192.0.2.1")), "ip " + i, DECIDED);
        }
        assertThat(warnings()).isEmpty();
    }

    @Test
    void an_exempt_network_that_a_proxy_is_in_is_told_once() {
        Doctor doctor = doctor(null, false);
        for (int i = 0; i < 5; i++) {
            doctor.exempted(request(Map.of("X-Forwarded-For", "192.0.2.1")));
        }
        assertThat(warnings()).hasSize(1);
        assertThat(warnings().get(0))
                .contains("exempt network", "'trusted-proxies'")
                .doesNotContain("192.0.2.1");
    }

    @Test
    void an_exempt_network_without_a_proxy_is_no_finding() {
        doctor(null, false).exempted(request(Map.of()));
        doctor("X-Forwarded-For", false).exempted(request(Map.of("X-Forwarded-For", "10.1.1.1")));
        doctor(null, false).exempted(request(Map.of("X-Forwarded-For", "10.0.0.7")));
        assertThat(warnings()).isEmpty();
    }

    @Test
    void an_exempt_proxy_that_writes_the_other_header_is_told() {
        doctor("X-Forwarded-For", false).exempted(request(Map.of("Forwarded", "for=192.0.2.1")));
        assertThat(warnings()).hasSize(1);
        assertThat(warnings().get(0)).contains("Trusted proxies send Forwarded and not X-Forwarded-For");
    }

    @Test
    void a_second_of_skew_is_none_and_what_was_not_decided_by_redis_has_none() {
        Doctor shared = doctor(null, true);
        Doctor local = doctor(null, false);
        for (int i = 0; i < 10; i++) {
            decided(shared, request(Map.of()), "ip " + i, decidedAt(-1_000, false));
            decided(shared, request(Map.of()), "ip " + i, decidedAt(1_000, false));
            decided(shared, request(Map.of()), "ip " + i, decidedAt(-NOW.toEpochMilli(), true));
            decided(local, request(Map.of()), "ip " + i, decidedAt(99_000, false));
        }
        assertThat(warnings()).isEmpty();
    }

    @Test
    void a_response_that_is_committed_is_told_once() {
        Doctor doctor = doctor(null, false);
        for (int i = 0; i < 5; i++) {
            doctor.decided(request(Map.of()), response(true), "ip " + i, DECIDED, doctor.now());
        }
        assertThat(warnings()).hasSize(1);
        assertThat(warnings().get(0))
                .contains("committed before this filter", "Map it before every filter that writes");
    }

    /** So many of all requests are those of one client, in any order. */
    private void thousandRequests(Doctor doctor, int ofOne, String one) {
        for (int i = 0; i < Doctor.REQUESTS; i++) {
            boolean other = i * 7 % Doctor.REQUESTS >= ofOne;
            decided(doctor, request(Map.of()), other ? "ip other-" + i : one, DECIDED);
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
        ClientAddress address =
                new ClientAddress(TrustedProxies.parse(""), ForwardedHeader.X_FORWARDED_FOR, Ipv6Prefix.parse("64"));
        thousandRequests(new Doctor("api", address, false, false, () -> now), 1_000, "global");
        assertThat(warnings()).isEmpty();
    }

    @Test
    void after_a_thousand_requests_a_few_are_looked_at_and_after_ten_minutes_none() {
        Doctor doctor = doctor(null, true);
        thousandRequests(doctor, 10, "ip 192.0.2.99");
        now = NOW.plusMillis(99);
        assertNoneIsLookedAt(doctor);
        now = NOW.plusMillis(100);
        decided(doctor, request(Map.of()), "ip 1", decidedAt(100, false));
        assertNoneIsLookedAt(doctor);
        now = NOW.plusMillis(Doctor.WATCH_MILLIS - 1);
        decided(doctor, request(Map.of()), "ip 1", decidedAt(Doctor.WATCH_MILLIS - 1, false));
        now = NOW.plusMillis(Doctor.WATCH_MILLIS + 200);
        decided(doctor, request(Map.of()), "ip 1", decidedAt(Doctor.WATCH_MILLIS + 200, false));
        now = now.plusSeconds(3_600);
        assertThat(doctor.now()).isZero();
        assertNoneIsLookedAt(doctor);
        doctor.seenAgain(untouchable(HttpServletRequest.class));
        assertThat(warnings()).isEmpty();
    }

    private void assertNoneIsLookedAt(Doctor doctor) {
        doctor.exempted(untouchable(HttpServletRequest.class));
        doctor.decided(
                untouchable(HttpServletRequest.class),
                untouchable(HttpServletResponse.class),
                "ip 1",
                DECIDED,
                doctor.now());
    }

    @Test
    void where_few_requests_come_it_looks_at_a_thousand_all_the_same() {
        Doctor doctor = doctor(null, false);
        for (int i = 1; i < Doctor.REQUESTS; i++) {
            decided(doctor, request(Map.of()), "ip " + i, DECIDED);
            now = now.plusSeconds(60);
        }
        decided(doctor, request(Map.of("X-Forwarded-For", "192.0.2.1")), "ip 1", DECIDED);
        assertThat(warnings()).hasSize(1);
        assertNoneIsLookedAt(doctor);
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
    void an_exempt_network_that_everybody_seems_to_be_in_is_found() throws Exception {
        assertOneWarning(
                new TestServer().filter("api", Map.of("exempt", "127.0.0.0/8", "limits", "1/1h")),
                5,
                "or nobody behind it is limited",
                "X-Forwarded-For",
                "192.0.2.1");
    }

    @Test
    void a_server_that_tells_clients_apart_by_itself_is_no_finding() throws Exception {
        TestServer server = new TestServer();
        HttpConnectionFactory http = ((ServerConnector)
                        server.application().getServer().getConnectors()[0])
                .getConnectionFactory(HttpConnectionFactory.class);
        http.getHttpConfiguration().addCustomizer(new ForwardedRequestCustomizer());
        try (TestServer started = server.filter("api", Map.of("limits", "1/1h")).start()) {
            for (int i = 0; i < 20; i++) {
                assertThat(started.get("/", "X-Forwarded-For", "10.1.0." + i).statusCode())
                        .isEqualTo(404);
            }
        }
        assertThat(warnings()).isEmpty();
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
