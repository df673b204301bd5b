package io.seawall.observe.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.seawall.events.Events;
import io.seawall.filter.RateLimits;
import io.seawall.interceptors.Resilient;
import io.seawall.interceptors.SeawallTargets;
import io.seawall.metrics.MetricRegistry;
import io.seawall.observe.health.Draining;
import io.seawall.ratelimit.LimitOverride;
import io.seawall.resilience.circuitbreaker.CircuitBreaker.State;
import io.seawall.resilience.circuitbreaker.CircuitOpenException;
import io.seawall.test.CapturedLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.servlet.ServletContext;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is done by hand, and how it is told; with real targets and limits. */
class ConsoleActionsTest {

    private final Events events = new Events();
    private final CapturedLog log = new CapturedLog(Events.class);
    private SeContainer container;
    private SeawallTargets targets;
    private ConsoleServer server;

    @ApplicationScoped
    static class Shop {

        @Resilient(target = "payments")
        String pay() {
            return "paid";
        }

        @Resilient(target = "mail", breaker = @io.seawall.interceptors.Breaker(failures = 0))
        String send() {
            return "sent";
        }
    }

    @BeforeEach
    void start() throws Exception {
        container =
                SeContainerInitializer.newInstance().addBeanClasses(Shop.class).initialize();
        targets = container.select(SeawallTargets.class).get();
        server = new ConsoleServer()
                .users()
                .constraint("/seawall/*")
                .with("role", "operator")
                .with("action-role", "chief")
                .limits("2/1h");
        server.application.setAttribute(SeawallTargets.ATTRIBUTE, targets);
        server.application.setAttribute(Events.ATTRIBUTE, events);
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        log.close();
        server.close();
        container.close();
    }

    private ServletContext context() {
        return server.application.getServletContext();
    }

    private HttpResponse<String> act(String body) throws Exception {
        return server.send(ConsoleServer.as("ada", server.post("/seawall/api/action", body.replace('\'', '"'))));
    }

