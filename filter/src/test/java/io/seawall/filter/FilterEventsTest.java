package io.seawall.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.seawall.events.BanEvent;
import io.seawall.events.Events;
import io.seawall.events.SeawallEvent;
import io.seawall.events.StoreEvent;
import io.seawall.filter.client.ShownClient;
import io.seawall.redis.RedisLimitStore;
import io.seawall.redis.TestRedis;
import io.seawall.test.CapturedLog;
import jakarta.servlet.ServletContext;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.junit.jupiter.api.Test;

/** What a filter tells of, without CDI. */
class FilterEventsTest {

    private static List<SeawallEvent> events(TestServer server) {
        return ((Events) server.application().getServletContext().getAttribute(Events.ATTRIBUTE))
                .recent()
                .list();
    }

    private static <E> E newest(TestServer server, Class<E> type) {
        return type.cast(events(server).get(0));
    }

    private static Map<String, String> with(Map<String, String> store, String... settings) {
        Map<String, String> initParams = new HashMap<>(store);
        for (int i = 0; i < settings.length; i += 2) {
            initParams.put(settings[i], settings[i + 1]);
        }
        return initParams;
    }

    private static void assertBanIsToldOnce(Map<String, String> store) throws Exception {
        Map<String, String> initParams = with(store, "limits", "1/1h", "penalty", "2/1m ban 10m..1h");
        try (TestServer server = new TestServer().filter("api", initParams).start();
                CapturedLog log = new CapturedLog(Events.class)) {
            server.get("/");
            server.get("/");
            assertThat(events(server)).isEmpty();
            for (int i = 0; i < 10; i++) {
                assertThat(server.get("/").statusCode()).isEqualTo(429);
            }
            assertThat(events(server)).hasSize(1);
            BanEvent ban = newest(server, BanEvent.class);
            assertThat(ban.filter()).isEqualTo("api");
            assertThat(ban.policy()).isEqualTo("default");
            assertThat(ban.client()).isEqualTo("ip 127.0.0.1");
            assertThat(ban.duration()).isEqualTo(Duration.ofMinutes(10));
            assertThat(log.lines()).containsExactly("WARNING " + ban.words());
        }
    }

    @Test
    void a_ban_is_told_once_when_it_begins() throws Exception {
        assertBanIsToldOnce(Map.of());
    }

    @Test
    void a_ban_by_redis_is_told_once_when_it_begins() throws Exception {
        try (TestRedis redis = TestRedis.start()) {
            assertBanIsToldOnce(Map.of("redis", redis.uri(), "store-timeout", "10s", "on-store-failure", "deny"));
        }
    }

    @Test
    void of_a_client_with_a_key_only_a_hash_is_told() throws Exception {
        Map<String, String> initParams =
                Map.of("client", "header:X-Api-Key", "limits", "1/1h", "penalty", "1/1m ban 10m..1h");
        try (TestServer server = new TestServer().filter("api", initParams).start();
                CapturedLog log = new CapturedLog(Events.class)) {
            server.get("/", "X-Api-Key", "top-secret");
            server.get("/", "X-Api-Key", "top-secret");
            assertThat(events(server))
                    .as("the address is banned beside the key, which anybody can make up")
                    .extracting(event -> ((BanEvent) event).client())
                    .containsExactly("ip 127.0.0.1", ShownClient.of("header:x-api-key top-secret"));
            assertThat(log.lines().toString() + events(server)).doesNotContain("top-secret");
        }
    }

    @Test
    void a_redis_that_goes_and_comes_back_is_told_of_and_logged_once_each() throws Exception {
        try (TestRedis redis = TestRedis.start();
                CapturedLog ofStore = new CapturedLog(RedisLimitStore.class);
                CapturedLog log = new CapturedLog(Events.class);
                TestServer server = new TestServer()
                        .filter("api", with(Map.of("redis", redis.uri()), "limits", "1000/1h"))
                        .start()) {
            server.get("/");
            assertThat(events(server)).isEmpty();
            redis.kill();
            Awaitility.await().atMost(30, TimeUnit.SECONDS).until(() -> {
                server.get("/");
                return events(server).size() == 1;
            });
            StoreEvent down = newest(server, StoreEvent.class);
            assertThat(down.up()).isFalse();
            assertThat(down.filter()).isEqualTo("api");
            assertThat(down.server()).contains("127.0.0.1");
            assertThat(down.words()).contains("does not answer", "on-store-failure");

            redis.restart();
            Awaitility.await()
                    .atMost(30, TimeUnit.SECONDS)
                    .until(() -> events(server).size() == 2);
            assertThat(newest(server, StoreEvent.class).up()).isTrue();
            assertThat(log.lines())
                    .containsExactly(
                            "WARNING " + down.words(),
                            "INFO " + newest(server, StoreEvent.class).words());
            assertThat(ofStore.lines()).noneMatch(line -> line.startsWith("WARNING") || line.startsWith("INFO"));
        }
    }

    @Test
    void a_redis_that_is_away_when_the_application_starts_is_told_of() throws Exception {
        try (TestRedis redis = TestRedis.absent();
                CapturedLog log = new CapturedLog(Events.class);
                TestServer server = new TestServer()
                        .filter("api", Map.of("redis", redis.uri()))
                        .start()) {
            assertThat(newest(server, StoreEvent.class).kind()).isEqualTo("store-down");
            assertThat(log.lines()).hasSize(1);
        }
    }

    @Test
    void filters_of_one_application_share_its_events_and_nothing_stays_behind() throws Exception {
        Map<String, String> banning = Map.of("limits", "1/1h", "penalty", "1/1m ban 10m..1h");
        TestServer server = new TestServer().filter("one", banning).filter("two", Map.of());
        try (server) {
            server.start();
            Object events = server.application().getServletContext().getAttribute(Events.ATTRIBUTE);
            assertThat(events).isInstanceOf(Events.class);
            server.get("/");
            server.get("/");
            assertThat(newest(server, BanEvent.class).filter()).isEqualTo("one");
        }
        assertThat(server.application().getServletContext().getAttribute(Events.ATTRIBUTE))
                .isNull();
    }

    /** WildFly initialises a filter with the first request that it is mapped to, so two may be at it at a time. */
    @Test
    void filters_that_begin_together_share_the_events_of_their_application() throws Exception {
        ServletContext slow = slow(new ServletContextHandler().getServletContext());
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Callable<FilterEvents> begin = () -> new FilterEvents(slow, "api", List.of(), () -> Instant.EPOCH);
            for (Future<FilterEvents> filter : threads.invokeAll(List.of(begin, begin))) {
                filter.get().changed("redis://127.0.0.1", false, "it is away");
            }
        } finally {
            threads.shutdownNow();
        }
        Events events = (Events) slow.getAttribute(Events.ATTRIBUTE);
        assertThat(events.recent().list()).hasSize(2);
    }

    /** Whoever asks for an attribute waits for somebody else who does, for a while. */
    private static ServletContext slow(ServletContext context) {
        CyclicBarrier both = new CyclicBarrier(2);
        return (ServletContext) Proxy.newProxyInstance(
                ServletContext.class.getClassLoader(),
                new Class<?>[] {ServletContext.class},
                (proxy, method, arguments) -> {
                    Object result = method.invoke(context, arguments);
                    if (method.getName().equals("getAttribute")) {
                        try {
                            both.await(1, TimeUnit.SECONDS);
                        } catch (TimeoutException | BrokenBarrierException alone) {
                            return result;
                        }
                    }
                    return result;
                });
    }
}
