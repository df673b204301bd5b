package io.seawall.observe.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.seawall.events.ActionEvent;
import io.seawall.events.Events;
import io.seawall.metrics.MetricRegistry;
import io.seawall.resilience.bulkhead.BulkheadPolicy;
import io.seawall.resilience.circuitbreaker.BreakerPolicy;
import io.seawall.resilience.pipeline.Targets;
import io.seawall.resilience.retry.RetryPolicy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** docs/console.md: its examples have what real answers have, and are taken. */
class ConsoleGuideTest {

    private final List<String> examples = new ArrayList<>();
    private final Targets targets = new Targets();
    private ConsoleServer server;

    @BeforeEach
    void start() throws Exception {
        for (String part : Files.readString(Path.of("../docs/console.md")).split("```json\n", -1)) {
            examples.add(part.substring(0, Math.max(0, part.indexOf("```"))));
        }
        examples.remove(0);
        targets.<String>around("payments", call -> call)
                .retry(RetryPolicy.defaults())
                .breaker(BreakerPolicy.defaults())
                .bulkhead(new BulkheadPolicy(7, Duration.ZERO))
                .build();
        MetricRegistry registry = new MetricRegistry();
        targets.register(registry);
        server = new ConsoleServer().with("insecure", "true").limits("100/60s");
        server.application.setAttribute(MetricRegistry.ATTRIBUTE_PREFIX + "resilience", registry);
        Events events = new Events();
        events.tell(new ActionEvent(Instant.EPOCH, "payments", "ada", "looked at"));
        server.application.setAttribute(Events.ATTRIBUTE, events);
        server.start();
        server.act(
                "{\"action\":\"set-limit\",\"filter\":\"limits\",\"policy\":\"default\",\"limit\":\"default\",\"scope\":\"client\","
                        + "\"name\":\"ip 127.0.0.1\",\"permits\":0}");
        server.get("/api/orders");
    }

    @AfterEach
    void stop() {
        server.close();
        targets.close();
    }

    /** The names of all fields, with those that they are in; outcomes are not names. */
    private static Set<String> fields(String json) {
        Set<String> fields = new TreeSet<>();
        collect("", JsonParser.parseString(json), fields);
        return fields;
    }

    private static void collect(String path, JsonElement element, Set<String> fields) {
        if (element.isJsonArray()) {
            element.getAsJsonArray().forEach(each -> collect(path + "[]", each, fields));
        } else if (element.isJsonObject() && !path.endsWith(".unsuccessful")) {
            element.getAsJsonObject().entrySet().forEach(field -> {
                String name = path + "." + field.getKey();
                fields.add(name);
                collect(name, field.getValue(), fields);
            });
        }
    }

    @Test
    void the_state_has_no_field_that_the_page_does_not_have() throws Exception {
        Set<String> real = fields(server.get("/seawall/api/state").body());
        assertThat(real)
                .contains(
                        ".filters[].topRefused[].client",
                        ".filters[].overrides[].permits",
                        ".targets[].bulkhead.limit",
                        ".events[].words");
        assertThat(fields(examples.get(0))).containsAll(real);
    }

    @Test
    void the_history_has_no_other_fields() throws Exception {
        History history = new History();
        history.add(1, Map.of(Subject.target("bank"), new double[4], Subject.policy("f", "p"), new double[3]));
        Set<String> real = fields(new String(new HistoryText(history).since(Long.MIN_VALUE), StandardCharsets.UTF_8));
        assertThat(fields(examples.get(1))).isEqualTo(real);
    }

    @Test
    void actions_and_descriptions_are_taken_as_they_are_written() throws Exception {
        assertThat(server.act(examples.get(2)).statusCode())
                .as("it has no targets of CDI")
                .isEqualTo(409);
        assertThat(fields(examples.get(3))).containsExactly(".done");

        String explained = server.send(server.post("/seawall/api/explain", examples.get(4)))
                .body();
        assertThat(fields(explained)).contains(".counted", ".words");
        Set<String> real = fields(explained);
        real.remove(".policies[].limits[].override");
        assertThat(fields(examples.get(5))).containsAll(real);
        assertThat(examples).hasSize(6);
    }

    @Test
    void every_action_has_a_row() throws Exception {
        String page = Files.readString(Path.of("../docs/console.md"));
        String words = JsonParser.parseString(server.act("{\"action\":\"?\"}").body())
                .getAsJsonObject()
                .get("detail")
                .getAsString();
        String all = words.substring(words.indexOf('[') + 1, words.indexOf(']'));
        assertThat(all.split(", ", -1))
                .hasSize(10)
                .allSatisfy(action -> assertThat(page).contains("`" + action + "`"));
    }
}
