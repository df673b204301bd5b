package io.seawall.observe.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.seawall.events.Events;
import io.seawall.events.SeawallEvent;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The console on its worst day: limits are counted in a Redis that is not there. */
class AbsentRedisTest {

    private final Events events = new Events();
    private ConsoleServer server;

    @BeforeEach
    void start() throws Exception {
        int nobody;
        try (ServerSocket closed = new ServerSocket(0)) {
            nobody = closed.getLocalPort();
        }
        server = new ConsoleServer()
                .users()
                .constraint("/seawall/*")
                .with("role", "operator")
                .with("action-role", "chief")
                .limits("2/1h", "redis://:hush-hush@127.0.0.1:" + nobody);
        server.application.setAttribute(Events.ATTRIBUTE, events);
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void the_state_is_told_and_no_password() throws Exception {
        HttpResponse<String> answer = server.get("bob", "/seawall/api/state");

        assertThat(answer.statusCode()).isEqualTo(200);
        JsonObject filter = JsonParser.parseString(answer.body())
                .getAsJsonObject()
                .getAsJsonArray("filters")
                .get(0)
                .getAsJsonObject();
        assertThat(filter.getAsJsonObject("store").get("up").getAsBoolean()).isFalse();
        assertThat(filter.getAsJsonArray("overrides")).isEmpty();
        assertThat(answer.body()).contains("***@127.0.0.1").doesNotContain("hush-hush");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'action':'set-limit','filter':'limits','policy':'default','limit':'default','scope':'client','name':'ip 192.0.2.1','permits':0}",
                "{'action':'remove-limit','filter':'limits','policy':'default','limit':'default','scope':'all'}",
                "{'action':'reset-client','filter':'limits','policy':'default','client':'ip 192.0.2.1'}"
            })
    void what_redis_did_not_carry_out_is_told_with_the_reason_and_who_has_tried(String body) throws Exception {
        int before = events.recent().list().size();

        HttpResponse<String> answer =
                server.send(ConsoleServer.as("ada", server.post("/seawall/api/action", body.replace('\'', '"'))));

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(JsonParser.parseString(answer.body())
                        .getAsJsonObject()
                        .get("detail")
                        .getAsString())
                .contains("Redis is away", "not known whether");
        List<SeawallEvent> told = events.recent().list();
        assertThat(told).hasSize(before + 1);
        assertThat(told.get(0).subject()).isEqualTo("limits");
        assertThat(told.get(0).words())
                .startsWith("tried to")
                .contains("policy 'default'", "Redis is away")
                .endsWith("in the console, by ada");
    }
}
