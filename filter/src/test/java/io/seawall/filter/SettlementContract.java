package io.seawall.filter;

import static io.seawall.filter.PolicyFileServer.left;
import static io.seawall.filter.PolicyFileServer.remaining;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.eclipse.jetty.ee10.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Permits are charged or given back by the outcome, once, however a request ends. The same over every store. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SettlementContract {

    private static final long LIMIT = 10;

    /** Used up before what is tested: if a permit came back twice, there would be more than the test can explain. */
    private static final long BEFORE = 3;

    private final TestServer server = new TestServer();
    private int clients;

    /** Init-params of the store. */
    abstract Map<String, String> store();

    @BeforeAll
    void start() throws Exception {
        for (Map.Entry<String, String> rule :
                Map.of("refund", "5xx", "count", "401").entrySet()) {
            Map<String, String> initParams = new HashMap<>(store());
            initParams.putAll(Map.of(
                    "limits",
                    LIMIT + "/1h",
                    "client",
                    "header:X-Client",
                    "ip-limits",
                    "1000000/1h",
                    rule.getKey(),
                    rule.getValue()));
            server.filter(rule.getKey(), "/" + rule.getKey() + "/*", initParams, DispatcherType.REQUEST);
        }
        TestServlet servlet = new TestServlet(SettlementContract::answer);
        server.servlet("/refund/*", servlet).servlet("/count/*", servlet);
        server.servlet("/page", new TestServlet((request, response) -> response.setStatus(200)));
        ErrorPageErrorHandler errorPages = new ErrorPageErrorHandler();
        errorPages.addErrorPage(502, "/page");
        server.application().setErrorHandler(errorPages);
        server.start();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    /** Does what the path says: {@code /refund/HOW/STATUS}. */
    private static void answer(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        String[] path = request.getPathInfo().split("/", -1);
        int status = Integer.parseInt(path[2]);
        String plain = request.getServletPath() + "/plain/" + status;
        switch (path[1]) {
            case "plain" -> response.setStatus(status);
            case "flushed" -> {
                response.setStatus(status);
                response.flushBuffer();
            }
            case "error" -> response.sendError(status);
            case "throw" -> throw new ServletException("as asked");
            case "throw-late" -> {
                response.setStatus(status);
                response.flushBuffer();
                throw new ServletException("as asked, when the answer is under way");
            }
            case "complete" -> {
                AsyncContext context = request.startAsync();
                inBackground(() -> {
                    response.setStatus(status);
                    context.complete();
                });
            }
            case "complete-at-once" -> {
                response.setStatus(status);
                request.startAsync().complete();
            }
            case "wrapped" -> {
                AsyncContext context = request.startAsync(request, response);
                inBackground(() -> context.dispatch(plain));
            }
            case "unwrapped" -> {
                ServletRequest own = request;
                while (own instanceof HttpServletRequestWrapper wrapper) {
                    own = wrapper.getRequest();
                }
                AsyncContext context = own.startAsync();
                inBackground(() -> {
                    response.setStatus(status);
                    context.complete();
                });
            }
            case "dispatch" -> request.startAsync().dispatch(plain);
            case "dispatch-later" -> {
                AsyncContext context = request.startAsync();
                inBackground(() -> context.dispatch(plain));
            }
            case "restart" -> request.startAsync().dispatch(request.getServletPath() + "/complete/" + status);
            case "restart-wrapped" ->
                request.startAsync(request, response).dispatch(request.getServletPath() + "/complete/" + status);
            case "restart-twice" -> request.startAsync().dispatch(request.getServletPath() + "/restart/" + status);
            case "dispatch-to-error" -> request.startAsync().dispatch(request.getServletPath() + "/error/" + status);
            case "dispatch-to-throw" -> request.startAsync().dispatch(request.getServletPath() + "/throw/" + status);
            case "start-and-throw" -> {
                request.startAsync();
                throw new ServletException("as asked");
            }
            case "timeout" -> request.startAsync().setTimeout(50);
            case "timeout-handled" -> {
                AsyncContext context = request.startAsync();
                context.setTimeout(50);
                context.addListener(new OnTimeout(() -> {
                    response.setStatus(status);
                    context.complete();
                }));
            }
            case "timeout-dispatched" -> {
                AsyncContext context = request.startAsync();
                context.setTimeout(50);
                context.addListener(new OnTimeout(() -> context.dispatch(plain)));
            }
            case "stream" -> write(response);
            case "stream-later" -> {
                AsyncContext context = request.startAsync();
                inBackground(() -> {
                    try {
                        write(response);
                    } catch (IOException e) {
                        context.complete();
                    }
                });
            }
            case "stream-and-forget" -> {
                AsyncContext context = request.startAsync();
                context.setTimeout(200);
                inBackground(() -> {
                    try {
                        write(response);
                    } catch (IOException e) {
                        // An application that has never heard of complete().
                    }
                });
            }
            default -> throw new IllegalArgumentException(path[1]);
        }
    }

    /** More than any buffer on the way holds: the client goes, and this fails. */
    private static void write(HttpServletResponse response) throws IOException {
        byte[] block = new byte[1 << 16];
        for (int i = 0; i < 10_000; i++) {
            response.getOutputStream().write(block);
        }
        throw new IllegalStateException("the client has read it all");
    }

    private static void inBackground(Runnable work) {
        new Thread(work, "background").start();
    }

    private record OnTimeout(Runnable then) implements AsyncListener {

        @Override
        public void onTimeout(AsyncEvent event) {
            then.run();
        }

        @Override
        public void onComplete(AsyncEvent event) {}

        @Override
        public void onError(AsyncEvent event) {}

        @Override
        public void onStartAsync(AsyncEvent event) {}
    }

    private String newClient(String rule) {
        String client = "client-" + clients++;
        for (int i = 0; i < BEFORE; i++) {
            server.get("/" + rule + "/plain/" + (rule.equals("count") ? 401 : 200), "X-Client", client);
        }
        return client;
    }

    /** The request that asks is given back itself. */
    private long used(String rule, String client) {
        int free = rule.equals("count") ? 200 : 500;
        return LIMIT - 1 - left(server.get("/" + rule + "/plain/" + free, "X-Client", client), "default");
    }

    /** The answer may be with the client before the request is over at the server. */
    private void assertUsed(String rule, String client, long expected) {
        Awaitility.await()
                .atMost(20, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(used(rule, client)).isEqualTo(expected));
        for (int i = 0; i < 3; i++) {
            assertThat(used(rule, client)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "plain,              200, 200, charged",
        "plain,              401, 401, charged",
        "plain,              503, 503, given back",
        "plain,              799, 799, charged",
        "flushed,            200, 200, charged",
        "flushed,            503, 503, given back",
        "error,              404, 404, charged",
        "error,              503, 503, given back",
        "error,              502, 200, given back", // the error page says that all is well
        "throw,              200, 500, given back",
        "complete,           200, 200, charged",
        "complete,           503, 503, given back",
        "complete-at-once,   200, 200, charged",
        "complete-at-once,   503, 503, given back",
        "wrapped,            200, 200, charged",
        "wrapped,            503, 503, given back",
        "unwrapped,          200, 200, charged",
        "unwrapped,          503, 503, given back",
        "dispatch,           200, 200, charged",
        "dispatch,           503, 503, given back",
        "dispatch-later,     200, 200, charged",
        "dispatch-later,     503, 503, given back",
        "restart,            200, 200, charged",
        "restart,            503, 503, given back",
        "restart-wrapped,    200, 200, charged",
        "restart-wrapped,    503, 503, given back",
        "restart-twice,      200, 200, charged",
        "restart-twice,      503, 503, given back",
        "dispatch-to-error,  404, 404, charged",
        "dispatch-to-error,  503, 503, given back",
        "dispatch-to-throw,  200, 500, given back",
        "start-and-throw,    200, 500, given back",
        "timeout,            200, 500, given back",
        "timeout-handled,    202, 202, charged",
        "timeout-handled,    503, 503, given back",
        "timeout-dispatched, 202, 202, charged",
        "timeout-dispatched, 503, 503, given back",
    })
    void a_request_is_charged_by_its_outcome_once(String how, int status, int answered, String outcome) {
        String client = newClient("refund");
        assertThat(server.get("/refund/" + how + "/" + status, "X-Client", client)
                        .statusCode())
                .isEqualTo(answered);
        assertUsed("refund", client, outcome.equals("charged") ? BEFORE + 1 : BEFORE);
    }

    /** Of what is charged for one status only, everything else is given back: also what nobody has ever finished. */
    @ParameterizedTest
    @CsvSource({"stream", "stream-later", "stream-and-forget"})
    void a_request_whose_client_has_gone_is_settled_too(String how) throws Exception {
        String client = newClient("count");
        readALittle("/shop/count/" + how + "/200", client);
        assertUsed("count", client, BEFORE);
    }

    @Test
    void an_answer_that_fails_when_it_is_under_way_counts_by_its_status() throws Exception {
        String client = newClient("count");
        readALittle("/shop/count/throw-late/401", client);
        assertUsed("count", client, BEFORE + 1);
        readALittle("/shop/count/throw-late/200", client);
        assertUsed("count", client, BEFORE + 1);
    }

    /** Goes away as a process that is killed: the server's next write fails. */
    private void readALittle(String path, String client) throws IOException {
        int port = ((ServerConnector) server.application().getServer().getConnectors()[0]).getLocalPort();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(30_000);
            socket.setSoLinger(true, 0);
            String request = "GET " + path + " HTTP/1.1\r\nHost: shop\r\nX-Client: " + client + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            assertThat(socket.getInputStream().read()).isEqualTo('H');
        }
    }

    @Test
    void all_permits_of_a_dear_request_and_of_all_its_limits_come_back() throws Exception {
        Map<String, String> initParams = new HashMap<>(store());
        initParams.putAll(Map.of(
                "limits",
                "window=10/1h; bucket=10/1h token-bucket; day=10/1d fixed-window",
                "cost",
                "/dear/** = 7",
                "client",
                "header:X-Client",
                "refund",
                "5xx"));
        try (TestServer own = new TestServer()
                .filter("dear", initParams)
                .servlet("/dear/*", new TestServlet((request, response) -> response.setStatus(500)))
                .start()) {
            for (int i = 0; i < 5; i++) {
                assertThat(own.get("/dear/x", "X-Client", "ann").statusCode()).isEqualTo(500);
            }
            assertThat(remaining(own.get("/", "X-Client", "ann")))
                    .isEqualTo(Map.of(
                            "window", 9L, "bucket", 9L, "day", 9L, "window-ip", 9L, "bucket-ip", 9L, "day-ip", 9L));
        }
    }

    @Test
    void after_five_failed_logins_an_address_may_not_try_again_and_successful_ones_are_free() throws Exception {
        Map<String, String> initParams = new HashMap<>(store());
        initParams.putAll(Map.of("match", "POST /login", "limits", "login=5/15m", "count", "401"));
        TestServlet login = new TestServlet(
                (request, response) -> response.setStatus("right".equals(request.getHeader("X-Password")) ? 200 : 401));
        try (TestServer own = new TestServer()
                .filter("login", initParams)
                .servlet("/login", login)
                .start()) {
            for (int i = 0; i < 4; i++) {
                assertThat(own.send("POST", "/login", "X-Password", "guess-" + i)
                                .statusCode())
                        .isEqualTo(401);
            }
            for (int i = 0; i < 20; i++) {
                assertThat(own.send("POST", "/login", "X-Password", "right").statusCode())
                        .isEqualTo(200);
            }
            assertThat(own.send("POST", "/login", "X-Password", "guess").statusCode())
                    .isEqualTo(401);
            for (int i = 0; i < 3; i++) {
                assertThat(own.send("POST", "/login", "X-Password", "right").statusCode())
                        .isEqualTo(429);
            }
            assertThat(own.get("/").statusCode()).isEqualTo(404);
        }
    }
}
