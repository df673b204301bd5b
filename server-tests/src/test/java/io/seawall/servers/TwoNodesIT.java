package io.seawall.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.redis.TestRedis;
import io.seawall.servers.AddressedClient.Answer;
import java.lang.System.Logger.Level;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * WildFly and Payara Micro on one Redis, behind HAProxy: to its clients they are one. Only the balancer, at 127.0.0.1, is a trusted
 * proxy; each test has a client at an address of its own, and the balancer tells it to the nodes.
 */
@Tag("servers")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoNodesIT {

    private static final int LIMIT = 10;
    private static final int REQUESTS = 3 * LIMIT;
    private static final String SHARED = "/probe/shared/ping";
    private static final String LOCAL = "/probe/local/ping";

    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private List<Server> nodes = List.of();
    private int balancer;

    private static Optional<String> missing() {
        if (HaProxy.executable().isEmpty()) {
            return Optional.of("haproxy is neither on PATH nor in /usr/sbin: install it (apt-get install haproxy)");
        }
        if (!client(2).isPossible()) {
            return Optional.of("127.0.0.2 is no address of this machine: run on Linux, or add it to the loopback");
        }
        return Optional.empty();
    }

    @BeforeAll
    void start() {
        if (missing().isPresent()) {
            System.getLogger(TwoNodesIT.class.getName())
                    .log(Level.WARNING, "Skipped: {0}", missing().get());
            return;
        }
        TestRedis redis = TestRedis.start();
        started.push(redis);
        nodes = List.of(Server.wildFly(), Server.payaraMicro());
        nodes.forEach(started::push);
        Map<String, String> settings = Map.of(
                "PROBE_LIMITS",
                LIMIT + "/1h",
                "PROBE_CLIENT",
                "ip",
                "PROBE_TRUSTED_PROXIES",
                "127.0.0.1",
                "PROBE_REDIS",
                redis.uri());
        CompletableFuture.allOf(nodes.stream()
                        .map(node -> CompletableFuture.runAsync(
                                () -> deployProbe(node, settings), task -> new Thread(task, node.name()).start()))
                        .toArray(CompletableFuture<?>[]::new))
                .join();
        HaProxy proxy = HaProxy.start(nodes);
        started.push(proxy);
        balancer = proxy.port();
    }

    /** Each test, not all at once: so the reports tell what was skipped, and why. */
    @BeforeEach
    void skipIfSomethingIsMissing() {
        missing().ifPresent(Assumptions::abort);
    }

    @AfterAll
    void stop() {
        started.forEach(TwoNodesIT::close);
    }

    private static void deployProbe(Server node, Map<String, String> settings) {
        node.start(settings);
        try {
            node.deploy("probe", Path.of(System.getProperty("seawall.probe")));
        } catch (DeploymentFailedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void close(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static AddressedClient client(int number) {
        return new AddressedClient("127.0.0." + number);
    }

    /** So many requests through the balancer, each the same or each with a header of its own. */
    private List<Answer> ask(AddressedClient client, String path, int requests, IntFunction<String> header) {
        return IntStream.range(0, requests)
                .mapToObj(i -> client.get(balancer, path, header.apply(i)))
                .toList();
    }

    private List<Answer> exhaust(AddressedClient client) {
        return ask(client, SHARED, REQUESTS, i -> "X-Request: " + i);
    }

    /** How many requests each node has answered in this way. */
    private static Map<String, Long> perNode(List<Answer> answers, int status) {
        return answers.stream()
                .filter(answer -> answer.status() == status)
                .collect(Collectors.groupingBy(answer -> answer.field(HaProxy.NODE), Collectors.counting()));
    }

    @Test
    void one_clients_limit_holds_across_both_nodes() {
        List<Answer> answers = exhaust(client(2));
        assertThat(perNode(answers, 200)).isEqualTo(Map.of("wildfly", 5L, "payara-micro", 5L));
        assertThat(perNode(answers, 429)).isEqualTo(Map.of("wildfly", 10L, "payara-micro", 10L));
    }

    /** What the test above would see if the nodes did not share their counts. */
    @Test
    void a_limit_that_each_node_counts_alone_is_doubled() {
        List<Answer> answers = ask(client(3), LOCAL, REQUESTS, i -> "X-Client: alone");
        assertThat(perNode(answers, 200)).isEqualTo(Map.of("wildfly", 10L, "payara-micro", 10L));
    }

    @Test
    void clients_behind_the_balancer_are_told_apart_by_their_address() {
        assertThat(exhaust(client(4)))
                .filteredOn(answer -> answer.status() == 200)
                .hasSize(LIMIT);
        assertThat(exhaust(client(5)))
                .filteredOn(answer -> answer.status() == 200)
                .hasSize(LIMIT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "192.0.2.%d",
                "127.0.0.1",
                "192.0.2.%d, 127.0.0.1",
                "127.0.0.%d\r\nX-Forwarded-For: 127.0.0.1",
                "unknown",
                ",",
                "192.0.2.%d\r\nX-Real-IP: 192.0.2.%1$d\r\nForwarded: for=192.0.2.%1$d"
            })
    void an_invented_forwarding_header_makes_no_new_client(String invented) {
        exhaust(client(6));
        assertThat(ask(client(6), SHARED, 6, i -> "X-Forwarded-For: " + invented.formatted(i)))
                .allMatch(answer -> answer.status() == 429);
    }

    @Test
    void nobody_can_spend_the_limit_of_another_client() {
        ask(client(7), SHARED, REQUESTS, i -> "X-Forwarded-For: 127.0.0.8");
        assertThat(exhaust(client(8)))
                .filteredOn(answer -> answer.status() == 200)
                .hasSize(LIMIT);
    }

    @Test
    void while_a_node_drains_all_goes_to_the_other_and_nothing_fails() {
        try (HaProxy checking = HaProxy.startWithChecks(nodes)) {
            String drained = nodes.get(0).name();
            awaitNodes(checking, Set.of(drained, nodes.get(1).name()));
            operate(nodes.get(0), "drain");
            try {
                awaitNodes(checking, Set.of(nodes.get(1).name()));
            } finally {
                operate(nodes.get(0), "serve");
            }
            awaitNodes(checking, Set.of(drained, nodes.get(1).name()));
        }
    }

    /** Goes on asking until so many requests in a row have been answered by these; none of all may fail. */
    private static void awaitNodes(HaProxy proxy, Set<String> expected) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(100))
                .until(
                        () -> IntStream.range(0, REQUESTS)
                                .mapToObj(i -> client(10).get(proxy.port(), LOCAL, "X-Client: " + UUID.randomUUID()))
                                .map(answer -> {
                                    assertThat(answer.status()).isEqualTo(200);
                                    return answer.field(HaProxy.NODE);
                                })
                                .collect(Collectors.toSet()),
                        expected::equals);
    }

    private static void operate(Server node, String operation) {
        String name = URLEncoder.encode("io.seawall:type=Health,name=\"/probe\"", StandardCharsets.UTF_8);
        assertThat(client(10)
                        .get(node.port(), "/probe/management?name=" + name + "&operation=" + operation)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void a_client_that_goes_around_the_balancer_is_the_same_client() {
        exhaust(client(9));
        for (Server node : nodes) {
            assertThat(client(9).get(node.port(), SHARED).status())
                    .as(node.name())
                    .isEqualTo(429);
            assertThat(client(9)
                            .get(node.port(), SHARED, "X-Forwarded-For: 192.0.2.1")
                            .status())
                    .as(node.name() + ", with an invented header")
                    .isEqualTo(429);
        }
    }
}
