package io.seawall.filter.admin;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A request as somebody describes it who wants to know how it would be limited:
 *
 * <pre>{@code
 * RequestDescription.of("GET", "/api/orders", "192.0.2.1").withHeader("X-Api-Key", "8f3a").withPrincipal("ada")
 * }</pre>
 *
 * <p>Bounded, since it may come from anywhere: all texts together have at most {@value #MAX_CHARS} characters, and there are at most
 * {@value #MAX_ITEMS} lines of headers, roles and attributes. Immutable.
 *
 * @param method as it is sent, for example {@code GET}
 * @param path below the context root, as it is sent: with its escapes, without the query
 * @param query what is behind the {@code ?}, as it is sent; null: there is none
 * @param address from whom it came: the peer, which behind a proxy is the proxy. The client's is then read from its header
 * @param headers by their names, whose case does not matter; cookies are in {@code Cookie}
 * @param principal who has logged in; null: nobody
 * @param roles that the principal has
 * @param attributes of the request, as filters before this one would set them; text only
 */
public record RequestDescription(
        String method,
        String path,
        @Nullable String query,
        String address,
        Map<String, List<String>> headers,
        @Nullable String principal,
        Set<String> roles,
        Map<String, String> attributes) {

    /** Twice what servers take as the head of a request. */
    private static final int MAX_CHARS = 16_384;

    /** Twice what servers take of header fields. */
    private static final int MAX_ITEMS = 200;

    private static final int MAX_METHOD_LENGTH = 64;
    private static final int MAX_ADDRESS_LENGTH = 128;

    /**
     * Checks what a request could not be, and copies the collections. {@link #of} and what follows it are shorter.
     *
     * @param method see {@link #method}
     * @param path see {@link #path}
     * @param query see {@link #query}
     * @param address see {@link #address}
     * @param headers see {@link #headers}
     * @param principal see {@link #principal}
     * @param roles see {@link #roles}
     * @param attributes see {@link #attributes}
     * @throws IllegalArgumentException if a part is none that could be sent, or all together are too much
     */
    public RequestDescription {
        headers = copyOf(headers);
        roles = Collections.unmodifiableSet(new LinkedHashSet<>(roles));
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
        requireBounds(method, path, query, address, headers, principal, roles, attributes);
        if (!isToken(method) || method.length() > MAX_METHOD_LENGTH) {
            throw new IllegalArgumentException(
                    "the method is '" + shown(method) + "': write one as it is sent, for example GET");
        }
        if (!path.startsWith("/") || path.indexOf('?') >= 0 || !isVisible(path)) {
            throw new IllegalArgumentException("the path is '" + shown(path)
                    + "': write it as it is sent, from the '/' below the context root on, without the query,"
                    + " for example /api/orders");
        }
        if (query != null && !isVisible(query)) {
            throw new IllegalArgumentException(
                    "the query is '" + shown(query) + "': write it as it is sent, without spaces, for example a=b");
        }
        if (address.isBlank() || address.length() > MAX_ADDRESS_LENGTH || !isVisible(address)) {
            throw new IllegalArgumentException(
                    "the address is '" + shown(address) + "': write who sends the request, for example 192.0.2.1");
        }
        headers.forEach(RequestDescription::requireHeader);
    }

    /**
     * A request without headers, of somebody who has not logged in.
     *
     * @param method see {@link #method}
     * @param path see {@link #path}
     * @param address see {@link #address}
     * @return the description
     * @throws IllegalArgumentException if a text is not as it is said there, or too long
     */
    public static RequestDescription of(String method, String path, String address) {
        return new RequestDescription(method, path, null, address, Map.of(), null, Set.of(), Map.of());
    }

    /**
     * The same with a query.
     *
     * @param newQuery see {@link #query}
     * @return the description
     */
    public RequestDescription withQuery(@Nullable String newQuery) {
        return new RequestDescription(method, path, newQuery, address, headers, principal, roles, attributes);
    }

    /**
     * The same with one more line of a header.
     *
     * @param name of the header
     * @param value of the line
     * @return the description
     */
    public RequestDescription withHeader(String name, String value) {
        Map<String, List<String>> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        more.putAll(headers);
        List<String> lines = new ArrayList<>(more.getOrDefault(name, List.of()));
        lines.add(value);
        more.put(name, lines);
        return new RequestDescription(method, path, query, address, more, principal, roles, attributes);
    }

    /**
     * The same of somebody who has logged in.
     *
     * @param name see {@link #principal}
     * @param newRoles see {@link #roles}
     * @return the description
     */
    public RequestDescription withPrincipal(@Nullable String name, String... newRoles) {
        return new RequestDescription(
                method, path, query, address, headers, name, new LinkedHashSet<>(List.of(newRoles)), attributes);
    }

    /**
     * The same with one more attribute.
     *
     * @param name of the attribute
     * @param value of it
     * @return the description
     */
    public RequestDescription withAttribute(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(attributes);
        more.put(name, value);
        return new RequestDescription(method, path, query, address, headers, principal, roles, more);
    }

    /**
     * The request, for whatever reads one. It answers what is described, has no session and no body, and throws
     * {@link NotDescribedException} when it is asked for anything else, which nobody has said.
     *
     * @param application that it is for
     * @return a new one each time; only its attributes can change
     */
    public HttpServletRequest asRequest(ServletContext application) {
        return new DescribedRequest(this, application);
    }

    private static Map<String, List<String>> copyOf(Map<String, List<String>> headers) {
        Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, lines) -> copy.merge(name, List.copyOf(lines), RequestDescription::joined));
        return Collections.unmodifiableMap(copy);
    }

    private static List<String> joined(List<String> some, List<String> others) {
        List<String> all = new ArrayList<>(some);
        all.addAll(others);
        return List.copyOf(all);
    }

    private static void requireBounds(
            String method,
            String path,
            @Nullable String query,
            String address,
            Map<String, List<String>> headers,
            @Nullable String principal,
            Set<String> roles,
            Map<String, String> attributes) {
        long chars = (long) method.length() + path.length() + address.length();
        chars += query == null ? 0 : query.length();
        chars += principal == null ? 0 : principal.length();
        long items = (long) roles.size() + attributes.size();
        for (Map.Entry<String, List<String>> header : headers.entrySet()) {
            items += header.getValue().size();
            for (String line : header.getValue()) {
                chars += header.getKey().length() + line.length();
            }
        }
        for (String role : roles) {
            chars += role.length();
        }
        for (Map.Entry<String, String> attribute : attributes.entrySet()) {
            chars += attribute.getKey().length() + attribute.getValue().length();
        }
        if (chars > MAX_CHARS || items > MAX_ITEMS) {
            throw new IllegalArgumentException("the described request has " + chars + " characters and " + items
                    + " headers, roles and attributes: describe it with at most " + MAX_CHARS + " and " + MAX_ITEMS);
        }
    }

    /** Its value may be a secret, and is in no message. */
    private static void requireHeader(String name, List<String> lines) {
        if (!isToken(name)) {
            throw new IllegalArgumentException(
                    "there is a header '" + shown(name) + "': write the name of one, for example X-Api-Key");
        }
        for (String line : lines) {
            if (line.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0x7F)) {
                throw new IllegalArgumentException("the header '" + shown(name)
                        + "' has a control character in its value: write one line, as it is sent");
            }
        }
    }

    /** RFC 9110, section 5.6.2. */
    private static boolean isToken(String text) {
        return !text.isEmpty()
                && text.chars()
                        .allMatch(c -> (c >= 'A' && c <= 'Z')
                                || (c >= 'a' && c <= 'z')
                                || (c >= '0' && c <= '9')
                                || "!#$%&'*+-.^_`|~".indexOf(c) >= 0);
    }

    private static boolean isVisible(String text) {
        return text.chars().noneMatch(c -> c <= ' ' || c == 0x7F);
    }

    /** Enough of it to see what is meant. */
    private static String shown(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints()
                .limit(80)
                .map(c -> Character.isISOControl(c) ? '?' : c)
                .forEach(shown::appendCodePoint);
        return shown.toString();
    }
}
