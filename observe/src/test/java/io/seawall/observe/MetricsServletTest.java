package io.seawall.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.metrics.Counter;
import io.seawall.metrics.Histogram;
import io.seawall.metrics.Meter;
import io.seawall.metrics.MetricRegistry;
import io.seawall.test.CapturedLog;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MetricsServletTest {

    private static final Meter DECISIONS = Meter.counter("seawall.decisions", "Decisions.", "outcome");

    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server, 1, 1);
    private final ServletContextHandler application = new ServletContextHandler("/shop");
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @BeforeEach
    void start() throws Exception {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(application);
        application.addServlet(MetricsServlet.class, "/metrics");
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    private HttpResponse<String> scrape(String... headers) throws Exception {
        return send("GET", headers);
    }

    private HttpResponse<String> send(String method, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/shop/metrics"))
                .timeout(Duration.ofSeconds(30))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private void publish(String owner, Object registry) {
        application.getServletContext().setAttribute(MetricRegistry.ATTRIBUTE_PREFIX + owner, registry);
    }

    @Test
    void it_tells_prometheus_what_was_counted() throws Exception {
        MetricRegistry registry = new MetricRegistry("filter", "a \"b\\c\"\nd");
        registry.counter(DECISIONS, "allowed").add(2);
        registry.counter(DECISIONS, "refused");
        registry.read(Meter.gauge("seawall.in.flight", "Requests."), () -> 3);
        Histogram histogram = new Histogram(1_000_000, 5_000_000);
        histogram.record(2_000_000);
        histogram.record(9_000_000);
        registry.read(Meter.durations("seawall.decision.duration", "How long."), histogram);
        publish("limits", registry);

        HttpResponse<String> answer = scrape();

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type.replace(" ", ""))
                        .isEqualToIgnoringCase("text/plain;version=0.0.4;charset=utf-8"));
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        String filter = "filter=\"a \\\"b\\\\c\\\"\\nd\"";
        assertThat(answer.body()).isEqualTo("""
                        # HELP seawall_decision_duration_seconds How long.
                        # TYPE seawall_decision_duration_seconds histogram
                        seawall_decision_duration_seconds_bucket{F,le="0.001"} 0
                        seawall_decision_duration_seconds_bucket{F,le="0.005"} 1
                        seawall_decision_duration_seconds_bucket{F,le="+Inf"} 2
                        seawall_decision_duration_seconds_count{F} 2
                        seawall_decision_duration_seconds_sum{F} 0.011
                        # HELP seawall_decisions_total Decisions.
                        # TYPE seawall_decisions_total counter
                        seawall_decisions_total{F,outcome="allowed"} 2.0
                        seawall_decisions_total{F,outcome="refused"} 0.0
                        # HELP seawall_in_flight Requests.
                        # TYPE seawall_in_flight gauge
                        seawall_in_flight{F} 3.0
                        """.replace("F", filter));
    }

    @Test
    void it_echoes_nothing() throws Exception {
        HttpResponse<String> answer = send("TRACE", "X-Secret", "mellon");
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.body()).doesNotContain("mellon");
        assertThat(send("OPTIONS").headers().firstValue("Allow")).contains("GET, HEAD, OPTIONS");
    }

    @Test
    void it_tells_openmetrics_to_whoever_accepts_that() throws Exception {
        MetricRegistry registry = new MetricRegistry();
        registry.counter(DECISIONS, "allowed");
        publish("limits", registry);

        HttpResponse<String> answer = scrape(
                "Accept", "application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3,*/*;q=0.1");

        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type.replace(" ", ""))
                        .isEqualToIgnoringCase("application/openmetrics-text;version=1.0.0;charset=utf-8"));
        assertThat(answer.body()).isEqualTo("""
                        # TYPE seawall_decisions counter
                        # HELP seawall_decisions Decisions.
                        seawall_decisions_total{outcome="allowed"} 0.0
                        # EOF
                        """);
    }

    @Test
    void owners_come_and_go() throws Exception {
        assertThat(scrape().body()).isEmpty();

        MetricRegistry one = new MetricRegistry("filter", "one");
        one.counter(DECISIONS, "allowed");
        MetricRegistry two = new MetricRegistry("filter", "two");
        Counter counted = two.counter(DECISIONS, "allowed");
        publish("one", one);
        publish("two", two);
        publish("somebody", "else's");
        application.getServletContext().setAttribute("another", new MetricRegistry());
        counted.increment();
        assertThat(scrape().body())
                .containsOnlyOnce("# TYPE seawall_decisions_total counter")
                .contains(
                        "seawall_decisions_total{filter=\"one\",outcome=\"allowed\"} 0.0",
                        "seawall_decisions_total{filter=\"two\",outcome=\"allowed\"} 1.0");

        application.getServletContext().removeAttribute(MetricRegistry.ATTRIBUTE_PREFIX + "one");
        assertThat(scrape().body()).doesNotContain("one").contains("two");
    }

    @Test
    void of_two_meanings_of_one_name_the_first_is_shown() throws Exception {
        MetricRegistry one = new MetricRegistry();
        one.counter(DECISIONS, "allowed");
        MetricRegistry two = new MetricRegistry();
        two.read(Meter.gauge("seawall.decisions", "Something else."), () -> 7);
        publish("a", one);
        publish("b", two);

        assertThat(scrape().body()).contains("counter").doesNotContain("gauge", "7.0");
    }

    /** An application may publish targets of its own beside those of {@code @Resilient}, and name one alike. */
    @Test
    void what_is_there_twice_is_shown_once_and_told_once() throws Exception {
        for (String owner : new String[] {"resilience", "batch"}) {
            MetricRegistry registry = new MetricRegistry();
            registry.counter(DECISIONS, "allowed").add(2);
            registry.counter(DECISIONS, owner).add(1);
            publish(owner, registry);
        }
        try (CapturedLog log = new CapturedLog(PublishedMetrics.class)) {
            scrape();
            HttpResponse<String> answer = scrape();
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body())
                    .containsOnlyOnce("seawall_decisions_total{outcome=\"allowed\"} 2.0")
                    .contains("seawall_decisions_total{outcome=\"batch\"} 1.0")
                    .contains("seawall_decisions_total{outcome=\"resilience\"} 1.0");
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith("WARNING ")
                    .contains("seawall.decisions");
        }
    }
}
