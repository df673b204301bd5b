package io.seawall.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The console, where everybody may see it, and where nobody has its role. */
interface ConsoleContract extends Deployed {

    @Test
    @Proves(Feature.CONSOLE)
    default void the_page_of_the_console_comes_with_its_files_and_its_strict_fields() {
        assertThat(probe().get("/seawall", ""))
                .satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(302))
                .satisfies(answer -> assertThat(answer.headers().firstValue("Location"))
                        .hasValueSatisfying(location -> assertThat(location).endsWith("seawall/")));
        HttpResponse<String> page = probe().get("/seawall/", "");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy).contains("default-src 'none'"));
        assertThat(files(page.body()))
                .isNotEmpty()
                .allSatisfy(file -> assertThat(probe().status("/seawall/" + file, ""))
                        .as(file)
                        .isEqualTo(200));
    }

    /** What the page names. */
    private static List<String> files(String page) {
        return Pattern.compile("(?:src|href)=\"([\\w./-]+)\"")
                .matcher(page)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    @Test
    @Proves(Feature.CONSOLE)
    default void the_console_knows_targets_and_filters_and_steers_them() {
        assertThat(probe().status("/local/ping", "console")).isEqualTo(200);
        probe().run("control/reset", 0);

        assertThat(probe().get("/seawall/api/state", "").body())
                .contains("\"name\":\"controlled\"", "\"name\":\"LocalLimit\"", "\"application\":\"/probe\"");
        HttpResponse<String> history = probe().get("/seawall/api/history", "");
        assertThat(history.statusCode()).isEqualTo(200);
        assertThat(history.headers().firstValue("Cache-Control")).hasValue("no-store");

        assertThat(act("force-open").statusCode()).isEqualTo(200);
        try {
            assertThat(probe().get("/health/ready", "").body()).contains("target controlled: circuit open");
            assertThat(probe().get("/seawall/api/state", "").body())
                    .contains("forced-open", "\"kind\":\"action\"", "somebody who is not logged in");
        } finally {
            act("reset-breaker");
        }
        assertThat(probe().status("/health/ready", "")).isEqualTo(200);
    }

    private HttpResponse<String> act(String action) {
        return probe().post("/seawall/api/action", "{\"action\":\"" + action + "\",\"target\":\"controlled\"}");
    }

    @Test
    @Proves(Feature.CONSOLE)
    default void without_its_role_nobody_sees_or_changes_anything() {
        for (String path : new String[] {"/closed", "/closed/", "/closed/api/state", "/closed/api/history"}) {
            assertThat(probe().get(path, ""))
                    .satisfies(
                            answer -> assertThat(answer.statusCode()).as(path).isIn(401, 403))
                    .satisfies(answer -> assertThat(answer.body()).doesNotContain("controlled"));
        }
        assertThat(probe().post("/closed/api/action", "{\"action\":\"drain\"}").statusCode())
                .isEqualTo(403);
        assertThat(probe().status("/health/ready", "")).isEqualTo(200);
    }

    @Test
    default void who_has_the_role_logs_in_and_acts_in_his_name() throws IOException, DeploymentFailedException {
        withLogin(true, (login, operator) -> {
            assertThat(login.status("/closed/api/state", "")).isEqualTo(401);
            assertAsksForLogin(login.get("/closed/", ""));
            assertAsksForLogin(login.get("/closed/", new Login(operator.user(), "wrong")));
            assertOpenFor(operator, login);

            assertThat(login.post("/closed/api/action", "{\"action\":\"drain\"}", operator)
                            .statusCode())
                    .isEqualTo(200);
            assertThat(login.status("/health/ready", "")).isEqualTo(404);
            assertThat(login.get("/closed/api/state", operator).body()).contains("in the console, by ada");
        });
    }

    /** WildFly does not ask whom no constraint asks, however a servlet may want it. */
    @Test
    default void without_a_constraint_the_console_asks_for_the_login_by_itself_or_stays_closed()
            throws IOException, DeploymentFailedException {
        withLogin(false, (login, operator) -> {
            assertThat(login.status("/closed/api/state", "")).isEqualTo(403);
            HttpResponse<String> page = login.get("/closed/", "");
            if (page.statusCode() != 403) {
                assertAsksForLogin(page);
                assertAsksForLogin(login.get("/closed/", new Login(operator.user(), "wrong")));
                assertOpenFor(operator, login);
            }
        });
    }

    private void withLogin(boolean constrained, BiConsumer<Probe, Login> test)
            throws IOException, DeploymentFailedException {
        needs(Capability.HOT_DEPLOYMENT);
        assumeTrue(server().operator().isPresent(), () -> server().title() + " was told of no user");
        server().deploy("login", Archives.withLogin(constrained));
        try {
            test.accept(new Probe(server().uri("login")), server().operator().orElseThrow());
        } finally {
            server().undeploy("login");
        }
    }

    private static void assertAsksForLogin(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate"))
                .hasValueSatisfying(value -> assertThat(value).startsWith("Basic"));
    }

    private static void assertOpenFor(Login operator, Probe login) {
        assertThat(login.get("/closed/", operator).statusCode()).isEqualTo(200);
        assertThat(login.get("/closed/api/state", operator).body())
                .contains("\"principal\":\"ada\"", "\"mayAct\":true", "\"name\":\"controlled\"");
    }
}
