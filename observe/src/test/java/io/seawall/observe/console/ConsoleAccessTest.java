package io.seawall.observe.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.seawall.test.CapturedLog;
import java.net.http.HttpResponse;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in, by real roles. */
class ConsoleAccessTest {

    private static final String DRAIN = "{\"action\":\"drain\"}";

    private static ConsoleServer guarded() throws Exception {
        return new ConsoleServer()
                .users()
                .constraint("/seawall/*")
                .with("role", "operator")
                .with("action-role", "chief")
                .start();
    }

    @Test
    void the_container_asks_for_a_login() throws Exception {
        try (ConsoleServer server = guarded()) {
            HttpResponse<String> answer = server.get("/seawall/");
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.headers()
                            .firstValue("WWW-Authenticate")
                            .orElseThrow()
                            .toLowerCase(Locale.ROOT))
                    .startsWith("basic");
            assertThat(server.get("/seawall/api/state").statusCode()).isEqualTo(401);
        }
    }

    @Test
    void whoever_has_the_role_sees_it_and_others_do_not() throws Exception {
        try (CapturedLog log = new CapturedLog(ConsoleServlet.class);
                ConsoleServer server = guarded()) {
            assertThat(server.get("bob", "/seawall/").statusCode()).isEqualTo(200);
            assertThat(server.get("bob", "/seawall/api/state").body())
                    .startsWith("{\"principal\":\"bob\",\"mayAct\":false,\"now\":");
            assertThat(server.get("ada", "/seawall/api/state").body())
                    .startsWith("{\"principal\":\"ada\",\"mayAct\":true,\"now\":");

            for (String path :
                    new String[] {"/seawall", "/seawall/", "/seawall/app.js", "/seawall/api/state", "/seawall/x"}) {
                HttpResponse<String> answer = server.get("eve", path);
                assertThat(answer.statusCode()).as(path).isEqualTo(403);
                ConsoleServletTest.assertStrict(answer);
            }
            assertThat(log.lines())
                    .filteredOn(line -> line.contains("eve"))
                    .as("told at a limited rate")
                    .hasSize(1);
        }
    }

    /** Written by hand, as clients put such paths straight. A constraint on the exact path alone is the worst case. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/shop/seawall",
                "/shop/seawall/",
                "/shop/seawall/api/state",
                "/shop/seawall;jsessionid=1/api/state",
                "/shop/seawall/;x/api/state",
                "/shop/seawall/api;x=1/state;y=2",
                "/shop/seawall/api/state;.css",
                "/shop//seawall//api/state",
                "//shop/seawall/api/state",
                "/shop/./seawall/api/../api/state",
                "/shop/x/../seawall/api/state",
                "/shop/seawall%2fapi%2fstate",
                "/shop/seawall/api%2fstate",
                "/shop/%73eawall/%61pi/state",
                "/shop/seawall/api/state%00",
                "/shop/seawall/api\\state",
                "/shop/seawall/api/state?role=operator&j_username=ada",
                "http://127.0.0.1/shop/seawall/api/state"
            })
    void no_spelling_of_a_path_and_no_method_is_a_way_around_the_role(String path) throws Exception {
        try (ConsoleServer server = new ConsoleServer()
                .users()
                .constraint("/seawall")
                .with("role", "operator")
                .with("action-role", "operator")
                .start()) {
            for (String method : new String[] {"GET", "HEAD", "POST", "OPTIONS", "TRACE", "get", "PROPFIND"}) {
                for (String login : new String[] {"", "Authorization: Basic ZXZlOnMzY3JldA==\r\n"}) { // eve
                    assertThat(server.raw(method + ' ' + path + " HTTP/1.1\r\nHost: x\r\n" + login
                                    + "X-Seawall-Console: 1\r\nContent-Type: application/json\r\n"
                                    + "X-Forwarded-User: ada\r\nX-HTTP-Method-Override: GET\r\n"
                                    + "Content-Length: 2\r\nConnection: close\r\n\r\n{}"))
                            .as(method)
                            .startsWith("HTTP/1.1 4")
                            .doesNotContain("\"node\"");
                }
            }
        }
    }

    @Test
    void who_may_only_look_changes_nothing() throws Exception {
        try (CapturedLog log = new CapturedLog(ConsoleServlet.class);
                ConsoleServer server = guarded()) {
            HttpResponse<String> answer =
                    server.send(ConsoleServer.as("bob", server.post("/seawall/api/action", DRAIN)));
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body()).contains("You do not have the role that may change something.");
            assertThat(log.lines()).anySatisfy(line -> assertThat(line).contains("bob", "'chief'"));

            assertThat(server.send(ConsoleServer.as("ada", server.post("/seawall/api/action", DRAIN)))
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void without_a_role_for_actions_it_is_read_only() throws Exception {
        try (ConsoleServer server = new ConsoleServer()
                .users()
                .constraint("/seawall/*")
                .with("role", "operator")
                .start()) {
            HttpResponse<String> answer =
                    server.send(ConsoleServer.as("ada", server.post("/seawall/api/action", DRAIN)));
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body()).contains("read-only", "action-role");
        }
    }

    @Test
    void without_a_constraint_the_page_asks_for_the_login_of_the_container() throws Exception {
        try (ConsoleServer server =
                new ConsoleServer().users().with("role", "operator").start()) {
            HttpResponse<String> page = server.get("/seawall/");
            assertThat(page.statusCode()).isEqualTo(401);
            assertThat(page.headers().firstValue("WWW-Authenticate")).isPresent();
            ConsoleServletTest.assertStrict(page);
            assertThat(server.get("/seawall/api/state").statusCode())
                    .as("a program is not sent to a login form")
                    .isEqualTo(403);
            assertThat(server.get("bob", "/seawall/api/state").statusCode()).isEqualTo(200);
            assertThat(server.get("eve", "/seawall/api/state").statusCode()).isEqualTo(403);
        }
    }

    @Test
    void in_an_application_without_logins_nobody_is_let_in() throws Exception {
        try (CapturedLog log = new CapturedLog(ConsoleServlet.class);
                ConsoleServer server =
                        new ConsoleServer().with("role", "operator").start()) {
            for (String path : new String[] {"/seawall/", "/seawall/api/state"}) {
                HttpResponse<String> answer = server.get(path);
                assertThat(answer.statusCode()).as(path).isEqualTo(403);
                ConsoleServletTest.assertStrict(answer);
            }
            assertThat(server.get("ada", "/seawall/api/state").statusCode()).isEqualTo(403);
            assertThat(log.lines()).anySatisfy(line -> assertThat(line).contains("security-constraint"));
        }
    }

    @Test
    void everybody_who_is_logged_in_can_be_let_in() throws Exception {
        try (ConsoleServer server = new ConsoleServer()
                .users()
                .constraint("/seawall/*")
                .with("role", "**")
                .start()) {
            assertThat(server.get("eve", "/seawall/").statusCode()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "node=x | is for nobody without it: name a role",
                "role=  | is for nobody without it",
                "insecure=false | is for nobody without it",
                "insecure=yes | use true or false",
                "insecure=true;role=operator | a contradiction",
                "insecure=true;action-role=operator | a contradiction",
                "role=* | nobody has this role",
                "role=operator;rolle=x | did you mean 'role'?",
                "role=operator;origins=ops.example | is no origin",
                "role=operator;origins=https://ops.example/x | is no origin",
                "role=${SEAWALL_NOT_SET} | neither a system property nor an environment variable"
            })
    void settings_that_are_wrong_stop_the_deployment(String params, String words) throws Exception {
        try (ConsoleServer server = new ConsoleServer()) {
            for (String param : params.split(";", -1)) {
                int equals = param.indexOf('=');
                server.with(param.substring(0, equals), param.substring(equals + 1));
            }
            assertThatThrownBy(server::start)
                    .hasStackTraceContaining(words)
                    .hasStackTraceContaining("of servlet 'console'");
        }
    }
}
