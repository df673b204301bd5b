package io.seawall.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Targets that are looked at and changed while the application runs. */
interface ControlContract extends Deployed {

    @Test
    @Proves(Feature.CONTROL)
    default void settings_are_read_again_while_the_application_runs() {
        assertThat(attempts()).isEqualTo(1);
        probe().run("control/set", 0);
        assertThat(returned("control/reread")).contains("retry.maxRetries was 0, is 2");
        assertThat(attempts()).isEqualTo(3);
        probe().run("control/clear", 0);
        assertThat(returned("control/reread")).contains("retry.maxRetries was 2, is 0");
        assertThat(attempts()).isEqualTo(1);
    }

    @Test
    @Proves(Feature.MANAGEMENT)
    default void an_operator_sees_the_targets_and_changes_them() {
        String target = "io.seawall:application=\"/" + ServerTest.PROBE + "\",name=\"controlled\",type=Target";
        assertThat(shown()).contains(target);
        probe().run("control/set", 0);
        assertThat(invoke(target, "reread")).contains("retry.maxRetries was 0, is 2");
        assertThat(attempts()).isEqualTo(3);
        probe().run("control/clear", 0);
        assertThat(invoke(target, "reread")).contains("retry.maxRetries was 2, is 0");

        invoke(target, "forceOpenBreaker");
        assertThat(returned("control/state")).isEqualTo("FORCED_OPEN");
        assertThat(attempts()).isZero();
        invoke(target, "resetBreaker");
        assertThat(attempts()).isEqualTo(1);
    }

    @Test
    @Proves(Feature.MANAGEMENT)
    default void of_an_application_that_is_gone_or_never_came_nothing_is_shown()
            throws IOException, DeploymentFailedException {
        needs(Capability.HOT_DEPLOYMENT);
        server().deploy("shown", Archives.probe());
        try {
            assertThat(shown()).anyMatch(name -> name.contains("\"/shown\""));
        } finally {
            server().undeploy("shown");
        }
        assertThat(shown()).noneMatch(name -> name.contains("\"/shown\""));

        List<String> before = shown();
        Path wrong = Archives.withWrongSetting();
        assertThatThrownBy(() -> server().deploy("wrong-and-shown", wrong))
                .isInstanceOf(DeploymentFailedException.class);
        eventuallyShown(before);
    }

    /** The filter fails after CDI has started. */
    @Test
    @Proves(Feature.WRONG_LIMIT)
    default void of_an_application_that_fails_at_the_very_end_nothing_is_shown() throws IOException {
        needs(Capability.HOT_DEPLOYMENT);
        needs(Capability.FAILS_WITH_FILTER);
        List<String> before = shown();
        Path wrong = Archives.withWrongLimit();
        assertThatThrownBy(() -> server().deploy("wrong-limit", wrong)).isInstanceOf(DeploymentFailedException.class);
        eventuallyShown(before);
    }

    /** A server says that a deployment has failed before it has taken down what had begun of it. */
    private void eventuallyShown(List<String> names) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(shown()).isEqualTo(names));
    }

    private String returned(String name) {
        Outcome outcome = probe().run(name, 0);
        assertThat(outcome.thrown()).isNull();
        return outcome.returned();
    }

    private int attempts() {
        return probe().run("control/call", ResilientContract.ALWAYS).attempts();
    }

    private List<String> shown() {
        return probe().get("/management", "").body().lines().sorted().toList();
    }

    private String invoke(String name, String operation) {
        HttpResponse<String> answer = probe().get(
                        "/management?name=" + URLEncoder.encode(name, StandardCharsets.UTF_8) + "&operation="
                                + operation,
                        "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }
}