    private void done(String body, String words) throws Exception {
        HttpResponse<String> answer = act(body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(JsonParser.parseString(answer.body())
                        .getAsJsonObject()
                        .get("done")
                        .getAsString())
                .startsWith(words);
        assertThat(events.recent().list().get(0).kind()).isEqualTo("action");
        assertThat(events.recent().list().get(0).words()).startsWith(words).endsWith("in the console, by ada");
        assertThat(log.lines()).last().asString().contains("INFO", words, "by ada");
        ConsoleServletTest.assertStrict(answer);
    }

    private JsonObject state() throws Exception {
        return JsonParser.parseString(server.get("bob", "/seawall/api/state").body())
                .getAsJsonObject();
    }

    @Test
    void circuits_are_opened_disabled_and_reset() throws Exception {
        done("{'action':'force-open','target':'payments'}", "forced the circuit of 'payments' open");
        assertThat(targets.breakerState("payments")).contains(State.FORCED_OPEN);
        Shop shop = container.select(Shop.class).get();
        assertThatThrownBy(shop::pay).isInstanceOf(CircuitOpenException.class);

        done("{'action':'disable','target':'payments'}", "disabled the circuit of 'payments'");
        assertThat(targets.breakerState("payments")).contains(State.DISABLED);

        done("{'action':'reset-breaker','target':'payments'}", "reset the circuit of 'payments'");
        assertThat(targets.breakerState("payments")).contains(State.CLOSED);
        assertThat(shop.pay()).isEqualTo("paid");
    }

    @Test
    void what_was_done_is_seen_at_once() throws Exception {
        publishMetricsOfTargets();
        assertThat(breaker(state()).get("state").getAsString()).isEqualTo("closed");
        act("{'action':'force-open','target':'payments'}");
        JsonObject state = state();
        assertThat(breaker(state).get("state").getAsString()).isEqualTo("forced-open");
        assertThat(breaker(state).get("rule").getAsString()).isEqualTo("5 failures within 30s");
        assertThat(breaker(state).get("failures").getAsLong()).isZero();
        assertThat(breaker(state).has("sinceMillis")).isTrue();
        assertThat(state.getAsJsonArray("events")
                        .get(0)
                        .getAsJsonObject()
                        .get("subject")
                        .getAsString())
                .isEqualTo("payments");
    }

    private void publishMetricsOfTargets() {
        MetricRegistry registry = new MetricRegistry();
        registry.read(
                io.seawall.metrics.Meter.gauge("seawall.breaker.state", "State.", "target", "state"),
                () -> 1,
                "payments",
                "closed");
        context().setAttribute(MetricRegistry.ATTRIBUTE_PREFIX + "resilience", registry);
    }

    private static JsonObject breaker(JsonObject state) {
        return state.getAsJsonArray("targets").get(0).getAsJsonObject().getAsJsonObject("breaker");
    }

    @Test
    void settings_are_read_again() throws Exception {
        System.setProperty("seawall.payments.retry.maxRetries", "1");
        try {
            done(
                    "{'action':'reread','target':'payments'}",
                    "read the settings of 'payments' again: retry.maxRetries was 2, is 1");
        } finally {
            System.clearProperty("seawall.payments.retry.maxRetries");
        }
    }

    @Test
    void limits_are_set_and_removed_and_clients_begin_anew() throws Exception {
        RateLimits limits = RateLimits.of(context(), "limits");
        done(
                "{'action':'set-limit','filter':'limits','policy':'default','limit':'default','scope':'client','name':'ip 127.0.0.1','permits':0}",
                "set limit 'default' of policy 'default' to 0 permits for client 'ip 127.0.0.1'");
        assertThat(server.get("/api/x").statusCode()).isEqualTo(429);
        LimitOverride set = limits.list().get(0);
        JsonObject shown = state().getAsJsonArray("filters")
                .get(0)
                .getAsJsonObject()
                .getAsJsonArray("overrides")
                .get(0)
                .getAsJsonObject();
        assertThat(shown.get("name").getAsString()).isEqualTo(set.scope().name());

        done(
                "{'action':'remove-limit','filter':'limits','policy':'default','limit':'default','scope':'client','name':'"
                        + shown.get("name").getAsString() + "'}",
                "removed what was set for limit 'default'");
        assertThat(limits.list()).isEmpty();
        assertThat(
                        act("{'action':'remove-limit','filter':'limits','policy':'default','limit':'default','scope':'client','name':'ip 127.0.0.1'}")
                                .statusCode())
                .isEqualTo(409);

        assertThat(List.of(status(), status(), status())).containsExactly(404, 404, 429);
        done(
                "{'action':'reset-client','filter':'limits','policy':'default','client':'ip 127.0.0.1'}",
                "forgot what client 'ip 127.0.0.1' has used of policy 'default'");
        assertThat(status()).isEqualTo(404);

        done(
                "{'action':'set-limit','filter':'limits','policy':'default','limit':'default','scope':'all','permits':100}",
                "set limit 'default' of policy 'default' to 100 permits for everybody");
    }

    private int status() throws Exception {
        return server.get("/api/x").statusCode();
    }

    @Test
    void what_may_be_a_secret_is_neither_told_nor_taken_for_its_hash() throws Exception {
        act(
                "{'action':'set-limit','filter':'limits','policy':'default','limit':'default','scope':'client','name':'header:X-Api-Key hush-hush','permits':5}");
        String words = events.recent().list().get(0).words();
        assertThat(words).contains("for client 'header:").doesNotContain("hush-hush");

        HttpResponse<String> answer = act(
                "{'action':'reset-client','filter':'limits','policy':'default','client':'header:X-Api-Key #Wf3xkJ0bQz'}");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("write the name itself");
    }

    @Test
    void a_policy_is_switched_to_shadow_and_back() throws Exception {
        done(
                "{'action':'shadow','filter':'limits','policy':'default','on':true}",
                "switched policy 'default' to shadow");
        assertThat(List.of(status(), status(), status())).containsExactly(404, 404, 404);
        done(
                "{'action':'shadow','filter':'limits','policy':'default','on':false}",
                "switched policy 'default' back from shadow");
        assertThat(List.of(status(), status(), status())).contains(429);
    }

    @Test
    void the_application_drains_and_serves_again() throws Exception {
        done("{'action':'drain'}", "began to drain '/shop'");
        assertThat(Draining.of(context()).isOn()).isTrue();
        assertThat(state().getAsJsonObject("health").get("state").getAsString()).isEqualTo("draining");
        assertThat(act("{'action':'drain'}").statusCode()).isEqualTo(409);
        done("{'action':'serve'}", "ended the draining of '/shop'");
        assertThat(state().getAsJsonObject("health").get("ready").getAsBoolean())
                .isTrue();
    }

    @Test
    void of_two_who_drain_at_once_one_is_told_that_it_was_done_already() throws Exception {
        ExecutorService viewers = Executors.newFixedThreadPool(4);
        try {
            List<Future<HttpResponse<String>>> answers =
                    viewers.invokeAll(Collections.nCopies(8, () -> act("{'action':'drain'}")), 60, TimeUnit.SECONDS);
            List<Integer> statuses = new ArrayList<>();
            for (Future<HttpResponse<String>> answer : answers) {
                statuses.add(answer.get().statusCode());
            }
            assertThat(statuses)
                    .containsOnlyOnce(200)
                    .filteredOn(status -> status == 409)
                    .hasSize(7);
        } finally {
            viewers.shutdownNow();
        }
        assertThat(events.recent().list()).hasSize(1);
        assertThat(state().getAsJsonObject("health").get("state").getAsString())
                .as("whoever looks afterwards sees it, also who has looked meanwhile")
                .isEqualTo("draining");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | 400 | the field 'action' is missing",
                "{'action':'explode'} | 400 | there is no such action: use one of [disable, drain, force-open",
                "{'action':7} | 400 | must be a text",
                "{'action':'drain','target':'payments'} | 400 | the action 'drain' has no field 'target'",
                "{'action':'force-open'} | 400 | the field 'target' is missing",
                "{'action':'force-open','target':'bank'} | 400 | there is no target 'bank': the targets are [mail, payments]",
                "{'action':'force-open','target':'mail'} | 409 | has no circuit breaker",
                "{'action':'reset-client','filter':'other','policy':'default','client':'ip 1.2.3.4'} | 409 | no RateLimitFilter 'other'",
                "{'action':'reset-client','filter':'limits','policy':'p','client':'ip 1.2.3.4'} | 400 | there is no policy 'p'",
                "{'action':'reset-client','filter':'limits','policy':'default','client':'principal x'} | 400 | principal",
                "{'action':'set-limit','filter':'limits','policy':'default','limit':'default','scope':'world','name':'x','permits':1} | 400 | none of client, tier, all",
                "{'action':'set-limit','filter':'limits','policy':'default','limit':'default','scope':'all','permits':-1} | 400 | permits",
                "{'action':'set-limit','filter':'limits','policy':'default','limit':'default','scope':'all','permits':'1'} | 400 | must be a whole number",
                "{'action':'set-limit','filter':'limits','policy':'default','limit':'l','scope':'all','permits':1} | 400 | no limit 'l'",
                "{'action':'set-limit','filter':'limits','policy':'default','limit':'default','scope':'tier','name':'gold','permits':1} | 400 | no tier 'gold'",
                "{'action':'shadow','filter':'limits','policy':'default','on':'yes'} | 400 | must be true or false",
                "{'action':'serve'} | 409 | does not drain"
            })
    void what_cannot_be_done_says_why_and_changes_nothing(String body, int status, String words) throws Exception {
        HttpResponse<String> answer = act(body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        JsonObject problem = JsonParser.parseString(answer.body()).getAsJsonObject();
        assertThat(problem.get("type").getAsString()).isEqualTo("about:blank");
        assertThat(problem.get("status").getAsInt()).isEqualTo(status);
        assertThat(problem.get("detail").getAsString()).contains(words);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/problem+json");
        assertThat(events.recent().list()).isEmpty();
        ConsoleServletTest.assertStrict(answer);
    }

    @Test
    void a_body_that_is_too_large_is_not_taken() throws Exception {
        assertThat(act("{'action':'" + "x".repeat(JsonBody.MAX_BYTES) + "'}").statusCode())
                .isEqualTo(413);
    }

    @Test
    void a_described_request_is_explained_and_charged_nothing() throws Exception {
        String described =
                "{'filter':'limits','method':'GET','path':'/api/x','query':'a=b','address':'192.0.2.1','headers':{'X-Api-Key':'k'},'principal':'ada','roles':'gold'}";
        for (int i = 0; i < 3; i++) {
            HttpResponse<String> answer = server.send(
                    ConsoleServer.as("bob", server.post("/seawall/api/explain", described.replace('\'', '"'))));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            JsonObject explained = JsonParser.parseString(answer.body()).getAsJsonObject();
            assertThat(explained.get("counted").getAsBoolean()).isTrue();
            assertThat(explained.get("words").getAsString()).isNotBlank();
            JsonObject policy = explained.getAsJsonArray("policies").get(0).getAsJsonObject();
            assertThat(policy.get("client").getAsString()).startsWith("header:x-api-key #");
            assertThat(policy.get("cost").getAsLong()).isEqualTo(1);
            JsonObject limit = policy.getAsJsonArray("limits").get(0).getAsJsonObject();
            assertThat(limit.get("permits").getAsLong()).isEqualTo(2);
            assertThat(limit.get("remaining").getAsLong()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'filter':'limits','path':'/x','address':'192.0.2.1'} | 400 | 'method' is missing",
                "{'filter':'limits','method':'GET','path':'x','address':'192.0.2.1'} | 400 | the path is 'x'",
                "{'filter':'limits','method':'GET','path':'/x','address':'192.0.2.1','cookies':'x'} | 400 | no field 'cookies'",
                "{'filter':'other','method':'GET','path':'/x','address':'192.0.2.1'} | 409 | no RateLimitFilter 'other'"
            })
    void what_cannot_be_explained_says_why(String body, int status, String words) throws Exception {
        HttpResponse<String> answer =
                server.send(ConsoleServer.as("bob", server.post("/seawall/api/explain", body.replace('\'', '"'))));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains(words);
    }
}
