package io.seawall;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.observe.health.HealthServlet;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The manifests in docs/kubernetes ask for what the servlets answer, in the fields that Kubernetes and KEDA know. */
class KubernetesTest {

    private static final Path MANIFESTS = Path.of("../docs/kubernetes");
    private static final String CONTEXT = "/shop";

    private static String metrics = "";

    @BeforeAll
    static void read() throws Exception {
        metrics = AllMetrics.read().text();
    }

    /** A part of a document. */
    private record Node(Object value) {

        Node at(Object... path) {
            Object at = value;
            for (Object step : path) {
                at = step instanceof Integer index ? ((List<?>) at).get(index) : ((Map<?, ?>) at).get(step);
                assertThat(at).as("%s in %s", step, value).isNotNull();
            }
            return new Node(at);
        }

        String text(Object... path) {
            Object at = at(path).value;
            assertThat(at).as("%s is a text", List.of(path)).isInstanceOf(String.class);
            return (String) at;
        }

        int number(Object... path) {
            Object at = at(path).value;
            assertThat(at).as("%s is a number", List.of(path)).isInstanceOf(Integer.class);
            return (Integer) at;
        }

        List<Node> items(Object... path) {
            return ((List<?>) at(path).value).stream().<Node>map(Node::new).toList();
        }

        Set<String> fields(Object... path) {
            return ((Map<?, ?>) at(path).value)
                    .keySet().stream().map(String::valueOf).collect(Collectors.toSet());
        }
    }

    private static List<Node> documents(String file) throws IOException {
        LoaderOptions strict = new LoaderOptions();
        strict.setAllowDuplicateKeys(false);
        List<Node> documents = new ArrayList<>();
        try (Reader reader = Files.newBufferedReader(MANIFESTS.resolve(file))) {
            new Yaml(new SafeConstructor(strict)).loadAll(reader).forEach(each -> documents.add(new Node(each)));
        }
        return documents;
    }

    private static Node document(String file, String kind) throws IOException {
        return documents(file).stream()
                .filter(each -> each.text("kind").equals(kind))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void every_manifest_is_read_by_the_tests_and_named_by_the_page() throws IOException {
        try (Stream<Path> files = Files.list(MANIFESTS)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("deployment.yaml", "keda.yaml", "hpa.yaml", "prometheus-adapter.yaml")
                    .allSatisfy(file -> assertThat(MANIFESTS.resolveSibling("kubernetes.md"))
                            .content()
                            .contains("(kubernetes/" + file + ")"));
        }
    }

    @Test
    void probes_ask_paths_that_answer() throws Exception {
        Node container = document("deployment.yaml", "Deployment").at("spec", "template", "spec", "containers", 0);
        ServletContextHandler application = new ServletContextHandler(CONTEXT);
        application.addServlet(HealthServlet.class, "/health/*");
        Server server = new Server();
        LocalConnector connector = new LocalConnector(server);
        server.addConnector(connector);
        server.setHandler(application);
        server.start();
        try {
            for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
                String path = container.text(probe, "httpGet", "path");
                assertThat(path).endsWith(probe.startsWith("readiness") ? "/ready" : "/live");
                assertThat(container.text(probe, "httpGet", "port")).isEqualTo(container.text("ports", 0, "name"));
                assertThat(connector.getResponse(
                                "GET " + path + " HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n"))
                        .startsWith("HTTP/1.1 200 ");
            }
        } finally {
            server.stop();
        }
    }

    @Test
    void a_pod_has_time_to_drain_and_the_selectors_fit() throws IOException {
        Node deployment = document("deployment.yaml", "Deployment");
        Node pod = deployment.at("spec", "template", "spec");
        List<?> sleep = (List<?>) pod.at("containers", 0, "lifecycle", "preStop", "exec", "command")
                .value();
        assertThat(pod.number("terminationGracePeriodSeconds")).isGreaterThan(Integer.parseInt((String) sleep.get(1)));
        assertThat(deployment.fields("spec")).as("a scaler sets them").doesNotContain("replicas");
        Object labels = deployment.at("spec", "template", "metadata", "labels").value();
        assertThat(deployment.at("spec", "selector", "matchLabels").value()).isEqualTo(labels);
        assertThat(document("deployment.yaml", "Service").at("spec", "selector").value())
                .isEqualTo(labels);
        assertThat(document("deployment.yaml", "PodDisruptionBudget")
                        .at("spec", "selector", "matchLabels")
                        .value())
                .isEqualTo(labels);
    }

