package io.seawall.filter.client;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.lang.reflect.Proxy;
import java.security.Principal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A request that tells where it comes from and whose it may be, and must not be asked anything else. */
final class FakeRequest {

    private final @Nullable String peer;
    private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, Object> attributes = new HashMap<>();
    private final List<Cookie> cookies = new ArrayList<>();
    private @Nullable Principal principal;
    private @Nullable HttpSession session;
    private final Set<String> askedHeaders = new TreeSet<>();

    private FakeRequest(@Nullable String peer) {
        this.peer = peer;
    }

    static FakeRequest from(@Nullable String peer) {
        return new FakeRequest(peer);
    }

    FakeRequest header(String name, String... lines) {
        headers.put(name, List.of(lines));
        return this;
    }

    FakeRequest cookie(String name, String value) {
        cookies.add(new Cookie(name, value));
        return this;
    }

    FakeRequest attribute(String name, Object value) {
        attributes.put(name, value);
        return this;
    }

    FakeRequest principal(@Nullable String name) {
        principal = () -> name;
        return this;
    }

    FakeRequest session(String id) {
        session = proxy(HttpSession.class, (name, arguments) -> switch (name) {
            case "getId" -> id;
            default -> throw new AssertionError("the session was asked for " + name);
        });
        return this;
    }

    HttpServletRequest get() {
        return proxy(HttpServletRequest.class, (name, arguments) -> switch (name) {
            case "getRemoteAddr" -> peer;
            case "getUserPrincipal" -> principal;
            case "getCookies" -> cookies.isEmpty() ? null : cookies.toArray(Cookie[]::new);
            case "getAttribute" -> attributes.get(arguments[0]);
            case "getHeader" ->
                lines((String) arguments[0]).stream().findFirst().orElse(null);
            case "getHeaders" -> Collections.enumeration(lines((String) arguments[0]));
            case "getSession" -> {
                if (arguments.length != 1 || !arguments[0].equals(false)) {
                    throw new AssertionError("a session was made");
                }
                yield session;
            }
            default -> throw new AssertionError("the request was asked for " + name);
        });
    }

    private List<String> lines(String name) {
        askedHeaders.add(name);
        return headers.getOrDefault(name, List.of());
    }

    /** The names of the headers that were asked for. */
    Set<String> askedHeaders() {
        return askedHeaders;
    }

    private interface Answers {
        @Nullable
        Object answer(String method, Object[] arguments);
    }

    private static <T> T proxy(Class<T> type, Answers answers) {
        return type.cast(Proxy.newProxyInstance(
                FakeRequest.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) ->
                        answers.answer(method.getName(), arguments == null ? new Object[0] : arguments)));
    }
}
