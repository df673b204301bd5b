package io.seawall.filter;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is counted: the first of its sources that the request has, and at the end its address, which every request has.
 * Nobody escapes by leaving a header away.
 */
final class ClientResolver {

    /** Finds the client in one place; null if the request has nothing there. */
    private interface Source {
        @Nullable
        String find(HttpServletRequest request);
    }

    /** Finds the address, which every request has. */
    private interface Address extends Source {
        @Override
        String find(HttpServletRequest request);
    }

    /** A space ends the kind: no header name has one, so no two kinds of client can be taken for each other. */
    private static final String IP = "ip ";

    private static final String HEADER = "header:";

    private final String text;
    private final List<Source> sources;
    private final Address address;

    private ClientResolver(String text, List<Source> sources, Address address) {
        this.text = text;
        this.sources = sources;
        this.address = address;
    }

    /** Reads {@code ip} or {@code header:NAME}, several with {@code ,} between them. */
    static ClientResolver parse(String text, TrustedProxies proxies) {
        Address address = proxies.isEmpty() ? ClientResolver::peer : behind(proxies);
        List<Source> sources = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            sources.add(source(part.strip(), address));
        }
        return new ClientResolver(
                proxies.isEmpty() ? text : text + " behind the proxies " + proxies, List.copyOf(sources), address);
    }

    String resolve(HttpServletRequest request) {
        for (Source source : sources) {
            String client = source.find(request);
            if (client != null) {
                return client;
            }
        }
        return address.find(request);
    }

    private static Source source(String text, Address address) {
        if (text.equals("ip")) {
            return address;
        }
        if (text.startsWith(HEADER)) {
            String name = text.substring(HEADER.length()).strip();
            if (!isToken(name)) {
                throw new IllegalArgumentException(
                        "'" + text
                                + "' names no header: write header:NAME with the name of a request header, for example header:X-Api-Key");
            }
            return request -> header(request, name);
        }
        throw new IllegalArgumentException("'" + text + "' is no way to tell clients apart: use ip or header:NAME");
    }

    private static String peer(HttpServletRequest request) {
        String peer = request.getRemoteAddr();
        return IP + (peer == null ? "" : ClientAddress.of(peer));
    }

    private static Address behind(TrustedProxies proxies) {
        ProxiedClient client = new ProxiedClient(proxies, ForwardedFor::of);
        return request -> {
            String text = request.getRemoteAddr();
            IpAddress peer = text == null ? null : IpLiteral.node(text, 0, text.length());
            return peer == null ? peer(request) : IP + ClientAddress.of(client.of(peer, request));
        };
    }

    private static @Nullable String header(HttpServletRequest request, String name) {
        String value = request.getHeader(name);
        return value == null || value.isBlank() ? null : HEADER + name + " " + value;
    }

    /** RFC 9110, section 5.6.2. */
    private static boolean isToken(String text) {
        return !text.isEmpty()
                && text.chars()
                        .allMatch(c -> (c >= 'a' && c <= 'z')
                                || (c >= 'A' && c <= 'Z')
                                || (c >= '0' && c <= '9')
                                || "!#$%&'*+-.^_`|~".indexOf(c) >= 0);
    }

    @Override
    public String toString() {
        return text;
    }
}
