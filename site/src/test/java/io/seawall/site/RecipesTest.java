package io.seawall.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recipes do what they say, as they stand on the page. */
class RecipesTest {

    private static final String FORM = "application/x-www-form-urlencoded";

    @TempDir
    private static Path directory;

    private static Page page;
    private static Path classes;

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void compile() throws IOException {
        page = Page.read(Build.REPOSITORY, "docs/guide/recipes.md");
        classes = directory.resolve("classes");
        assertThat(JavaBlocks.compile(page, classes).isRight()).isTrue();
    }

    /** The first block of a language that has these words. */
    private static String block(String language, String words) {
        return page.blocks().stream()
                .filter(block ->
                        block.language().equals(language) && block.text().contains(words))
                .findFirst()
                .orElseThrow()
                .text();
    }

    /** With the filter of the recipe for a login, and clients that come from wherever they say. */
    private static WebApplication application(String name, String policies, String before) throws IOException {
        String proxied = trusting(block("xml", "/WEB-INF/policies.properties"));
        return new WebApplication(directory.resolve(name), classes)
                .file("WEB-INF/policies.properties", block("properties", policies))
                .webXml(
                        before + proxied
                                + "<servlet><servlet-name>shop</servlet-name><servlet-class>io.seawall.site.RecipeServlet</servlet-class></servlet>"
                                + "<servlet-mapping><servlet-name>shop</servlet-name><url-pattern>/*</url-pattern></servlet-mapping>");
    }

    private static String trusting(String filter) {
        String trusting = filter.replace(
                "</filter>",
                "<init-param><param-name>trusted-proxies</param-name><param-value>127.0.0.1</param-value></init-param></filter>");
        assertThat(trusting).isNotEqualTo(filter);
        return trusting;
    }

