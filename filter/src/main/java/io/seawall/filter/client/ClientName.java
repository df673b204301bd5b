package io.seawall.filter.client;

import org.jspecify.annotations.Nullable;

/**
 * The name that the limiter knows a client by. No two clients have the same one, whatever they send:
 *
 * <table>
 * <caption>Names</caption>
 * <tr><th>{@code client}</th><th>a name</th></tr>
 * <tr><td>{@code ip}</td><td>{@code ip 192.0.2.1}, {@code ip 2001:db8:0:0::/64}</td></tr>
 * <tr><td>{@code header:X-Api-Key}</td><td>{@code header:x-api-key 8f3a 77}</td></tr>
 * <tr><td>{@code header:X-Tenant+ip}</td><td>{@code header:x-tenant+ip acme%20inc 192.0.2.1}</td></tr>
 * <tr><td>{@code global}</td><td>{@code global}</td></tr>
 * </table>
 *
 * <p>In words: the way of the setting, a space, the value. A way has no space in it, so the first space ends it, and it tells
 * how many values follow. A sole value is the rest of the name, spaces and all; in each of several, a space is written
 * {@code %20} and a percent sign {@code %25}, and a space is between them.
 *
 * <p>A name is as long as its values. It lives as long as its request: what a store keeps of a long one is its hash.
 */
final class ClientName {

    private ClientName() {}

    /** The client with this value of a way that has one. */
    static String of(String way, String value) {
        return way + ' ' + value;
    }

    /** The client with these values of a way that is joined of as many. */
    static String of(String way, String[] values) {
        StringBuilder name = new StringBuilder(way);
        for (String value : values) {
            name.append(' ');
            appendEscaped(value, name);
        }
        return name.toString();
    }

    private static void appendEscaped(String value, StringBuilder name) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case ' ' -> name.append("%20");
                case '%' -> name.append("%25");
                default -> name.append(c);
            }
        }
    }

    /** One of several values, read back; null if it is not written as it would be in a name. */
    static @Nullable String unescaped(String written) {
        StringBuilder value = new StringBuilder(written.length());
        for (int i = 0; i < written.length(); i++) {
            char c = written.charAt(i);
            if (c != '%') {
                value.append(c);
                continue;
            }
            if (written.startsWith("20", i + 1)) {
                value.append(' ');
            } else if (written.startsWith("25", i + 1)) {
                value.append('%');
            } else {
                return null;
            }
            i += 2;
        }
        return value.toString();
    }
}