    /** By apis/keda/v1alpha1/scaledobject_types.go and pkg/scalers/prometheus_scaler.go of KEDA. */
    @Test
    void the_scaled_object_has_the_fields_of_keda() throws IOException {
        Node scaled = document("keda.yaml", "ScaledObject");
        assertThat(scaled.text("apiVersion")).isEqualTo("keda.sh/v1alpha1");
        Node spec = scaled.at("spec");
        assertThat(spec.fields())
                .containsOnly(
                        "scaleTargetRef",
                        "pollingInterval",
                        "minReplicaCount",
                        "maxReplicaCount",
                        "fallback",
                        "advanced",
                        "triggers");
        assertThat(spec.text("scaleTargetRef", "name")).isEqualTo(deploymentName());
        assertThat(spec.number("minReplicaCount")).isBetween(2, spec.number("maxReplicaCount"));
        assertThat(spec.number("fallback", "failureThreshold")).isPositive();
        assertThat(spec.number("fallback", "replicas"))
                .isBetween(spec.number("minReplicaCount"), spec.number("maxReplicaCount"));
        assertThat(spec.text("fallback", "behavior"))
                .isIn("static", "currentReplicas", "currentReplicasIfHigher", "currentReplicasIfLower");
        for (Node trigger : spec.items("triggers")) {
            assertThat(trigger.text("type")).isEqualTo("prometheus");
            assertThat(trigger.text("metricType")).as("or there is no fallback").isEqualTo("AverageValue");
            assertThat(trigger.fields("metadata"))
                    .containsOnly("serverAddress", "query", "threshold", "ignoreNullValues");
            // All of them are texts to KEDA.
            assertThat(Double.parseDouble(trigger.text("metadata", "threshold")))
                    .isPositive();
            assertThat(trigger.text("metadata", "ignoreNullValues")).isEqualTo("false");
        }
    }

    @Test
    void the_autoscaler_does_the_same_as_the_scaled_object() throws IOException {
        Node hpa = document("hpa.yaml", "HorizontalPodAutoscaler");
        Node keda = document("keda.yaml", "ScaledObject").at("spec");
        assertThat(hpa.text("apiVersion")).isEqualTo("autoscaling/v2");
        assertThat(hpa.text("spec", "scaleTargetRef", "name")).isEqualTo(deploymentName());
        assertThat(hpa.number("spec", "minReplicas")).isEqualTo(keda.number("minReplicaCount"));
        assertThat(hpa.number("spec", "maxReplicas")).isEqualTo(keda.number("maxReplicaCount"));
        assertThat(hpa.at("spec", "behavior"))
                .isEqualTo(keda.at("advanced", "horizontalPodAutoscalerConfig", "behavior"));
        List<Node> wanted = hpa.items("spec", "metrics");
        List<Node> triggers = keda.items("triggers");
        List<Node> rules = documents("prometheus-adapter.yaml").get(0).items("rules");
        assertThat(wanted).hasSameSizeAs(triggers).hasSameSizeAs(rules);
        for (int i = 0; i < wanted.size(); i++) {
            String name = wanted.get(i).text("pods", "metric", "name");
            assertThat(wanted.get(i).text("type")).isEqualTo("Pods");
            assertThat(wanted.get(i).text("pods", "target", "type")).isEqualTo("AverageValue");
            assertThat(wanted.get(i).text("pods", "target", "averageValue"))
                    .isEqualTo(triggers.get(i).text("metadata", "threshold"));
            assertThat(triggers.get(i).text("metadata", "query")).contains(name + "{");
            assertThat(rules.get(i).text("seriesQuery")).startsWith(name + "{");
            assertThat(rules.get(i).fields("resources", "overrides")).isEqualTo(Set.of("namespace", "pod"));
        }
    }

    static List<String> queries() throws IOException {
        List<String> queries = new ArrayList<>();
        for (Node trigger : document("keda.yaml", "ScaledObject").items("spec", "triggers")) {
            queries.add(trigger.text("metadata", "query"));
        }
        for (Node rule : documents("prometheus-adapter.yaml").get(0).items("rules")) {
            queries.add(rule.text("seriesQuery"));
        }
        assertThat(queries).hasSize(4);
        return queries;
    }

    @ParameterizedTest
    @MethodSource("queries")
    void a_query_asks_for_what_is_there(String query) {
        Expression expression = Expression.of(query);
        assertThat(expression.selectors()).hasSize(1);
        Expression.Selector selector = expression.selectors().get(0);
        assertThat(metrics).containsPattern("(?m)^" + selector.name() + "[{ ]");
        selector.values().keySet().stream()
                // Prometheus adds them.
                .filter(label -> !Set.of("namespace", "pod").contains(label))
                .forEach(label ->
                        assertThat(metrics).containsPattern("(?m)^" + selector.name() + "\\{[^}]*" + label + "="));
    }

    private static String deploymentName() throws IOException {
        return document("deployment.yaml", "Deployment").text("metadata", "name");
    }
}
