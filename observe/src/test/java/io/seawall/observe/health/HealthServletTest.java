package io.seawall.observe.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.seawall.filter.DrainingFlag;
import io.seawall.filter.RateLimitFilter;
import io.seawall.interceptors.SeawallTargets;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRegistration;
import java.lang.management.ManagementFactory;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.ee10.servlet.ServletMapping;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a load balancer is told, on a server. */
class HealthServletTest {

    private static final String UP = """
            {"status":"UP","checks":[{"name":"seawall","status":"UP","data":{"state":"serving"}}]}""";

    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server, 1, 1);
    private final ServletContextHandler application = new ServletContextHandler("/shop");
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final FakeTargets targets = new FakeTargets("inventory", "payments");

    @BeforeEach
    void prepare() {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(application);
        application.addServletContainerInitializer(new HealthInitializer());
        application.setAttribute(SeawallTargets.ATTRIBUTE, targets);
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
        System.clearProperty("seawall.health.critical");
        System.clearProperty("seawall.health.critcal");
    }

    private void serve(Map<String, String> initParams) throws Exception {
        add("health", "/health/*", initParams);
        server.start();
    }

    private void add(String name, String pattern, Map<String, String> initParams) {
        ServletHolder holder = new ServletHolder(HealthServlet.class);
        holder.setName(name);
        holder.setInitParameters(initParams);
        application.addServlet(holder, pattern);
    }

    private Draining draining() {
        return Draining.of(application.getServletContext());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send("GET", path);
    }

    private HttpResponse<String> send(String method, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/shop" + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .timeout(Duration.ofSeconds(30))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void it_is_ready_when_nothing_speaks_against_it() throws Exception {
        serve(Map.of());

        HttpResponse<String> answer = get("/health/ready");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(UP);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    }

    @Test
    void head_is_get_without_the_body() throws Exception {
        serve(Map.of());
        draining().begin();
        assertThat(send("HEAD", "/health/ready").statusCode()).isEqualTo(503);
        assertThat(send("HEAD", "/health/ready").body()).isEmpty();
        assertThat(send("HEAD", "/health/live").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/health/", "/health/started", "/health/ready/", "/health/READY"})
    void every_other_path_is_not_found(String path) throws Exception {
        serve(Map.of());
        assertThat(get(path).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRACE", "OPTIONS", "POST", "PUT", "DELETE"})
    void other_methods_are_not_allowed_and_nothing_is_echoed(String method) throws Exception {
        serve(Map.of());
        HttpResponse<String> answer = send(method, "/health/ready");
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD");
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void the_end_of_the_application_drains_it() throws Exception {
        serve(Map.of());
        AtomicBoolean draining = DrainingFlag.of(application.getServletContext());
        assertThat(draining).isFalse();
        server.stop();
        assertThat(draining).isTrue();
    }

    @Test
    void the_two_paths_can_be_mapped_alone() throws Exception {
        add("health", "/live", Map.of());
        application.getServletHandler().addServletMapping(exactly("health", "/inner/ready"));
        server.start();
        assertThat(get("/live").statusCode()).isEqualTo(200);
        assertThat(get("/inner/ready").statusCode()).isEqualTo(200);
        assertThat(get("/inner/ready").body()).isEqualTo(UP);
        assertThat(get("/live/ready").statusCode()).isEqualTo(404);
    }

    private static ServletMapping exactly(String servlet, String path) {
        ServletMapping mapping = new ServletMapping();
        mapping.setServletName(servlet);
        mapping.setPathSpec(path);
        return mapping;
    }

    @Test
    void no_cache_keeps_that_there_is_nothing() throws Exception {
        serve(Map.of());
        assertThat(get("/health/started").headers().firstValue("Cache-Control")).contains("no-store");
    }

    @Test
    void it_lives_whatever_happens() throws Exception {
        serve(Map.of("critical", "payments"));
        targets.forceOpen("payments");
        draining().begin();
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        assertThat(get("/health/live").body()).isEqualTo("{\"status\":\"UP\",\"checks\":[]}");
    }

    @ParameterizedTest
    @CsvSource({"503, 503", "404, 404"})
    void a_balancer_is_told_to_drain_as_it_understands_it(String drainStatus, int status) throws Exception {
        serve(Map.of("drain-status", drainStatus));

        assertThat(draining().begin()).isTrue();
        assertThat(draining().begin()).isFalse();

        HttpResponse<String> answer = get("/health/ready");
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).isEqualTo("""
                {"status":"DOWN","checks":[{"name":"seawall","status":"DOWN","data":{"state":"draining"}}]}""");

        assertThat(draining().end()).isTrue();
        assertThat(get("/health/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void what_is_down_for_another_reason_is_503_also_where_draining_is_404() throws Exception {
        serve(Map.of("drain-status", "404", "critical", "payments"));
        targets.forceOpen("payments");
        HttpResponse<String> answer = get("/health/ready");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("\"down\":\"target payments: circuit open\"");
    }

    @Test
    void what_is_set_outside_wins_over_the_init_param() throws Exception {
        System.setProperty("seawall.health.critical", "inventory");
        serve(Map.of("critical", "payments"));
        targets.forceOpen("payments");
        assertThat(get("/health/ready").statusCode()).isEqualTo(200);
        targets.forceOpen("inventory");
        assertThat(get("/health/ready").statusCode()).isEqualTo(503);
    }

    @Test
    void redis_counts_when_it_is_critical_and_away() throws Exception {
        int nobody;
        try (ServerSocket closed = new ServerSocket(0)) {
            nobody = closed.getLocalPort();
        }
        FilterHolder filter = new FilterHolder(RateLimitFilter.class);
        filter.setName("api");
        filter.setInitParameters(Map.of("redis", "redis://127.0.0.1:" + nobody));
        application.addFilter(filter, "/api/*", EnumSet.of(DispatcherType.REQUEST));
        serve(Map.of("critical-store", "${no.such.property:true}", "store-grace", "0s"));

        HttpResponse<String> answer = get("/health/ready");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("\"down\":\"store api: away for 0 s\"");
    }

    @Test
    void it_is_shown_and_drained_by_jmx_and_nothing_of_it_stays() throws Exception {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        ObjectName name = new ObjectName("io.seawall:type=Health,name=\"/shop\"");
        serve(Map.of());
        assertThat(beans.getAttribute(name, "State")).isEqualTo("serving");

        assertThat(beans.invoke(name, "drain", null, null)).isEqualTo(true);

        assertThat(beans.getAttribute(name, "Ready")).isEqualTo(false);
        assertThat(get("/health/ready").statusCode()).isEqualTo(503);
        assertThat(beans.invoke(name, "serve", null, null)).isEqualTo(true);
        assertThat(get("/health/ready").statusCode()).isEqualTo(200);
        server.stop();
        assertThat(beans.isRegistered(name)).isFalse();
    }

    @Test
    void two_applications_of_one_path_are_both_shown_by_jmx() throws Exception {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        ObjectName second = new ObjectName("io.seawall:type=Health,name=\"/shop#2\"");
        HealthManagement other = new HealthManagement();
        serve(Map.of());
        other.show("/shop", Health.of(application.getServletContext()), draining());
        assertThat(beans.getAttribute(second, "Ready")).isEqualTo(true);
        other.close();
        other.close();
        assertThat(beans.isRegistered(second)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "critcal | payments | init-param 'critcal' of servlet 'health' is 'payments': there is no such parameter; use one"
                        + " of [critical, critical-store, store-grace, drain-status]",
                "critical | payments,, | init-param 'critical' of servlet 'health' is 'payments,,': a name is missing: write"
                        + " names of targets with ',' between them, for example payments, inventory",
                "critical | a,a | init-param 'critical' of servlet 'health' is 'a,a': 'a' is there twice: delete one",
                "critical | billing | 'critical' of the health of the application names [billing], and there is no such"
                        + " target: use one of [inventory, payments], or remove it",
                "critical-store | yes | init-param 'critical-store' of servlet 'health' is 'yes': use true or false",
                "store-grace | 2h | init-param 'store-grace' of servlet 'health' is '2h': use 0s to 1h",
                "store-grace | ${no.such:soon} | init-param 'store-grace' of servlet 'health' is 'soon' (from"
                        + " '${no.such:soon}'): 'soon' is not a duration: write a whole number and a unit (ms, s, m, h, d), for"
                        + " example 250ms, 2s or 1m",
                "drain-status | 500 | init-param 'drain-status' of servlet 'health' is '500': use 503, or 404 for HAProxy with"
                        + " 'http-check disable-on-404'"
            })
    void a_wrong_setting_stops_the_deployment(String name, String value, String message) {
        assertThatThrownBy(() -> serve(Map.of(name, value)))
                .satisfies(failure -> assertThat(messages(failure)).contains(message));
    }

    private static String messages(Throwable failure) {
        StringBuilder messages = new StringBuilder();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            messages.append(Objects.toString(cause.getMessage())).append('\n');
        }
        return messages.toString();
    }

    @Test
    void a_key_outside_that_does_nothing_stops_the_deployment() {
        System.setProperty("seawall.health.critcal", "payments");
        assertThatThrownBy(() -> serve(Map.of()))
                .satisfies(failure -> assertThat(messages(failure))
                        .contains("system property 'seawall.health.critcal' is no setting: use one of critical,"
                                + " critical-store, store-grace, drain-status after 'seawall.health.', or remove it"));
    }

    @Test
    void two_servlets_have_one_readiness_and_each_its_status() throws Exception {
        add("health", "/health/*", Map.of("critical", "payments"));
        add("for-haproxy", "/haproxy/*", Map.of("drain-status", "404"));
        server.start();
        targets.forceOpen("payments");
        assertThat(get("/haproxy/ready").statusCode()).isEqualTo(503);
        targets.reset("payments");
        draining().begin();
        assertThat(get("/haproxy/ready").statusCode()).isEqualTo(404);
        assertThat(get("/health/ready").statusCode()).isEqualTo(503);
    }

    @Test
    void two_servlets_that_contradict_each_other_stop_the_deployment() {
        add("other", "/other/*", Map.of("critical", "inventory"));
        assertThatThrownBy(() -> serve(Map.of("critical", "payments")))
                .satisfies(
                        failure -> assertThat(messages(failure))
                                .contains(
                                        "init-param 'critical' of servlet 'health' is 'payments': servlet 'other' says otherwise"));
    }

    @Test
    void a_servlet_that_comes_too_late_to_be_heeded_stops_the_deployment() {
        application.addEventListener(new ServletContextListener() {
            @Override
            public void contextInitialized(ServletContextEvent event) {
                ServletRegistration.Dynamic late = event.getServletContext().addServlet("late", HealthServlet.class);
                late.setInitParameter("critical", "payments");
                late.addMapping("/late/*");
                late.setLoadOnStartup(1);
            }
        });
        assertThatThrownBy(server::start)
                .satisfies(failure -> assertThat(messages(failure))
                        .contains("servlet 'late' was registered after the settings of health were read: declare it in"
                                + " web.xml, or set seawall.health.critical and the like outside"));
    }

    @Test
    void a_servlet_that_comes_late_and_says_nothing_new_is_welcome() throws Exception {
        application.addEventListener(new ServletContextListener() {
            @Override
            public void contextInitialized(ServletContextEvent event) {
                ServletRegistration.Dynamic late = event.getServletContext().addServlet("late", HealthServlet.class);
                late.setInitParameter("drain-status", "404");
                late.addMapping("/late/*");
            }
        });
        server.start();
        draining().begin();
        assertThat(get("/late/ready").statusCode()).isEqualTo(404);
    }

    @Test
    void the_page_of_health_has_a_row_for_every_setting() throws Exception {
        assertThat(Files.readAllLines(Path.of("../docs/health.md")))
                .filteredOn(line -> line.matches("\\| `[a-z-]+` \\| .*"))
                .extracting(line -> line.split("`", -1)[1])
                .containsExactlyElementsOf(HealthSettings.NAMES);
    }
}
