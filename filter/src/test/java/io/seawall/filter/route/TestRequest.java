package io.seawall.filter.route;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A request that says what it was told to, and must not be asked anything else. */
final class TestRequest {

    private final Map<String, @Nullable Object> answers = new HashMap<>();
    private final Map<String, String> headers = new HashMap<>();
    private final Map<String, Object> attributes = new HashMap<>();
    private final Set<String> roles = new HashSet<>();

    private TestRequest() {}

    /** To who knows what. */
    static TestRequest unknown() {
        return new TestRequest();
    }

    /** To an application at the root, for what the container has decoded and found in order. */
    static TestRequest of(String method, String path) {
        return new TestRequest().with("getMethod", method).context("").uri(path).path("", path);
    }

    /** What the container makes of a URI in an application at {@code /shop}. */
    static TestRequest toShop(String method, String uri, @Nullable String servletPath, @Nullable String pathInfo) {
        return new TestRequest()
                .with("getMethod", method)
                .context("/shop")
                .uri(uri)
                .path(servletPath, pathInfo);
    }

    TestRequest context(@Nullable String context) {
        return with("getContextPath", context);
    }

    TestRequest uri(@Nullable String uri) {
        return with("getRequestURI", uri);
    }

    TestRequest path(@Nullable String servletPath, @Nullable String pathInfo) {
        return with("getServletPath", servletPath).with("getPathInfo", pathInfo);
    }

    /** As Jetty does. */
    TestRequest withoutPath() {
        return with("getServletPath", new IllegalArgumentException("ambiguous"));
    }

    /** Sent by this address; null: by nobody who has one. */
    TestRequest from(@Nullable String peer) {
        return with("getRemoteAddr", peer);
    }

    TestRequest header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    TestRequest attribute(String name, Object value) {
        attributes.put(name, value);
        return this;
    }

    TestRequest role(String role) {
        roles.add(role);
        return this;
    }

    private TestRequest with(String method, @Nullable Object answer) {
        answers.put(method, answer);
        return this;
    }

    RequestLine line() {
        return RequestLine.of(get());
    }

    HttpServletRequest get() {
        return (HttpServletRequest) Proxy.newProxyInstance(
                TestRequest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> answer(method.getName(), arguments));
    }

    private @Nullable Object answer(String method, @Nullable Object @Nullable [] arguments) {
        Object argument = arguments == null ? null : arguments[0];
        return switch (method) {
            case "getHeader" -> headers.get(argument);
            case "getAttribute" -> attributes.get(argument);
            case "isUserInRole" -> roles.contains(argument);
            default -> prepared(method);
        };
    }

    private @Nullable Object prepared(String method) {
        if (!answers.containsKey(method)) {
            throw new AssertionError("asked for " + method);
        }
        Object answer = answers.get(method);
        if (answer instanceof RuntimeException failure) {
            throw failure;
        }
        return answer;
    }
}
