package io.seawall.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.RedisClient;

/** The filter. Its limit is 5 requests an hour for each client, in one JVM below {@code /local}, in Redis below {@code /shared},
 * by outcome below {@code /count} and {@code /refund}. */
interface FilterContract extends Deployed {

    int LIMIT = 5;

    @Test
    @Proves(Feature.LIMIT_IN_ONE_JVM)
    default void the_filter_counts_without_redis() {
        for (int left = LIMIT - 1; left >= 0; left--) {
            HttpResponse<String> answer = probe().get("/local/ping", "without-redis");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("RateLimit").orElseThrow()).contains("r=" + left);
        }
        HttpResponse<String> refusal = probe().get("/local/ping", "without-redis");
        assertThat(refusal.statusCode()).isEqualTo(429);
        assertThat(refusal.headers().firstValue("Retry-After")).isPresent();
        assertThat(refusal.body()).contains("quota-exceeded");
        assertThat(probe().status("/local/ping", "somebody-else")).isEqualTo(200);
    }

    @Test
    @Proves(Feature.LIMIT_IN_ONE_JVM)
    default void a_client_has_one_count_by_whatever_host_it_asks() {
        AddressedClient client = new AddressedClient("127.0.0.1");
        String path = server().uri(ServerTest.PROBE).getPath() + "/local/ping";
        for (int left = LIMIT - 1; left >= 0; left--) {
            assertThat(client.getOf("host" + left + ".example", server().port(), path, "X-Client: of-many-hosts")
                            .status())
                    .isEqualTo(200);
        }
        assertThat(client.getOf("another.example", server().port(), path, "X-Client: of-many-hosts")
                        .status())
                .isEqualTo(429);
    }

    /** Else his next request is lost on a connection that is closed without a word. */
    @Test
    @Proves(Feature.LIMIT_IN_ONE_JVM)
    default void whoever_is_refused_before_his_body_has_come_may_go_on_or_is_told_that_the_connection_ends()
            throws IOException {
        for (int request = 1; request <= LIMIT; request++) {
            assertThat(probe().status("/local/ping", "with-a-body")).isEqualTo(200);
        }
        String path = server().uri(ServerTest.PROBE).getPath() + "/local/ping HTTP/1.1\r\nHost: localhost\r\n"
                + "X-Client: with-a-body\r\n";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server().port())) {
            socket.setSoTimeout((int) Duration.ofSeconds(60).toMillis());
            OutputStream out = socket.getOutputStream();
            out.write(("POST " + path + "Content-Length: 2\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            String refusal = readUntil('}', socket.getInputStream());
            assertThat(refusal).startsWith("HTTP/1.1 429 ");
            if (refusal.toLowerCase(Locale.ROOT).contains("\r\nconnection: close\r\n")) {
                return;
            }
            out.write(("hiGET " + path + "Connection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .contains("HTTP/1.1 429 ");
        }
    }

    private static String readUntil(int last, InputStream in) throws IOException {
        StringBuilder read = new StringBuilder();
        for (int next = in.read(); next >= 0; next = in.read()) {
            read.append((char) next);
            if (next == last) {
                break;
            }
        }
        return read.toString();
    }

    @Test
    @Proves(Feature.LIMIT_IN_REDIS)
    default void the_filter_counts_in_redis() {
        for (int request = 1; request <= LIMIT; request++) {
            assertThat(probe().status("/shared/ping", "with-redis")).isEqualTo(200);
        }
        assertThat(probe().status("/shared/ping", "with-redis")).isEqualTo(429);
        try (RedisClient redis = redis().client()) {
            Set<String> keys = redis.keys("*");
            assertThat(keys).isNotEmpty().allMatch(key -> key.startsWith("probe"));
            redis.flushAll();
        }
        // What Redis has refused the node refuses by itself, until it hears that Redis was emptied.
        Awaitility.await()
                .untilAsserted(() ->
                        assertThat(probe().status("/shared/ping", "with-redis")).isEqualTo(200));
    }

    @Test
    @Proves(Feature.LIMIT_IN_REDIS)
    default void a_second_application_shares_the_count_in_redis_and_only_that()
            throws IOException, DeploymentFailedException {
        needs(Capability.HOT_DEPLOYMENT);
        for (int request = 1; request <= LIMIT; request++) {
            assertThat(probe().status("/shared/ping", "of-two")).isEqualTo(200);
            assertThat(probe().status("/local/ping", "of-two")).isEqualTo(200);
        }
        server().deploy("second", second());
        try {
            Probe second = new Probe(server().uri("second"));
            assertThat(second.status("/shared/ping", "of-two")).isEqualTo(429);
            assertThat(second.status("/local/ping", "of-two")).isEqualTo(200);
        } finally {
            server().undeploy("second");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dispatch", "complete"})
    @Proves(Feature.ASYNC)
    default void an_asynchronous_request_is_counted_once(String end) {
        for (int left = LIMIT - 1; left >= 0; left--) {
            HttpResponse<String> answer = probe().get("/local/async/" + end, "async-" + end);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualToNormalizingNewlines("pong\n");
            assertThat(answer.headers().firstValue("RateLimit").orElseThrow()).contains("r=" + left);
        }
        assertThat(probe().status("/local/async/" + end, "async-" + end)).isEqualTo(429);
    }

    /**
     * Twice what is given back, and only what is charged is gone: a permit that came back twice, or not at all, would show. The
     * answer may be with the client before the request is over at the server.
     */
    @ParameterizedTest
    @CsvSource({
        "count,  plain,             200, 200",
        "count,  plain,             401, charged",
        "count,  error,             401, charged",
        "count,  complete,          200, 200",
        "count,  complete,          401, charged",
        "count,  dispatch,          200, 200",
        "count,  dispatch,          401, charged",
        "count,  throw,             401, 500",
        "refund, plain,             200, charged",
        "refund, plain,             503, 503",
        "refund, error,             503, 503",
        "refund, error,             404, charged",
        "refund, throw,             200, 500",
        "refund, complete,          200, charged",
        "refund, complete,          503, 503",
        "refund, dispatch,          200, charged",
        "refund, dispatch,          503, 503",
        "refund, dispatch-to-throw, 200, 500",
        "refund, timeout,           200, 500",
    })
    @Proves(Feature.LIMIT_IN_ONE_JVM)
    default void a_request_is_charged_by_its_outcome_once(String rule, String how, int status, String outcome) {
        String client = rule + "-" + how + "-" + status;
        String path = "/" + rule + "/" + how + "/" + status;
        boolean charged = outcome.equals("charged");
        use(rule, client);
        use(rule, client);
        for (int i = 0; i < 2; i++) {
            assertThat(probe().status(path, client)).isEqualTo(charged ? status : Integer.parseInt(outcome));
            assertUsed(rule, client, charged ? 2 + i + 1 : 2);
        }
    }

    /** What a server makes of it differs: 200, 400, 500, or no answer at all. Nobody has it back. */
    @ParameterizedTest
    @CsvSource({
        "read-body,      cut",
        "read-body,      chunk",
        "read-text,      cut",
        "read-text,      chunk",
        "read-parameter, cut",
        "read-parameter, form"
    })
    @Proves(Feature.LIMIT_IN_ONE_JVM)
    default void a_request_that_cannot_be_read_is_charged(String how, String what) throws IOException {
        String client = how + "-" + what;
        use("refund", client);
        String body = switch (what) {
            case "cut" -> "x=123";
            case "chunk" -> "zz\r\n";
            default -> "x=%zz";
        };
        String head = String.join(
                "\r\n",
                "POST " + server().uri(ServerTest.PROBE).getPath() + "/refund/" + how + "/200 HTTP/1.1",
                "Host: localhost",
                "X-Client: " + client,
                "Connection: close",
                "Content-Type: application/x-www-form-urlencoded",
                what.equals("chunk")
                        ? "Transfer-Encoding: chunked"
                        : "Content-Length: " + (what.equals("cut") ? 10 : 5),
                "",
                what.equals("chunk") ? "2\r\nhi\r\n" : "");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server().port())) {
            socket.setSoTimeout((int) Duration.ofSeconds(60).toMillis());
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            // It has passed the filter: some servers look at what there is of the body before, and wait for the first
            // chunk.
            assertUsed("refund", client, 2);
            socket.getOutputStream().write(body.getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            // When the server has nothing to say any more, the request is settled.
            socket.getInputStream().readAllBytes();
        } catch (SocketException e) {
            // Closed while there was something to read: that is an end too.
        }
        assertUsed("refund", client, 2);
    }

    private void use(String rule, String client) {
        int due = rule.equals("count") ? 401 : 200;
        assertThat(probe().status("/" + rule + "/plain/" + due, client)).isEqualTo(due);
    }

    /** By a request that is given back itself, and is not asked for before it has been. */
    private void assertUsed(String rule, String client, int used) {
        String free = "/" + rule + "/plain/" + (rule.equals("count") ? 200 : 503);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(left(free, client)).isEqualTo(LIMIT - used));
        assertThat(left(free, client)).isEqualTo(LIMIT - used);
    }

    /** Permits before the request that asks; refused, none. */
    private int left(String free, String client) {
        HttpResponse<String> answer = probe().get(free, client);
        String field = answer.headers().firstValue("RateLimit").orElseThrow();
        int from = field.indexOf("r=") + 2;
        return answer.statusCode() == 429 ? 0 : 1 + Integer.parseInt(field.substring(from, field.indexOf(';', from)));
    }
}
