package io.seawall.filter.client;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The names that clients of a filter may have, read as somebody writes them down: an address in any spelling, a header in any
 * case. What is counted is a name in one spelling, and an override for any other would be for nobody, so what cannot be counted
 * is refused. Thread-safe.
 */
public final class ClientNames {

    private final Map<String, ClientWay> ways = new LinkedHashMap<>();

    /**
     * The names of those whom a filter counts.
     *
     * @param resolvers of its policies
     * @param paired whether what somebody does is counted for his address, too, by one of them
     */
    public ClientNames(Collection<ClientResolver> resolvers, boolean paired) {
        for (ClientResolver resolver : resolvers) {
            resolver.ways().forEach(this::add);
            if (paired || resolver.endsWithAddress()) {
                add(resolver.byAddress());
            }
        }
    }

    private void add(ClientWay way) {
        ways.putIfAbsent(way.toString(), way);
    }

    /**
     * Puts a name as it is counted.
     *
     * @param name the way, a space and the value: {@code ip 2001:db8::1}, {@code header:X-Api-Key 8f3a}; of joined ways the
     *     values with spaces between them, in which {@code %20} is a space and {@code %25} a percent sign; or {@code global}
     * @return the name that such a client {@linkplain ClientResolver#resolve is counted} by
     * @throws IllegalArgumentException if no client can have it; the message says why, and tells of the values none but what
     *     should be an address, since they may be secrets
     */
    public String read(String name) {
        int space = name.indexOf(' ');
        if (space < 0) {
            return readAlone(name);
        }
        String start = asInNames(name.substring(0, space));
        ClientWay way = ways.get(start);
        if (way == null) {
            throw new IllegalArgumentException(
                    "this filter counts nobody by '" + start + "': use one of " + ways.keySet());
        }
        return way.name(name.substring(space + 1));
    }

    private String readAlone(String name) {
        if (name.equals(ClientWay.GLOBAL) && ways.containsKey(name)) {
            return name;
        }
        throw new IllegalArgumentException("the name of a client has a way and a value: write one of " + ways.keySet()
                + ", a space and the value, for example 'ip 192.0.2.1'; only 'global' stands alone");
    }

    /** A way as names begin with it: the case of a header does not matter, that of all else does. */
    private static String asInNames(String way) {
        return Stream.of(way.split("\\+", -1))
                .map(part -> part.startsWith(ClientPart.HEADER) ? part.toLowerCase(Locale.ROOT) : part)
                .collect(Collectors.joining("+"));
    }
}
