package io.seawall.filter.admin;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpSession;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Proxy;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A {@link RequestDescription} as a request, for the code that reads real ones. What it overrides is described; all else fails, since
 * an answer that is made up would explain something that never happens.
 */
final class DescribedRequest extends HttpServletRequestWrapper {

    private final RequestDescription description;
    private final ServletContext application;
    private final Map<String, Object> attributes;

    DescribedRequest(RequestDescription description, ServletContext application) {
        super(nothing());
        this.description = description;
        this.application = application;
        this.attributes = new LinkedHashMap<>(description.attributes());
    }

    /** A request of which nothing is known. Whatever methods an edition of the interface has, this has them. */
    private static HttpServletRequest nothing() {
        return (HttpServletRequest) Proxy.newProxyInstance(
                DescribedRequest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> {
                    throw new NotDescribedException(
                            "a described request has nothing to say to " + method.getName() + "()");
                });
    }

    // ---- what is asked for

    @Override
    public String getMethod() {
        return description.method();
    }

    @Override
    public String getContextPath() {
        return application.getContextPath();
    }

    @Override
    public String getRequestURI() {
        return getContextPath() + description.path();
    }

    /** As containers make it of a URI. What they read in different ways, this one does not read, which is what Jetty does. */
    @Override
    public String getServletPath() {
        Deque<String> segments = new ArrayDeque<>();
        boolean endsInDots = false;
        for (String written : description.path().substring(1).split("/", -1)) {
            int parameters = written.indexOf(';');
            String segment = parameters < 0 ? written : written.substring(0, parameters);
            endsInDots = segment.equals(".") || segment.equals("..");
            if (!endsInDots) {
                segments.addLast(unambiguous(segment));
            } else if (segment.equals("..") && segments.pollLast() == null) {
                throw new IllegalArgumentException("the path leads out of the application");
            }
        }
        if (endsInDots) {
            segments.addLast("");
        }
        return "/" + String.join("/", segments);
    }

    private static String unambiguous(String segment) {
        String decoded = decoded(segment);
        if (decoded.equals(".") || decoded.equals("..") || decoded.indexOf('/') >= 0 || decoded.indexOf('\\') >= 0) {
            throw new IllegalArgumentException("the path is ambiguous");
        }
        return decoded;
    }

    @Override
    public @Nullable String getPathInfo() {
        return null;
    }

    @Override
    public @Nullable String getQueryString() {
        return description.query();
    }

    @Override
    public String getProtocol() {
        return "HTTP/1.1";
    }

    @Override
    public DispatcherType getDispatcherType() {
        return DispatcherType.REQUEST;
    }

    @Override
    public ServletContext getServletContext() {
        return application;
    }

    @Override
    public boolean isAsyncStarted() {
        return false;
    }

    private static String decoded(String path) {
        if (path.indexOf('%') < 0) {
            return path;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(path.length());
        byte[] written = path.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < written.length; i++) {
            if (written[i] != '%') {
                bytes.write(written[i]);
                continue;
            }
            int high = i + 2 < written.length ? Character.digit(written[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(written[i + 2], 16);
            if (low < 0) {
                throw new IllegalArgumentException("the path has a '%' that begins no escape");
            }
            bytes.write(high * 16 + low);
            i += 2;
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    // ---- parameters of the query

    @Override
    public @Nullable String getParameter(String name) {
        String[] values = getParameterValues(name);
        return values == null ? null : values[0];
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
        return getParameterMap().get(name);
    }

    @Override
    public Enumeration<String> getParameterNames() {
        return Collections.enumeration(getParameterMap().keySet());
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        Map<String, List<String>> all = new LinkedHashMap<>();
        String query = description.query();
        for (String pair : query == null ? new String[0] : query.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                all.computeIfAbsent(unescaped(name), key -> new ArrayList<>()).add(unescaped(value));
            }
        }
        Map<String, String[]> map = new LinkedHashMap<>();
        all.forEach((name, values) -> map.put(name, values.toArray(String[]::new)));
        return map;
    }

    private static String unescaped(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    // ---- headers

    @Override
    public @Nullable String getHeader(String name) {
        List<String> lines = description.headers().get(name);
        return lines == null || lines.isEmpty() ? null : lines.get(0);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return Collections.enumeration(description.headers().getOrDefault(name, List.of()));
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        return Collections.enumeration(description.headers().keySet());
    }

    @Override
    public @Nullable String getContentType() {
        return getHeader("Content-Type");
    }

    @Override
    public int getIntHeader(String name) {
        String value = getHeader(name);
        return value == null ? -1 : Integer.parseInt(value);
    }

    @Override
    public int getContentLength() {
        long length = getContentLengthLong();
        return length > Integer.MAX_VALUE ? -1 : (int) length;
    }

    /** A length that is none, a container would have refused. */
    @Override
    public long getContentLengthLong() {
        String value = getHeader("Content-Length");
        return value == null ? -1 : Long.parseLong(value);
    }

    /** The lines of {@code Cookie}, without what no container takes. */
    @Override
    public Cookie @Nullable [] getCookies() {
        List<Cookie> cookies = new ArrayList<>();
        for (String line : description.headers().getOrDefault("Cookie", List.of())) {
            for (String pair : line.split(";", -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    add(
                            cookies,
                            pair.substring(0, equals).strip(),
                            pair.substring(equals + 1).strip());
                }
            }
        }
        return cookies.isEmpty() ? null : cookies.toArray(Cookie[]::new);
    }

    private static void add(List<Cookie> cookies, String name, String value) {
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        try {
            cookies.add(new Cookie(name, quoted ? value.substring(1, value.length() - 1) : value));
        } catch (IllegalArgumentException notACookie) {
            // As containers do: the others count.
        }
    }

    // ---- who sends it

    @Override
    public String getRemoteAddr() {
        return description.address();
    }

    @Override
    public String getRemoteHost() {
        return description.address();
    }

    @Override
    public @Nullable String getRemoteUser() {
        return description.principal();
    }

    @Override
    public @Nullable Principal getUserPrincipal() {
        String name = description.principal();
        return name == null ? null : () -> name;
    }

    @Override
    public boolean isUserInRole(String role) {
        return description.roles().contains(role);
    }

    /** Nobody has described one; and none is made for a question. */
    @Override
    public @Nullable HttpSession getSession(boolean create) {
        return create ? super.getSession(true) : null;
    }

    @Override
    public @Nullable String getRequestedSessionId() {
        return null;
    }

    // ---- attributes

    @Override
    public @Nullable Object getAttribute(String name) {
        return attributes.get(name);
    }

    @Override
    public Enumeration<String> getAttributeNames() {
        return Collections.enumeration(new ArrayList<>(attributes.keySet()));
    }

    @Override
    public void setAttribute(String name, @Nullable Object value) {
        if (value == null) {
            attributes.remove(name);
        } else {
            attributes.put(name, value);
        }
    }

    @Override
    public void removeAttribute(String name) {
        attributes.remove(name);
    }
}
