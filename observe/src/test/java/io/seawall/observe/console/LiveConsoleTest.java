package io.seawall.observe.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.seawall.events.Events;
import io.seawall.filter.RateLimitFilter;
import io.seawall.interceptors.Resilient;
import io.seawall.interceptors.Retry;
import io.seawall.interceptors.SeawallTargets;
import io.seawall.observe.browser.Chromium;
import io.seawall.observe.browser.Tab;
import io.seawall.resilience.circuitbreaker.CircuitBreaker.State;
import io.seawall.resilience.circuitbreaker.CircuitOpenException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import org.awaitility.Awaitility;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page in a real Chromium before the real servlet, a filter that refuses and targets that fail. */
class LiveConsoleTest {

    private static final Path PICTURES = Path.of("target", "screenshots");
    private static final String LIVE = "document.getElementById('link-words')?.innerText === 'Live'";
    private static final String PLOTTED = "document.querySelector('#traffic canvas') !== null";

    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server, 1, 1);
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private SeContainer container;
    private SeawallTargets targets;
    private Shop shop;
    private Chromium chromium;
    private Tab tab;

    /** Pays always, and bills never. */
    @ApplicationScoped
    static class Shop {

        @Resilient(target = "payments")
        String pay() {
            return "paid";
        }

        @Resilient(target = "billing", retry = @Retry(maxRetries = 0))
        String bill() {
            throw new IllegalStateException("no paper");
        }
    }

    /** What is behind the filter. */
    static class Hello extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) {
            response.setStatus(200);
        }
    }

    @BeforeEach
    void start() throws Exception {
        assumeThat(Chromium.executable()).as(Chromium.MISSING).isPresent();
        container =
                SeContainerInitializer.newInstance().addBeanClasses(Shop.class).initialize();
        targets = container.select(SeawallTargets.class).get();
        shop = container.select(Shop.class).get();
        ServletContextHandler application = new ServletContextHandler("/shop");
        application.setAttribute(Events.ATTRIBUTE, new Events());
        application.addFilter(limits(), "/api/*", EnumSet.of(DispatcherType.REQUEST));
        application.addServlet(new ServletHolder(new Hello()), "/api/*");
        application.addServlet(console(), "/seawall/*");
        application.addEventListener(new ServletContextListener() {
            @Override
            public void contextInitialized(ServletContextEvent event) {
                // As a server says to beans that a web application has begun.
                container
                        .getBeanManager()
                        .getEvent()
                        .select(ServletContext.class, Initialized.Literal.APPLICATION)
                        .fire(event.getServletContext());
            }
        });
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(application);
        server.start();
        chromium = Chromium.start();
        tab = chromium.tab();
        tab.prefers("light");
        tab.open(address("/seawall/"));
        tab.await(LIVE);
    }

    @AfterEach
    void stop() throws Exception {
        if (chromium != null) {
            chromium.close();
        }
        server.stop();
        if (container != null) {
            container.close();
        }
    }

    private static FilterHolder limits() {
        FilterHolder filter = new FilterHolder(new RateLimitFilter());
        filter.setName("limits");
        filter.setInitParameters(Map.of("limits", "5/1h", "client", "ip"));
        return filter;
    }

    private static ServletHolder console() {
        ServletHolder console = new ServletHolder(new ConsoleServlet());
        console.setName("console");
        console.setInitOrder(1);
        console.setInitParameters(Map.of("insecure", "true", "node", "web-1"));
        return console;
    }

    private String address(String path) {
        return "http://127.0.0.1:" + connector.getLocalPort() + "/shop" + path;
    }

    private int request() throws Exception {
        return client.send(
                        HttpRequest.newBuilder(URI.create(address("/api/hello")))
                                .timeout(Duration.ofSeconds(60))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private void act(String button, String verb) {
        tab.focus(button);
        tab.press("Enter");
        tab.await("document.getElementById('dialog').open");
        tab.focus(verb);
        tab.press("Enter");
        tab.await("!document.getElementById('dialog').open");
        assertThat(tab.words("#result")).isNotEmpty();
    }

    @Test
    void what_happens_is_seen_and_what_is_done_on_the_page_happens() throws Exception {
        assertThat(tab.words("#node")).contains("This node only: /shop on web-1");
        tab.awaitWords("#policies", "5/1h");

        // A storm: the plot moves while it lasts.
        Awaitility.await("the plot to begin").atMost(Duration.ofMinutes(1)).until(() -> {
            request();
            return tab.is(PLOTTED);
        });
        String pixels = "document.querySelector('#traffic canvas').toDataURL()";
        String before = tab.text(pixels);
        Awaitility.await("the plot to move").atMost(Duration.ofMinutes(1)).until(() -> {
            request();
            return !tab.text(pixels).equals(before) && tab.words("#headline").equals("Policy default refuses.");
        });
        tab.awaitWords("#refused", "ip 127.0.0.1");

        // A target fails.
        for (int call = 0; call < 5; call++) {
            assertThatThrownBy(shop::bill).isInstanceOf(IllegalStateException.class);
        }
        tab.awaitWords("#headline", "Circuit billing is open.");
        tab.awaitWords("[aria-label='Target billing']", "OPEN");
        tab.picture(PICTURES.resolve("live.png"));

        // Somebody steers.
        act("Force open payments", "Force open");
        assertThat(targets.breakerState("payments")).contains(State.FORCED_OPEN);
        assertThatThrownBy(shop::pay).isInstanceOf(CircuitOpenException.class);
        tab.awaitWords("[aria-label='Target payments']", "FORCED OPEN");
        act("Reset payments", "Reset");
        assertThat(shop.pay()).isEqualTo("paid");

        assertThat(request()).isEqualTo(429);
        act("Reset ip 127.0.0.1", "Reset");
        assertThat(request()).isEqualTo(200);
        act("Shadow of policy default", "Shadow on");
        for (int more = 0; more < 10; more++) {
            assertThat(request()).isEqualTo(200);
        }
        tab.awaitWords("#events", "shadow");

        tab.focus("Explain");
        tab.press("Enter");
        tab.awaitWords(".answer", "default");

        act("Drain…", "Drain");
        tab.awaitWords("#health", "Drains, not ready");
        act("Serve…", "Serve");
        tab.awaitWords("#health", "Serves, ready");

        assertThat(tab.complaints()).isEmpty();
    }
}
