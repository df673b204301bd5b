package io.seawall.benchmarks;

import io.seawall.metrics.MetricRegistry;
import io.seawall.observe.MetricsServlet;
import io.seawall.resilience.bulkhead.BulkheadPolicy;
import io.seawall.resilience.circuitbreaker.BreakerPolicy;
import io.seawall.resilience.pipeline.Targets;
import io.seawall.resilience.retry.RetryPolicy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One scrape of an application with 1,000 targets, each with retry, breaker and bulkhead, over HTTP on loopback. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ScrapeBenchmark {

    private static final int TARGETS = 1_000;

    private final Targets targets = new Targets();
    private final MetricRegistry registry = new MetricRegistry();
    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server, 1, 1);
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** For JMH. */
    public ScrapeBenchmark() {}

    /**
     * Starts the application.
     *
     * @throws Exception if it cannot
     */
    @Setup(Level.Trial)
    public void start() throws Exception {
        for (int i = 0; i < TARGETS; i++) {
            targets.<String>around("target-" + i, call -> call)
                    .retry(RetryPolicy.defaults())
                    .breaker(BreakerPolicy.defaults())
                    .bulkhead(new BulkheadPolicy(7, Duration.ZERO))
                    .build();
        }
        targets.register(registry);
        ServletContextHandler application = new ServletContextHandler("/");
        application.setAttribute(MetricRegistry.ATTRIBUTE_PREFIX + "resilience", registry);
        application.addServlet(MetricsServlet.class, "/metrics");
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(application);
        server.start();
    }

    /**
     * Ends it.
     *
     * @throws Exception if it cannot
     */
    @TearDown(Level.Trial)
    public void stop() throws Exception {
        server.stop();
        targets.close();
    }

    /**
     * All numbers as text.
     *
     * @return the text
     * @throws Exception if there is none
     */
    @Benchmark
    public String scrape() throws Exception {
        URI metrics = URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/metrics");
        String text = client.send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString())
                .body();
        if (!text.contains("target-" + (TARGETS - 1))) {
            throw new IllegalStateException("the scrape is without the last target: " + text.length() + " characters");
        }
        return text;
    }

    /**
     * All numbers, as they are read before anything is written.
     *
     * @return the numbers
     */
    @Benchmark
    public Object read() {
        return registry.families();
    }
}