    private HttpResponse<String> logIn(URI root, String address, String account, String password) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(root + "/login"))
                        .header("Content-Type", FORM)
                        .header("X-Forwarded-For", address)
                        .POST(HttpRequest.BodyPublishers.ofString("username=" + account + "&password=" + password))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void an_address_has_ten_wrong_passwords_and_right_ones_cost_nothing() throws Exception {
        application("address", "login-address.match", "").run(root -> {
            for (int i = 0; i < 10; i++) {
                assertThat(logIn(root, "192.0.2.1", "somebody" + i, "wrong").statusCode())
                        .isEqualTo(401);
                assertThat(logIn(root, "192.0.2.2", "ada", "right").statusCode())
                        .isEqualTo(200);
            }
            assertThat(logIn(root, "192.0.2.2", "ada", "right").statusCode()).isEqualTo(200);
            HttpResponse<String> refused = logIn(root, "192.0.2.1", "ada", "right");
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.body()).contains("login-address");
        });
    }

    @Test
    void an_address_that_goes_on_is_banned() throws Exception {
        application("ban", "login-address.match", "").run(root -> {
            for (int i = 0; i < 10; i++) {
                logIn(root, "192.0.2.1", "somebody" + i, "wrong");
            }
            HttpResponse<String> last = logIn(root, "192.0.2.1", "ada", "wrong");
            for (int i = 0; i < 20; i++) {
                assertThat(last.statusCode()).isEqualTo(429);
                last = logIn(root, "192.0.2.1", "ada", "wrong");
            }
            assertThat(last.body()).contains("abnormal");
            assertThat(logIn(root, "192.0.2.2", "ada", "right").statusCode()).isEqualTo(200);
        });
    }

    @Test
    void an_account_has_twenty_wrong_passwords_wherever_they_come_from() throws Exception {
        application("account", "login-address.match", "").run(root -> {
            for (int i = 0; i < 20; i++) {
                assertThat(logIn(root, "192.0.2." + i, i % 2 == 0 ? "ada" : "Ada+", "wrong")
                                .statusCode())
                        .isEqualTo(401);
            }
            HttpResponse<String> refused = logIn(root, "198.51.100.1", "ada", "right");
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.body()).contains("login-account");
            assertThat(logIn(root, "198.51.100.1", "grace", "right").statusCode())
                    .isEqualTo(200);
        });
    }

    @Test
    void one_address_cannot_use_up_what_all_have() throws Exception {
        application("door", "login-address.match", "").run(root -> {
            for (int i = 0; i < 30; i++) {
                assertThat(logIn(root, "192.0.2.66", "ada", "right").statusCode())
                        .isEqualTo(200);
            }
            for (int i = 0; i < 300; i++) {
                HttpResponse<String> refused = logIn(root, "192.0.2.66", "ada", "right");
                assertThat(refused.statusCode()).isEqualTo(429);
                assertThat(refused.body()).contains("[\"login-door\"]");
            }
            assertThat(logIn(root, "192.0.2.7", "grace", "right").statusCode()).isEqualTo(200);
        });
    }

    private static final String SIGNATURES =
            "<filter><filter-name>signatures</filter-name><filter-class>io.seawall.site.SignatureFilter</filter-class><async-supported>true</async-supported></filter>"
                    + "<filter-mapping><filter-name>signatures</filter-name><url-pattern>/*</url-pattern></filter-mapping>";

    private HttpResponse<String> event(URI root, String address, String signature) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(root + "/hooks/acme"))
                        .header("X-Forwarded-For", address)
                        .header("X-Signature", signature)
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void senders_of_webhooks_may_come_in_bursts_and_the_door_is_before_the_signature() throws Exception {
        // For an hour, so that no permit comes back while a slow machine asks.
        String door = trusting(block("xml", "HooksDoor").replace("door=3000/1m", "door=3000/1h"));
        assertThat(door).contains("/1h");
        application("hooks", "hooks.match", door + SIGNATURES).run(root -> {
            for (int i = 0; i < 500; i++) {
                assertThat(event(root, "192.0.2.1", "acme").statusCode()).isEqualTo(202);
            }
            assertThat(standing(event(root, "192.0.2.1", "ada")))
                    .as("another sender at the same address")
                    .contains("\"pace\";r=499");
            assertThat(standing(event(root, "192.0.2.2", "acme")))
                    .as("the same sender at another address")
                    .doesNotContain("\"pace\";r=499");
            HttpResponse<String> last = event(root, "192.0.2.9", "none");
            for (int i = 1; i < 3_000; i++) {
                assertThat(last.headers().firstValue(SignatureFilter.CHECKED)).isPresent();
                last = event(root, "192.0.2.9", "none");
            }
            HttpResponse<String> refused = event(root, "192.0.2.9", "none");
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.body()).contains("[\"door\"]");
            assertThat(refused.headers().firstValue(SignatureFilter.CHECKED)).isEmpty();
        });
    }

    private static final String KEYS =
            "<filter><filter-name>keys</filter-name><filter-class>com.example.ApiKeyFilter</filter-class><async-supported>true</async-supported></filter>"
                    + "<filter-mapping><filter-name>keys</filter-name><url-pattern>/*</url-pattern></filter-mapping>";

    private HttpResponse<String> ask(URI root, String path, String address, String key) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(root + path)).header("X-Forwarded-For", address);
        if (!key.isEmpty()) {
            request.header("X-Api-Key", key);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String policies(HttpResponse<String> response) {
        return response.headers().firstValue("RateLimit-Policy").orElse("");
    }

    private static String standing(HttpResponse<String> response) {
        return response.headers().firstValue("RateLimit").orElse("");
    }

    @Test
    void each_plan_has_its_limits_by_account_and_whoever_has_none_by_address() throws Exception {
        application("tiers", "api.tier", KEYS).run(root -> {
            assertThat(policies(ask(root, "/api/x", "192.0.2.1", "8f3a77")))
                    .contains("\"burst\";q=600;w=10", "\"day\";q=100000;w=86400");
            assertThat(policies(ask(root, "/api/x", "192.0.2.1", "51c0de")))
                    .contains("\"burst\";q=60;w=10", "\"day\";q=1000;w=86400");
            // By account, and not by address.
            assertThat(standing(ask(root, "/api/x", "192.0.2.9", "51c0de"))).contains("\"day\";r=998");
            assertThat(policies(ask(root, "/api/x", "192.0.2.3", "made up"))).contains("q=60;w=60");
            for (int i = 1; i < 60; i++) {
                assertThat(ask(root, "/api/x", "192.0.2.3", i % 2 == 0 ? "" : "made up " + i)
                                .statusCode())
                        .isEqualTo(200);
            }
            assertThat(ask(root, "/api/x", "192.0.2.3", "made up again").statusCode())
                    .isEqualTo(429);
            assertThat(ask(root, "/api/x", "192.0.2.3", "8f3a77").statusCode()).isEqualTo(200);
        });
    }

    @Test
    void a_search_takes_five_and_a_failure_of_ours_nothing() throws Exception {
        application("costs", "api.tier", KEYS).run(root -> {
            assertThat(standing(ask(root, "/api/search/mugs", "192.0.2.1", "51c0de")))
                    .contains("\"day\";r=995");
            assertThat(ask(root, "/api/fail", "192.0.2.1", "51c0de").statusCode())
                    .isEqualTo(500);
            HttpResponse<String> next = ask(root, "/api/x", "192.0.2.1", "51c0de");
            assertThat(standing(next)).contains("\"day\";r=994");
            // Every request costs one of these, searches and failures, too.
            assertThat(policies(next)).contains("\"ceiling\";q=5000;w=60");
            assertThat(standing(next)).contains("\"ceiling\";r=4997");
        });
    }

    /** What a receiver of webhooks answers, one after the other, and what it was asked. */
    private record Receiver(HttpServer server, Deque<Answer> answers, Deque<String> events) implements AutoCloseable {

        record Answer(int status, String retryAfter) {}

        static Receiver of(Answer... answers) throws IOException {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            Receiver receiver = new Receiver(
                    server,
                    new ConcurrentLinkedDeque<>(new ArrayDeque<>(List.of(answers))),
                    new ConcurrentLinkedDeque<>());
            server.createContext("/", exchange -> {
                try (exchange) {
                    receiver.events().add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
                    Answer answer = receiver.answers().poll();
                    if (answer == null) {
                        throw new IOException("was asked once more than it should");
                    }
                    if (!answer.retryAfter().isEmpty()) {
                        exchange.getResponseHeaders().add("Retry-After", answer.retryAfter());
                    }
                    exchange.sendResponseHeaders(answer.status(), -1);
                }
            });
            server.start();
            return receiver;
        }

        URI address() {
            return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }

    private static void deliver(Receiver receiver) throws Exception {
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
            Class<?> type = loader.loadClass("com.example.Webhooks");
            Object webhooks = type.getConstructor().newInstance();
            Method close = type.getDeclaredMethod("close");
            close.setAccessible(true);
            try {
                type.getMethod("deliver", String.class, URI.class, String.class, String.class)
                        .invoke(webhooks, "acme", receiver.address(), "event-1", "{}");
            } catch (InvocationTargetException failed) {
                throw failed.getCause() instanceof Exception cause ? cause : failed;
            } finally {
                close.invoke(webhooks);
            }
        }
    }

    @Test
    void a_webhook_is_sent_again_with_the_same_key_when_the_receiver_wants_it() throws Exception {
        try (Receiver receiver = Receiver.of(new Receiver.Answer(429, "1"), new Receiver.Answer(204, ""))) {
            deliver(receiver);
            assertThat(receiver.events()).containsExactlyElementsOf(Collections.nCopies(2, "event-1"));
        }
    }

    @Test
    void a_receiver_that_wants_to_be_left_alone_for_longer_is() throws Exception {
        try (Receiver receiver = Receiver.of(new Receiver.Answer(503, "5"))) {
            assertThatThrownBy(() -> deliver(receiver))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("503");
            assertThat(receiver.events()).hasSize(1);
        }
    }

    @Test
    void a_receiver_that_does_not_want_it_is_not_asked_again() throws Exception {
        try (Receiver receiver = Receiver.of(new Receiver.Answer(410, ""))) {
            deliver(receiver);
            assertThat(receiver.events()).hasSize(1);
        }
    }
}
