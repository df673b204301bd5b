package io.seawall.benchmarks;

import io.seawall.filter.RateLimitFilter;
import io.seawall.metrics.MetricRegistry;
import io.seawall.observe.console.ConsoleServlet;
import io.seawall.resilience.bulkhead.BulkheadPolicy;
import io.seawall.resilience.circuitbreaker.BreakerPolicy;
import io.seawall.resilience.pipeline.Targets;
import io.seawall.resilience.retry.RetryPolicy;
import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * What viewers of the console cost: 50 of them poll the state every two seconds and the history every five. Prints the part of one
 * processor that the threads of the server and of the console take, those of the viewers not.
 *
 * <p>Arguments: seconds (60), viewers (50), targets (50).
 */
public final class ConsoleLoad {

    private static final int MAX_VIEWERS = 200;
    private static final double NANOS = 1e9;

    private ConsoleLoad() {}

    /**
     * Runs it.
     *
     * @param args see above
     * @throws Exception if the server cannot start
     */
    public static void main(String[] args) throws Exception {
        int seconds = argument(args, 0, 60);
        int viewers = Math.min(MAX_VIEWERS, argument(args, 1, 50));
        int targets = argument(args, 2, 50);
        Targets all = new Targets();
        for (int i = 0; i < targets; i++) {
            all.<String>around("target-" + i, call -> call)
                    .retry(RetryPolicy.defaults())
                    .breaker(BreakerPolicy.defaults())
                    .bulkhead(new BulkheadPolicy(7, Duration.ZERO))
                    .build();
        }
        MetricRegistry registry = new MetricRegistry();
        all.register(registry);
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server, 1, 1);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ServletContextHandler application = new ServletContextHandler("/");
        application.setAttribute(MetricRegistry.ATTRIBUTE_PREFIX + "resilience", registry);
        application.addFilter(new FilterHolder(new RateLimitFilter()), "/api/*", EnumSet.of(DispatcherType.REQUEST));
        ServletHolder console = new ServletHolder(new ConsoleServlet());
        console.setInitParameter("insecure", "true");
        console.setInitOrder(1);
        application.addServlet(console, "/seawall/*");
        server.setHandler(application);
        server.start();
        try {
            String base = "http://127.0.0.1:" + connector.getLocalPort() + "/seawall/api/";
            report("nobody looks", seconds, () -> {});
            LongAdder answers = new LongAdder();
            ScheduledExecutorService polling = Executors.newScheduledThreadPool(4);
            try {
                view(viewers, base, polling, answers);
                measure(seconds / 2); // warms up
                answers.reset();
                report(viewers + " viewers, " + targets + " targets", seconds, answers::reset);
                System.out.println("answers: " + answers.sum());
            } finally {
                polling.shutdownNow();
            }
        } finally {
            server.stop();
            all.close();
        }
    }

    private static int argument(String[] args, int index, int otherwise) {
        return args.length > index ? Integer.parseInt(args[index]) : otherwise;
    }

    private static void view(int viewers, String base, ScheduledExecutorService polling, LongAdder answers) {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        for (int i = 0; i < viewers; i++) {
            long offset = 2_000L * i / viewers;
            poll(client, () -> base + "state", 2_000, offset, polling, answers);
            // As one who knows the last slot but one, at most.
            poll(
                    client,
                    () -> base + "history?since=" + (System.currentTimeMillis() - 6_000),
                    5_000,
                    offset,
                    polling,
                    answers);
        }
    }

    private static void poll(
            HttpClient client,
            Supplier<String> address,
            long everyMillis,
            long offset,
            ScheduledExecutorService polling,
            LongAdder answers) {
        var unused = polling.scheduleAtFixedRate(
                () -> ask(client, address.get(), answers), offset, everyMillis, TimeUnit.MILLISECONDS);
    }

    private static void ask(HttpClient client, String address, LongAdder answers) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                .timeout(Duration.ofSeconds(30))
                .build();
        try {
            if (client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                answers.increment();
            }
        } catch (IOException lost) {
            // It is missing among the answers.
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    private static void report(String what, int seconds, Runnable first) throws InterruptedException {
        first.run();
        System.out.printf("%s: %.2f %% of one processor%n", what, 100 * measure(seconds));
    }

    /** The part of one processor that the server takes. */
    private static double measure(int seconds) throws InterruptedException {
        long before = serverNanos();
        long begun = System.nanoTime();
        Thread.sleep(Duration.ofSeconds(Math.max(1, seconds)).toMillis());
        return (serverNanos() - before) / NANOS / ((System.nanoTime() - begun) / NANOS);
    }

    private static long serverNanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long nanos = 0;
        for (long id : threads.getAllThreadIds()) {
            ThreadInfo thread = threads.getThreadInfo(id);
            if (thread != null
                    && (thread.getThreadName().startsWith("qtp")
                            || thread.getThreadName().equals("seawall-console"))) {
                nanos += Math.max(0, threads.getThreadCpuTime(id));
            }
        }
        return nanos;
    }
}
