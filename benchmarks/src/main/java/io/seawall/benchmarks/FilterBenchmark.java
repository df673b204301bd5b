package io.seawall.benchmarks;

import io.seawall.filter.RateLimitFilter;
import io.seawall.filter.UncountedFilter;
import io.seawall.filter.answer.Refusal;
import io.seawall.filter.answer.RefusalWriter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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

/** One request through the filter, admitted or refused, counted in memory, without a server around it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class FilterBenchmark {

    private static final int CLIENTS = 1_000;

    private final RateLimitFilter filter = new RateLimitFilter();
    private final RateLimitFilter refusing = new RateLimitFilter();
    private @Nullable UncountedFilter uncounted;
    private final Map<String, Object> application = new HashMap<>();
    private final String[] clients = new String[CLIENTS];
    private final Response response = new Response();

    /** For JMH. */
    public FilterBenchmark() {}

    /**
     * Starts the filter.
     *
     * @throws Exception if it cannot
     */
    @Setup(Level.Trial)
    public void start() throws Exception {
        for (int i = 0; i < CLIENTS; i++) {
            clients[i] = "10.0." + i / 256 + "." + i % 256;
        }
        Config config = new Config("admitting", Map.of("limits", "1000000000/60s", "headers", "none"), context());
        filter.init(config);
        uncounted = new UncountedFilter(config);
        Map<String, String> one =
                Map.of("limits", "1/366d", "headers", "none", "refusal-page", Wordless.class.getName());
        refusing.init(new Config("refusing", one, context()));
    }

    /** Ends it. */
    @TearDown(Level.Trial)
    public void stop() {
        filter.destroy();
        refusing.destroy();
        Objects.requireNonNull(uncounted).destroy();
    }

    /**
     * One request.
     *
     * @return the request, which went through
     * @throws Exception if it did not
     */
    @Benchmark
    public Object admitted() throws Exception {
        Request request = new Request(clients[ThreadLocalRandom.current().nextInt(CLIENTS)]);
        filter.doFilter(request, response, (same, answer) -> {});
        return request;
    }

    /**
     * One request of a client that has used its permit. Ten times as many clients are refused as are kept apart of them.
     *
     * @return the request, which was refused
     * @throws Exception if the filter fails
     */
    @Benchmark
    public Object refused() throws Exception {
        Request request = new Request(clients[ThreadLocalRandom.current().nextInt(CLIENTS)]);
        refusing.doFilter(request, response, (same, answer) -> {});
        return request;
    }

    /** Refuses without a word: words cost more than all before them. */
    public static final class Wordless implements RefusalWriter {

        /** For the filter. */
        public Wordless() {}

        @Override
        public void write(HttpServletRequest request, HttpServletResponse response, Refusal refusal) {}
    }

    /**
     * The same without metrics.
     *
     * @return the request, which went through
     * @throws Exception if it did not
     */
    @Benchmark
    public Object admittedUncounted() throws Exception {
        Request request = new Request(clients[ThreadLocalRandom.current().nextInt(CLIENTS)]);
        Objects.requireNonNull(uncounted).doFilter(request, response, (same, answer) -> {});
        return request;
    }

    private ServletContext context() {
        return none(ServletContext.class, (method, arguments) -> switch (method) {
            case "getContextPath" -> "/shop";
            case "getAttributeNames" -> Collections.enumeration(List.copyOf(application.keySet()));
            case "getAttribute" -> application.get(arguments[0]);
            case "setAttribute" -> application.put((String) arguments[0], arguments[1]);
            case "removeAttribute" -> application.remove(arguments[0]);
            case "getFilterRegistrations" -> Map.of();
            default -> null;
        });
    }

    private interface Answer {
        @Nullable
        Object of(String method, Object[] arguments);
    }

    private static <T> T none(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answer.of(method.getName(), arguments)));
    }

    private record Config(String name, Map<String, String> initParams, ServletContext context) implements FilterConfig {

        @Override
        public String getFilterName() {
            return name;
        }

        @Override
        public ServletContext getServletContext() {
            return context;
        }

        @Override
        public @Nullable String getInitParameter(String name) {
            return initParams.get(name);
        }

        @Override
        public Enumeration<String> getInitParameterNames() {
            return Collections.enumeration(initParams.keySet());
        }
    }

    /** As much of a request as the filter reads. */
    private static final class Request extends HttpServletRequestWrapper {

        private static final HttpServletRequest NONE = none(HttpServletRequest.class, (method, arguments) -> {
            throw new UnsupportedOperationException(method);
        });

        private final String address;
        private @Nullable Object seen;

        Request(String address) {
            super(NONE);
            this.address = address;
        }

        @Override
        public String getRemoteAddr() {
            return address;
        }

        @Override
        public String getMethod() {
            return "GET";
        }

        @Override
        public String getRequestURI() {
            return "/shop/products";
        }

        @Override
        public String getContextPath() {
            return "/shop";
        }

        @Override
        public String getServletPath() {
            return "/products";
        }

        @Override
        public @Nullable String getPathInfo() {
            return null;
        }

        @Override
        public @Nullable String getHeader(String name) {
            return null;
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return Collections.emptyEnumeration();
        }

        @Override
        public @Nullable Object getAttribute(String name) {
            return seen;
        }

        @Override
        public void setAttribute(String name, Object value) {
            seen = value;
        }

        @Override
        public DispatcherType getDispatcherType() {
            return DispatcherType.REQUEST;
        }

        @Override
        public boolean isAsyncStarted() {
            return false;
        }

        @Override
        public String getScheme() {
            return "http";
        }
    }

    private static final class Response extends HttpServletResponseWrapper {

        private static final HttpServletResponse NONE = none(HttpServletResponse.class, (method, arguments) -> {
            throw new UnsupportedOperationException(method);
        });

        Response() {
            super(NONE);
        }

        @Override
        public boolean isCommitted() {
            return false;
        }

        @Override
        public int getStatus() {
            return SC_OK;
        }

        @Override
        public void setStatus(int status) {}

        @Override
        public void setHeader(String name, String value) {}

        @Override
        public void resetBuffer() {}

        @Override
        public boolean containsHeader(String name) {
            return false;
        }
    }
}
