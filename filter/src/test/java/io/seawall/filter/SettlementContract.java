package io.seawall.filter;

import static io.seawall.filter.PolicyFileServer.left;
import static io.seawall.filter.PolicyFileServer.remaining;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
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

    /** Where they hold, below the root. */
    private static final Map<String, String> RULES =
            Map.of("refund", "refund=5xx", "count", "count=401", "count-4xx", "count=4xx");

    private final TestServer server = new TestServer();
    private int clients;

    /** Init-params of the store. */
    abstract Map<String, String> store();

    @BeforeAll
    void start() throws Exception {
        TestServlet servlet = new TestServlet(SettlementContract::answer);
        for (Map.Entry<String, String> rule : RULES.entrySet()) {
            String[] setting = rule.getValue().split("=", -1);
            Map<String, String> initParams = new HashMap<>(store());
            initParams.putAll(Map.of(
                    "limits",
                    LIMIT + "/1h",
                    "client",
                    "header:X-Client",
                    "ip-limits",
                    "1000000/1h",
                    setting[0],
                    setting[1]));
            server.filter(rule.getKey(), "/" + rule.getKey() + "/*", initParams, DispatcherType.REQUEST);
            server.servlet("/" + rule.getKey() + "/*", servlet);
        }
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
            case "throw-io" -> throw new IOException("as asked");
            case "throw-io-in-another" -> throw new ServletException(new IOException("as asked"));
            case "read-parameter" -> response.setStatus(request.getParameter("x") == null ? status : 200);
            case "read-body" -> read(request, response, status);
            case "read-text" -> response.setStatus(request.getReader().readLine() == null ? status : 200);
            case "read-body-wrapped" -> {
                try {
                    read(request, response, status);
                } catch (IOException e) {
                    throw new IllegalStateException("as frameworks do", e);
                }
            }
            case "read-body-answered" -> {
                try {
                    read(request, response, 200);
                } catch (IOException e) {
                    response.setStatus(status);
                }
            }
            case "read-body-later" -> {
                AsyncContext context = request.startAsync();
                context.setTimeout(0);
                request.getInputStream().setReadListener(new ReadAll(context, request.getInputStream()));
            }
            case "read-date" -> response.setStatus(request.getDateHeader("X-Client") == 0 ? 200 : status);
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

    private static void read(HttpServletRequest request, HttpServletResponse response, int status) throws IOException {
        response.setStatus(request.getInputStream().readAllBytes().length == 0 ? status : 200);
    }

    /** Reads without waiting; what fails it leaves to the container. */
    private record ReadAll(AsyncContext context, ServletInputStream input) implements ReadListener {

        @Override
        public void onDataAvailable() throws IOException {
            byte[] block = new byte[100];
            while (input.isReady() && !input.isFinished() && input.read(block) >= 0) {
                // All that is there.
            }
        }

        @Override
        public void onAllDataRead() {
            context.complete();
        }

        @Override
        public void onError(Throwable failure) {
            ((HttpServletResponse) context.getResponse()).setStatus(500);
            context.complete();
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
            server.get("/" + rule + "/plain/" + (rule.startsWith("count") ? 401 : 200), "X-Client", client);
        }
        return client;
    }

    /** The request that asks is given back itself. */
    private long used(String rule, String client) {
        int free = rule.startsWith("count") ? 200 : 500;
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
        "throw-io,           200, 500, charged", // whose it is, nobody can tell
        "throw-io-in-another, 200, 500, given back", // the application has seen it, and made it its own
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

    @ParameterizedTest
    @CsvSource({
        "query,  refund",
        "query,  count-4xx",
        "form,   refund",
        "form,   count-4xx",
        "chunk,  refund",
        "chunk,  count-4xx",
        "text,   refund",
        "text,   count-4xx",
        "charset, refund",
        "framework, refund",
        "framework, count-4xx",
        "answered, refund",
        "answered, count-4xx",
        "date,   refund",
        "date,   count-4xx",
    })
    void a_request_that_cannot_be_read_is_the_clients_fault_and_charged(String what, String rule) throws Exception {
        String client = newClient(rule);
        String chunked = "Transfer-Encoding: chunked\r\n\r\nzz\r\n";
        String form = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 5\r\n\r\nx=%zz";
        String answer = switch (what) {
            case "query" -> send(rule, "read-parameter/200?x=%zz", client, "\r\n");
            case "form" -> send(rule, "read-parameter/200", client, form);
            case "chunk" -> send(rule, "read-body/200", client, chunked);
            case "text" -> send(rule, "read-text/200", client, chunked);
            case "charset" -> send(rule, "read-text/200", client, "Content-Type: text/plain; charset=x-none\r\n\r\n");
            case "framework" -> send(rule, "read-body-wrapped/200", client, chunked);
            case "answered" -> send(rule, "read-body-answered/500", client, chunked);
            default -> send(rule, "read-date/200", client, "\r\n");
        };
        assertThat(answer).matches("(?s)HTTP/1.1 (4..|500) .*");
        assertUsed(rule, client, BEFORE + 1);
    }

    @Test
    void a_failure_that_was_read_without_trouble_is_still_ours() throws Exception {
        String client = newClient("refund");
        String body = "Content-Length: 2\r\n\r\nhi";
        assertThat(send("refund", "read-body/503", client, body)).startsWith("HTTP/1.1 200 ");
        assertThat(send("refund", "read-body/503", client, "\r\n")).startsWith("HTTP/1.1 503 ");
        assertUsed("refund", client, BEFORE + 1);
    }

    @Test
    void what_the_application_makes_of_an_unreadable_request_counts_if_it_is_no_failure() throws Exception {
        String client = newClient("count-4xx");
        String chunked = "Transfer-Encoding: chunked\r\n\r\nzz\r\n";
        assertThat(send("count-4xx", "read-body-answered/202", client, chunked)).startsWith("HTTP/1.1 202 ");
        assertUsed("count-4xx", client, BEFORE);
    }

    /** The body is longer than what comes of it. */
    @ParameterizedTest
    @CsvSource({"read-body", "read-text", "read-parameter", "read-body-wrapped", "read-body-answered", "read-body-later"
    })
    void a_client_that_goes_in_the_middle_of_its_request_has_paid(String how) throws Exception {
        for (String rule : List.of("refund", "count-4xx")) {
            String client = newClient(rule);
            try (Socket socket = connect()) {
                String request = head("POST", "/shop/" + rule + "/" + how + "/500", client)
                        + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 10\r\n\r\nx=123";
                socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
                socket.shutdownOutput();
                assertThat(socket.getInputStream().readAllBytes()).isNotEmpty(); // so it is over
            }
            assertUsed(rule, client, BEFORE + 1);
        }
    }

    @ParameterizedTest
    @CsvSource({"stream", "stream-later", "stream-and-forget"})
    void a_client_that_goes_in_the_middle_of_its_answer_has_paid(String how) throws Exception {
        String client = newClient("refund");
        readALittle("/shop/refund/" + how + "/200", client);
        assertUsed("refund", client, BEFORE + 1);
    }

    /** Sends a request byte by byte, and reads to the end. */
    private String send(String rule, String path, String client, String rest) throws IOException {
        String method = rest.isBlank() ? "GET" : "POST";
        return server.raw(head(method, "/shop/" + rule + "/" + path, client) + "Connection: close\r\n" + rest);
    }

    private static String head(String method, String path, String client) {
        return method + " " + path + " HTTP/1.1\r\nHost: shop\r\nX-Client: " + client + "\r\n";
    }

    private Socket connect() throws IOException {
        int port = ((ServerConnector) server.application().getServer().getConnectors()[0]).getLocalPort();
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(30_000);
        return socket;
    }

    /** Goes away as a process that is killed: the server's next write fails. */
    private void readALittle(String path, String client) throws IOException {
        try (Socket socket = connect()) {
            socket.setSoLinger(true, 0);
            String request = head("GET", path, client) + "\r\n";
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
