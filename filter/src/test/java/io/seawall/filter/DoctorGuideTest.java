package io.seawall.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.filter.client.ClientAddress;
import io.seawall.filter.client.ForwardedHeader;
import io.seawall.filter.client.Ipv6Prefix;
import io.seawall.filter.client.TrustedProxies;
import io.seawall.ratelimit.Decision;
import io.seawall.test.CapturedLog;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each warning of docs/guide/doctor.md is one that comes, word by word, once, and there is no other. */
class DoctorGuideTest {

    private static final String FILTER = "RateLimitFilter";

    private static List<String> warnings(TestServer application, Consumer<TestServer> requests) throws Exception {
        try (CapturedLog log = new CapturedLog(RateLimitFilter.class);
                TestServer server = application.start()) {
            requests.accept(server);
            return warnings(log);
        }
    }

    private static List<String> warnings(CapturedLog log) {
        return log.lines().stream()
                .filter(line -> line.startsWith("WARNING "))
                .map(line -> line.substring("WARNING ".length()) + "\n")
                .toList();
    }

    private static TestServer filtered(Map<String, String> initParams) {
        return new TestServer().filter(FILTER, initParams);
    }

    @Test
    void every_warning_comes_word_by_word_and_once() throws Exception {
        List<String> shown = GuidePage.of("doctor.md").texts("text");
        assertThat(Stream.of(
                                forwardedWithoutTrust(),
                                exemptWithoutTrust(),
                                theOtherHeader(),
                                oneClient(),
                                mappedTwice(),
                                declaredTwice(),
                                tooLate(),
                                clockSkew())
                        .flatMap(List::stream))
                .containsExactlyElementsOf(shown);
        // Those of the doctor, and one that is said at deployment.
        assertThat(shown).hasSize(findings() + 1);
    }

    private static int findings() {
        return Stream.of(Doctor.class.getDeclaredClasses())
                .filter(Class::isEnum)
                .mapToInt(findings -> findings.getEnumConstants().length)
                .sum();
    }

    private static List<String> forwardedWithoutTrust() throws Exception {
        return warnings(filtered(Map.of()), server -> {
            server.get("/", "X-Forwarded-For", "192.0.2.1");
            server.get("/", "X-Forwarded-For", "192.0.2.1");
        });
    }

    private static List<String> exemptWithoutTrust() throws Exception {
        return warnings(filtered(Map.of("exempt", "127.0.0.0/8")), server -> {
            server.get("/", "X-Forwarded-For", "192.0.2.1");
            server.get("/", "X-Forwarded-For", "192.0.2.1");
        });
    }

    private static List<String> theOtherHeader() throws Exception {
        return warnings(filtered(Map.of("trusted-proxies", "127.0.0.1")), server -> {
            server.get("/", "Forwarded", "for=192.0.2.1");
            server.get("/", "Forwarded", "for=192.0.2.1");
        });
    }

    private static List<String> oneClient() throws Exception {
        return warnings(filtered(Map.of()), server -> {
            for (int i = 0; i <= Doctor.REQUESTS; i++) {
                server.get("/");
            }
        });
    }

    private static List<String> mappedTwice() throws Exception {
        return warnings(filtered(Map.of()).mapAgain("/orders"), server -> {
            server.get("/orders");
            server.get("/orders");
        });
    }

    private static List<String> declaredTwice() throws Exception {
        return warnings(filtered(Map.of()).filter("OrdersFilter", Map.of()), server -> {});
    }

    private static List<String> tooLate() throws Exception {
        TestServer hasty = new TestServer()
                .filter((request, response, chain) -> {
                    response.flushBuffer();
                    chain.doFilter(request, response);
                })
                .filter(FILTER, Map.of())
                .servlet("/orders", new HttpServlet() {
                    private static final long serialVersionUID = 1L;

                    @Override
                    protected void doGet(HttpServletRequest request, HttpServletResponse response) {}
                });
        return warnings(hasty, server -> {
            server.get("/orders");
            server.get("/orders");
        });
    }

    private static List<String> clockSkew() {
        Instant now = Instant.parse("2026-01-01T12:00:00Z");
        Doctor doctor = new Doctor(
                FILTER,
                new ClientAddress(TrustedProxies.parse(""), ForwardedHeader.X_FORWARDED_FOR, Ipv6Prefix.parse("64")),
                true,
                true,
                InstantSource.fixed(now));
        HttpServletRequest request = silent(HttpServletRequest.class);
        HttpServletResponse response = silent(HttpServletResponse.class);
        try (CapturedLog log = new CapturedLog(RateLimitFilter.class)) {
            for (long skewMillis : new long[] {-1000, 1000, 2500, 2500, 2500, 2500}) {
                long atMicros = (now.toEpochMilli() + skewMillis) * 1000;
                doctor.decided(
                        request,
                        response,
                        "ip",
                        new Decision.Allowed(List.of(), List.of(), atMicros, false),
                        doctor.now());
            }
            return warnings(log);
        }
    }

    /** One that has no header field and is not committed, and is asked for nothing else. */
    private static <T> T silent(Class<T> type) {
        return fake(type, method -> method.equals("isCommitted") ? false : null);
    }

    private static <T> T fake(Class<T> type, Function<String, @Nullable Object> answers) {
        return type.cast(Proxy.newProxyInstance(
                DoctorGuideTest.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answers.apply(method.getName())));
    }

    @Test
    void who_is_configured_right_is_told_nothing() throws Exception {
        assertThat(warnings(filtered(Map.of("trusted-proxies", "127.0.0.1", "limits", "10000/1m")), server -> {
                    for (int i = 0; i <= Doctor.REQUESTS; i++) {
                        server.get("/", "X-Forwarded-For", "192.0.2." + i % 16);
                    }
                }))
                .isEmpty();
    }
}
