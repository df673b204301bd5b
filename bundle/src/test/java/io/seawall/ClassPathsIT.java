package io.seawall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.embedded.RedisServer;

/** Seawall at work on nothing but what a user has laid on the class path: the one jar, or the modules as Maven resolves them. */
class ClassPathsIT {

    private static final Path JAR = Path.of(System.getProperty("seawall.bundle"));
    private static final String[] JETTY = {"jetty-", "jakarta.servlet-api", "slf4j-"};
    private static final String[] WELD = {"weld-", "jboss-", "jandex", "jakarta.", "microprofile-", "istack-", "animal-"
    };
    private static final Map<String, String> ONE_A_DAY = Map.of("limits", "1/1d");

    /** How fast Redis is on a busy machine is not the subject. */
    private static final String PATIENCE = "10s";

    private static RedisServer redis;
    private static int redisPort;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** How Seawall comes to a user. */
    enum Delivery {
        ONE_JAR {
            @Override
            List<Path> jars() {
                return List.of(JAR);
            }
        },
        MODULES {
            @Override
            List<Path> jars() throws IOException {
                return Dependency.ofTheModules().stream().map(Dependency::file).toList();
            }
        };

        abstract List<Path> jars() throws IOException;
    }

    @BeforeAll
    static void startRedis() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            redisPort = socket.getLocalPort();
        }
        redis = RedisServer.newRedisServer()
                .port(redisPort)
                .bind("127.0.0.1")
                .setting("save \"\"")
                .build();
        redis.start();
    }

    @AfterAll
    static void stopRedis() throws IOException {
        redis.stop();
    }

    @ParameterizedTest
    @EnumSource
    void the_filter_limits_where_there_is_neither_cdi_nor_rest_nor_ejb(Delivery delivery) throws Exception {
        try (Isolated classPath = Isolated.with(delivery.jars(), JETTY)) {
            for (String missing : List.of(
                    "jakarta.enterprise.inject.spi.Extension",
                    "jakarta.interceptor.Interceptor",
                    "jakarta.inject.Inject",
                    "jakarta.ws.rs.ext.ExceptionMapper",
                    "jakarta.ejb.Stateless",
                    "io.micrometer.core.instrument.MeterRegistry",
                    "io.opentelemetry.api.metrics.Meter",
                    "org.junit.jupiter.api.Test")) {
                assertThatExceptionOfType(ClassNotFoundException.class).isThrownBy(() -> classPath.load(missing));
            }
            assertLimits(classPath, ONE_A_DAY);
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_is_counted_is_shown_in_both_formats(Delivery delivery) throws Exception {
        Map<String, String> initParams = new HashMap<>(ONE_A_DAY);
        initParams.put("exempt", "/metrics");
        initParams.put("redis", "redis://127.0.0.1:" + redisPort);
        initParams.put("store-timeout", PATIENCE);
        initParams.put("key-prefix", "metrics:" + delivery);
        initParams.put("store-timeout", "10s"); // nothing here is about a slow Redis
        try (Isolated classPath = Isolated.with(delivery.jars(), JETTY);
                AutoCloseable server = start(classPath, initParams)) {
            assertThat(statusOf(server)).isEqualTo(200);
            assertThat(scrape(server, "text/plain"))
                    .contains(
                            "seawall_limit_decisions_total{by=\"store\",filter=\"limits\",outcome=\"allowed\",policy=\"default\"} 1.0\n",
                            "seawall_redis_up{filter=\"limits\"} 1.0\n",
                            "seawall_redis_decision_duration_seconds_bucket{filter=\"limits\",le=\"+Inf\"} 1\n");
            assertThat(scrape(server, "application/openmetrics-text; version=1.0.0"))
                    .contains("seawall_limit_exemptions_total{filter=\"limits\",reason=\"route\"} 2.0\n")
                    .endsWith("# EOF\n");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_load_balancer_is_told_where_there_is_no_cdi(Delivery delivery) throws Exception {
        Map<String, String> initParams = new HashMap<>(ONE_A_DAY);
        initParams.put("exempt", "/health/**");
        try (Isolated classPath = Isolated.with(delivery.jars(), JETTY);
                AutoCloseable server = start(classPath, initParams)) {
            for (int i = 0; i < 3; i++) {
                assertThat(ask(server, "/health/ready", "*/*")).contains("\"state\":\"serving\"");
            }
        }
    }

    /** Of the newest versions; the modules are compiled against old ones. */
    @ParameterizedTest
    @EnumSource
    @SuppressWarnings("unchecked")
    void metrics_go_to_micrometer_and_opentelemetry_and_leave_them(Delivery delivery) throws Exception {
        List<String> libraries = new ArrayList<>(List.of(JETTY));
        libraries.addAll(List.of("micrometer-", "HdrHistogram-", "LatencyUtils-", "opentelemetry-"));
        try (Isolated classPath = Isolated.with(delivery.jars(), libraries.toArray(String[]::new))) {
            Callable<List<String>> application = (Callable<List<String>>) classPath
                    .load("io.seawall.alone.MeteredApplication")
                    .getConstructor()
                    .newInstance();
            assertThat(classPath.run(application))
                    .containsExactly(
                            Stream.concat(shown("micrometer", ""), shown("opentelemetry", ".count", ".sum"))
                                    .collect(Collectors.joining(", ")),
                            "");
        }
    }

    /** What a filter without Redis shows; a histogram in so many parts. */
    private static Stream<String> shown(String to, String... partsOfHistogram) {
        Stream<String> histogram = Stream.of(partsOfHistogram).map(part -> "seawall.limit.decision.duration" + part);
        return Stream.of(
                        Stream.of("seawall.limit.clients"),
                        histogram,
                        Stream.of(
                                "seawall.limit.decisions",
                                "seawall.limit.exemptions",
                                "seawall.limit.near",
                                "seawall.requests.in.flight",
                                "seawall.series"))
                .flatMap(names -> names)
                .map(name -> to + " " + name);
    }

    private String scrape(AutoCloseable server, String format) throws Exception {
        return ask(server, "/metrics", format);
    }

    private String ask(AutoCloseable server, String path, String format) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + ((IntSupplier) server).getAsInt() + path);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(Duration.ofSeconds(30))
                .header("Accept", format)
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    @ParameterizedTest
    @EnumSource
    void nodes_share_their_limits_in_redis(Delivery delivery) throws Exception {
        Map<String, String> shared = new HashMap<>(ONE_A_DAY);
        shared.put("redis", "redis://127.0.0.1:" + redisPort);
        shared.put("store-timeout", PATIENCE);
        shared.put("key-prefix", "seawall:" + delivery + ":");
        shared.put("store-timeout", "10s");
        try (Isolated classPath = Isolated.with(delivery.jars(), JETTY);
                Isolated other = Isolated.with(delivery.jars(), JETTY)) {
            assertLimits(classPath, shared);
            try (AutoCloseable server = start(other, shared)) {
                assertThat(statusOf(server)).isEqualTo(429);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void resilient_beans_are_guarded(Delivery delivery) throws Exception {
        try (Isolated classPath = Isolated.with(delivery.jars(), WELD)) {
            Callable<?> call = (Callable<?>) classPath
                    .load("io.seawall.alone.GuardedCall")
                    .getConstructor()
                    .newInstance();
            assertThat(classPath.run(call)).isEqualTo("answered call 3");
        }
    }

    @Test
    void the_words_of_the_redis_client_go_to_java_util_logging() throws Exception {
        try (Isolated classPath = Isolated.with(List.of(JAR))) {
            Class<?> factory = classPath.load("io.seawall.shaded.org.slf4j.LoggerFactory");
            Object binding = factory.getMethod("getILoggerFactory").invoke(null);
            assertThat(binding.getClass().getName()).isEqualTo("io.seawall.shaded.org.slf4j.impl.JDK14LoggerFactory");
        }
    }

    /** It warns on Weld (WELD-001552) and ends the deployment on OpenWebBeans. */
    @Test
    void the_extension_has_no_public_field() throws Exception {
        try (Isolated classPath = Isolated.with(List.of(JAR), WELD)) {
            assertThat(classPath
                            .load("io.seawall.interceptors.ResilientExtension")
                            .getDeclaredFields())
                    .isNotEmpty()
                    .noneMatch(ClassPathsIT::isPublicState);
        }
    }

    /** What is provided by servers aside, their poms bring every class that the modules refer to. */
    @Test
    void the_modules_declare_what_they_need() throws Exception {
        List<Dependency> dependencies = Dependency.ofTheModules();
        assertThat(dependencies.stream().filter(Dependency::isOurs).map(Dependency::artifact))
                .containsExactlyInAnyOrder(
                        "seawall-core",
                        "seawall-cache",
                        "seawall-redis",
                        "seawall-filter",
                        "seawall-interceptors",
                        "seawall-observe");
        try (Isolated classPath = Isolated.with(Delivery.MODULES.jars())) {
            for (Dependency module : dependencies) {
                if (module.isOurs()) {
                    for (ClassFile type :
                            JarContents.of(module.file()).classes().values()) {
                        assertThat(Set.copyOf(type.references()))
                                .as(module.artifact() + ": " + type.name())
                                .filteredOn(name -> !isProvidedByServers(name))
                                .allMatch(classPath::has);
                    }
                }
            }
        }
    }

    private static boolean isPublicState(Field field) {
        return Modifier.isPublic(field.getModifiers()) && !Modifier.isStatic(field.getModifiers());
    }

    private static boolean isProvidedByServers(String name) {
        return name.startsWith("jakarta.")
                || name.startsWith("org.eclipse.microprofile.")
                || name.startsWith("io.micrometer.")
                || name.startsWith("io.opentelemetry.");
    }

    private void assertLimits(Isolated classPath, Map<String, String> initParams) throws Exception {
        try (AutoCloseable server = start(classPath, initParams)) {
            assertThat(statusOf(server)).isEqualTo(200);
            assertThat(statusOf(server)).isEqualTo(429);
        }
    }

    private static AutoCloseable start(Isolated classPath, Map<String, String> initParams) throws Exception {
        return (AutoCloseable) classPath.run(() -> classPath
                .load("io.seawall.alone.LimitedServer")
                .getConstructor(Map.class)
                .newInstance(initParams));
    }

    private int statusOf(AutoCloseable server) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + ((IntSupplier) server).getAsInt() + "/");
        HttpRequest request =
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30)).build();
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
}
