package io.seawall.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.LimitsServlet;
import com.example.MailLimits;
import com.example.MailListener;
import com.example.PartnerExport;
import io.seawall.ratelimit.InMemoryLimitStore;
import io.seawall.ratelimit.QuotaPolicies;
import io.seawall.ratelimit.RateLimiter;
import io.seawall.redis.TestRedis;
import io.seawall.test.CapturedLog;
import jakarta.jms.Message;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletSecurityElement;
import jakarta.servlet.annotation.ServletSecurity;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.eclipse.jetty.ee10.servlet.security.ConstraintSecurityHandler;
import org.eclipse.jetty.security.HashLoginService;
import org.eclipse.jetty.security.UserStore;
import org.eclipse.jetty.security.authentication.BasicAuthenticator;
import org.eclipse.jetty.util.security.Credential;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/guide do what the pages say that they do. */
class GuideAtWorkTest {

    private static final int NOT_FOUND = 404; // no servlet: the request was admitted and found nothing
    private static final int TOO_MANY = 429;

    @TempDir
    private Path directory;

    private TestServer example(String page, String param, String value) throws Exception {
        GuidePage guide = GuidePage.of(page);
        return guide.deploy(directory, guide.example(param, value));
    }

    /** Answers with the status that the request asks for, and the attribute of limits in shadow. */
    private static final class Answering extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            String status = request.getParameter("status");
            if ("throw".equals(status)) {
                throw new IllegalStateException("as it was told to");
            }
            if (request.getParameter("async") != null) {
                AsyncContext context = request.startAsync();
                context.setTimeout("timeout".equals(status) ? 1 : 10_000);
                if (!"timeout".equals(status)) {
                    context.start(() -> {
                        ((HttpServletResponse) context.getResponse()).setStatus(Integer.parseInt(status));
                        context.complete();
                    });
                }
                return;
            }
            response.setStatus(status == null ? 200 : Integer.parseInt(status));
            response.getWriter().print(request.getAttribute(RateLimitFilter.SHADOW_REFUSALS));
        }
    }

    @Test
    void invented_keys_buy_nothing() throws Exception {
        try (TestServer server =
                example("clients.md", "client", "header:X-Api-Key").start()) {
            for (int i = 0; i < 100; i++) {
                assertThat(server.get("/", "X-Api-Key", "ann").statusCode()).isEqualTo(NOT_FOUND);
            }
            HttpResponse<String> ofKey = server.get("/", "X-Api-Key", "ann");
            assertThat(ofKey.body()).contains("\"violated-policies\":[\"default\"]");
            for (int i = 0; i < 400; i++) {
                assertThat(server.get("/", "X-Api-Key", "invented" + i).statusCode())
                        .isEqualTo(NOT_FOUND);
            }
            HttpResponse<String> ofAddress = server.get("/", "X-Api-Key", "one-more");
            assertThat(ofAddress.statusCode()).isEqualTo(TOO_MANY);
            assertThat(ofAddress.body()).contains("\"violated-policies\":[\"default-ip\"]");
        }
    }

    @Test
    void an_invented_key_is_paired_with_its_address_unasked() throws Exception {
        for (String client : List.of("header:X-Key", "cookie:key", "header:X-Key+ip", "principal, header:X-Key")) {
            try (TestServer server = new TestServer()
                    .filter("api", Map.of("limits", "3/1h", "client", client))
                    .start()) {
                for (int i = 0; i < 10; i++) {
                    assertThat(server.get("/", "X-Key", "k" + i, "Cookie", "key=k" + i)
                                    .statusCode())
                            .as(client)
                            .isEqualTo(i < 3 ? NOT_FOUND : TOO_MANY);
                }
            }
        }
    }

    @Test
    void a_limit_in_shadow_refuses_nobody_and_tells_the_application() throws Exception {
        try (TestServer server = example("rollout.md", "shadow", "true")
                .servlet("/x", new Answering())
                .start()) {
            for (int i = 0; i < 100; i++) {
                assertThat(server.get("/x").body()).isEqualTo("null");
            }
            HttpResponse<String> refusedInShadow = server.get("/x");
            assertThat(refusedInShadow.statusCode()).isEqualTo(200);
            assertThat(refusedInShadow.body()).isEqualTo("default");
            assertThat(refusedInShadow.headers().map()).doesNotContainKeys("ratelimit", "ratelimit-policy");
        }
    }

    @Test
    void a_candidate_changes_no_decision_and_says_whom_it_would_refuse() throws Exception {
        try (TestServer server = example("rollout.md", "limits", "now=100/1m; candidate=60/1m shadow")
                .servlet("/x", new Answering())
                .start()) {
            for (int i = 0; i < 100; i++) {
                HttpResponse<String> admitted = server.get("/x");
                assertThat(admitted.body()).isEqualTo(i < 60 ? "null" : "candidate");
                assertThat(admitted.headers().firstValue("RateLimit-Policy")).hasValue("\"now\";q=100;w=60");
            }
            assertThat(server.get("/x").statusCode()).isEqualTo(TOO_MANY);
        }
    }

    @Test
    void two_filters_tell_of_their_limits_in_shadow_together() throws Exception {
        try (TestServer server = new TestServer()
                .filter("one", Map.of("limits", "a=1/1h shadow; b=1/1h shadow"))
                .filter("two", Map.of("limits", "c=1/1h shadow"))
                .servlet("/x", new Answering())
                .start()) {
            server.get("/x");
            assertThat(server.get("/x").body()).isEqualTo("a, b, c");
        }
    }

    private TestServer administered() throws Exception {
        TestServer server = example("live-changes.md", "except", "/admin/**");
        LimitsServlet servlet = new LimitsServlet();
        String path = LimitsServlet.class.getAnnotation(WebServlet.class).value()[0];
        ConstraintSecurityHandler guard = new ConstraintSecurityHandler();
        guard.setConstraintMappings(ConstraintSecurityHandler.createConstraintsWithMappingsForPath(
                "LimitsServlet",
                path,
                new ServletSecurityElement(LimitsServlet.class.getAnnotation(ServletSecurity.class))));
        UserStore users = new UserStore();
        users.addUser("ada", Credential.getCredential("secret"), new String[] {"admin"});
        users.addUser("bob", Credential.getCredential("secret"), new String[] {"customer"});
        HashLoginService login = new HashLoginService("shop");
        login.setUserStore(users);
        guard.setLoginService(login);
        guard.setAuthenticator(new BasicAuthenticator());
        server.application().setSecurityHandler(guard);
        return server.servlet(path, servlet).start();
    }

    private static String basic(String user) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":secret").getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void an_administrator_changes_the_limits_of_a_client_and_nobody_else_does() throws Exception {
        try (TestServer server = administered()) {
            String client = "/admin/limits?client=ip+127.0.0.1";
            assertThat(server.send("PUT", client + "&permits=2").statusCode()).isEqualTo(401);
            assertThat(server.send("PUT", client + "&permits=2", "Authorization", basic("bob"))
                            .statusCode())
                    .isEqualTo(403);
            assertThat(server.get("/").headers().firstValue("RateLimit-Policy")).hasValue("\"default\";q=100;w=60");

            assertThat(server.send("PUT", client + "&permits=2", "Authorization", basic("ada"))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(server.get("/").headers().firstValue("RateLimit-Policy")).hasValue("\"default\";q=2;w=60");
            assertThat(server.get("/").statusCode()).isEqualTo(TOO_MANY);
            assertThat(server.get("/admin/limits", "Authorization", basic("ada"))
                            .body())
                    .contains("policies=default, limit=default", "permits=2")
                    .doesNotContain("127.0.0.1");

            assertThat(server.send("DELETE", client, "Authorization", basic("ada"))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(server.get("/").headers().firstValue("RateLimit"))
                    .hasValueSatisfying(field -> assertThat(field).startsWith("\"default\";r=99;"));
            assertThat(server.get("/admin/limits", "Authorization", basic("ada"))
                            .body())
                    .isEmpty();
            assertThat(server.send("PUT", client + "&permits=-1", "Authorization", basic("ada"))
                            .statusCode())
                    .isEqualTo(400);
            assertThat(server.send("DELETE", "/admin/limits", "Authorization", basic("ada"))
                            .statusCode())
                    .isEqualTo(400);
        }
    }

    @Test
    void who_goes_on_after_refusals_is_banned() throws Exception {
        try (TestServer server =
                example("penalties.md", "penalty", "20/1m ban 1m..1h").start()) {
            for (int i = 0; i < 100; i++) {
                assertThat(server.get("/").statusCode()).isEqualTo(NOT_FOUND);
            }
            for (int i = 0; i < 20; i++) {
                assertThat(server.get("/").body()).contains("#quota-exceeded");
            }
            HttpResponse<String> banned = server.get("/");
            assertThat(banned.statusCode()).isEqualTo(TOO_MANY);
            assertThat(banned.body()).contains("#abnormal-usage-detected");
            assertThat(Integer.parseInt(
                            banned.headers().firstValue("Retry-After").orElseThrow()))
                    .isBetween(50, 61);
        }
    }

    @Test
    void only_wrong_passwords_count() throws Exception {
        GuidePage page = GuidePage.of("outcomes.md");
        try (TestServer server = page.deploy(directory, Map.of("policies", "/WEB-INF/policies.properties"))
                .servlet("/*", new Answering())
                .start()) {
            for (int i = 0; i < 10; i++) {
                assertThat(server.send("POST", "/login?status=200").statusCode())
                        .isEqualTo(200);
            }
            for (int i = 0; i < 5; i++) {
                assertThat(server.send("POST", "/login?status=" + (i < 3 ? 401 : 403))
                                .statusCode())
                        .isIn(401, 403);
            }
            assertThat(server.send("POST", "/login?status=200").statusCode()).isEqualTo(TOO_MANY);
        }
    }

    /** Each of these failures is given back, and once: one permit of two is left, and no more. */
    @Test
    void a_failure_is_given_back_once_however_it_ends() throws Exception {
        for (String failure :
                List.of("/x?status=503", "/x?status=throw", "/x?async&status=500", "/x?async&status=timeout")) {
            try (CapturedLog quiet = new CapturedLog(org.eclipse.jetty.server.Response.class);
                    TestServer server = new TestServer()
                            .filter("api", Map.of("limits", "2/1h", "refund", "5xx"))
                            .servlet("/*", new Answering())
                            .start()) {
                assertThat(quiet).isNotNull();
                assertThat(server.get("/x").statusCode()).isEqualTo(200);
                assertThat(server.get(failure).statusCode()).as(failure).isBetween(500, 503);
                // An answer may arrive before its request is settled.
                Awaitility.await(failure)
                        .atMost(20, TimeUnit.SECONDS)
                        .until(() -> server.get("/x?status=503").statusCode() == 503);
                Awaitility.await(failure)
                        .atMost(20, TimeUnit.SECONDS)
                        .until(() -> server.get("/x").statusCode() == 200);
                assertThat(server.get("/x").statusCode()).as(failure).isEqualTo(TOO_MANY);
            }
        }
    }

    @Test
    void what_has_gone_out_is_charged_before_the_answer_is_known() throws Exception {
        try (TestServer server = new TestServer()
                .filter("api", Map.of("limits", "1/1h", "count", "401"))
                .servlet("/*", new Answering())
                .start()) {
            assertThat(server.get("/x?status=401").headers().firstValue("RateLimit"))
                    .hasValueSatisfying(field -> assertThat(field).startsWith("\"default\";r=0;"));
            assertThat(server.get("/x?status=401").statusCode()).isEqualTo(TOO_MANY);
        }
    }

    @Test
    void mails_are_limited_on_all_nodes_together() {
        try (TestRedis redis = TestRedis.start();
                MailLimits one = MailLimits.inRedis(redis.uri());
                MailLimits two = MailLimits.inRedis(redis.uri())) {
            for (int i = 0; i < 5; i++) {
                assertThat(one.maySend("ann")).isTrue();
                assertThat(two.maySend("ann")).isTrue();
            }
            assertThat(one.maySend("ann")).isFalse();
            assertThat(two.maySend("ann")).isFalse();
            assertThat(two.maySend("bob")).isTrue();
        }
    }

    @Test
    void a_message_beyond_the_limit_goes_back_to_its_queue() {
        List<String> sent = new ArrayList<>();
        try (MailLimits limits = new MailLimits(new InMemoryLimitStore())) {
            MailListener listener = new MailListener(limits, sent::add);
            for (int i = 0; i < 10; i++) {
                listener.onMessage(message());
            }
            assertThatThrownBy(() -> listener.onMessage(message())).isInstanceOf(IllegalStateException.class);
            assertThat(sent).hasSize(10).containsOnly("Hello!");
        }
    }

    private static Message message() {
        return (Message) Proxy.newProxyInstance(
                GuideAtWorkTest.class.getClassLoader(),
                new Class<?>[] {Message.class},
                (proxy, method, arguments) -> method.getName().equals("getBody") ? "Hello!" : "ann");
    }

    @Test
    void a_batch_waits_for_its_turn_and_not_for_what_never_comes() throws Exception {
        List<Integer> calls = new ArrayList<>();
        try (RateLimiter limiter = new RateLimiter(new InMemoryLimitStore())) {
            PartnerExport export = new PartnerExport(limiter.bind(QuotaPolicies.parse("partner", "2/10ms")));
            for (int i = 0; i < 6; i++) {
                int call = i;
                export.export("acme", 1, () -> calls.add(call));
            }
            assertThatThrownBy(() -> export.export("acme", 3, () -> calls.add(-1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("3 rows at once are more than acme ever takes");
        }
        assertThat(calls).containsExactly(0, 1, 2, 3, 4, 5);
    }

    @Test
    void the_page_for_browsers_is_filled() throws Exception {
        try (TestServer server =
                example("answers.md", "refusal-page", "/WEB-INF/too-many.html").start()) {
            HttpResponse<String> refused = refuse(server);
            assertThat(refused.body())
                    .contains("<p>Bitte in "
                            + refused.headers().firstValue("Retry-After").orElseThrow()
                            + " Sekunden noch einmal versuchen (default).</p>");
        }
    }

    @Test
    void a_class_writes_the_body() throws Exception {
        try (TestServer server = example("answers.md", "refusal-page", "com.example.ShopRefusals")
                .start()) {
            assertThat(refuse(server).body()).matches("\\{\"error\":\"QUOTA_EXCEEDED\",\"retryAfter\":\\d+}");
        }
    }

    private static HttpResponse<String> refuse(TestServer server) {
        for (int i = 0; i < 100; i++) {
            assertThat(server.get("/").statusCode()).isEqualTo(NOT_FOUND);
        }
        HttpResponse<String> refused = server.get("/", "Accept", "text/html");
        assertThat(refused.statusCode()).isEqualTo(TOO_MANY);
        return refused;
    }
}
