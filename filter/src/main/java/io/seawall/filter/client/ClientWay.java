package io.seawall.filter.client;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One way to tell clients apart: by a part of the request, or by several together, all of which it must have. A way of no
 * part tells nobody apart: everybody is one client.
 */
final class ClientWay {

    static final String GLOBAL = "global";

    private final List<ClientPart> parts;
    private final String text;

    ClientWay(List<ClientPart> parts) {
        this.parts = List.copyOf(parts);
        this.text =
                parts.isEmpty() ? GLOBAL : parts.stream().map(ClientPart::word).collect(Collectors.joining("+"));
    }

    /** Whether everybody is this one client. */
    boolean isGlobal() {
        return parts.isEmpty();
    }

    /** The name of the request's client; null if the request lacks a part. */
    @Nullable
    String find(HttpServletRequest request) {
        return switch (parts.size()) {
            case 0 -> GLOBAL;
            case 1 -> findSole(request);
            default -> findAll(request);
        };
    }

    private @Nullable String findSole(HttpServletRequest request) {
        String value = parts.get(0).value(request);
        return value == null ? null : ClientName.of(text, value);
    }

    private @Nullable String findAll(HttpServletRequest request) {
        String[] values = new String[parts.size()];
        for (int i = 0; i < values.length; i++) {
            String value = parts.get(i).value(request);
            if (value == null) {
                return null;
            }
            values[i] = value;
        }
        return ClientName.of(text, values);
    }

    /**
     * The name of one of its clients, as it is counted.
     *
     * @param written what somebody has written behind the way and its space
     * @throws IllegalArgumentException if no client has such a name; the message says why
     */
    String name(String written) {
        return switch (parts.size()) {
            case 0 ->
                throw new IllegalArgumentException("'" + text + "' is everybody, and has no value: write it alone");
            case 1 -> ClientName.of(text, parts.get(0).asCounted(written));
            default -> ClientName.of(text, values(written));
        };
    }

    private String[] values(String written) {
        String[] values = written.split(" ", -1);
        if (values.length != parts.size()) {
            throw new IllegalArgumentException("'" + text + "' has " + parts.size() + " values, and the name has "
                    + values.length + ": write a space between two, and a space in one as %20");
        }
        for (int i = 0; i < values.length; i++) {
            String value = ClientName.unescaped(values[i]);
            if (value == null) {
                throw new IllegalArgumentException("a value of '" + text
                        + "' has a percent sign of its own: write that as %25, and a space as %20");
            }
            values[i] = parts.get(i).asCounted(value);
        }
        return values;
    }

    /** Whether one sender can be as many clients as it likes: also beside its address, it invents the rest. */
    boolean forgeable() {
        return parts.stream().anyMatch(ClientPart::forgeable);
    }

    /** Whether a client of that name was told by it: a way ends with the first space of a name. */
    boolean names(String client) {
        return isGlobal() ? client.equals(GLOBAL) : client.startsWith(text + " ");
    }

    /** Whether the address has a part in it. */
    boolean hasAddress() {
        return parts.stream().anyMatch(ClientPart::isAddress);
    }

    /** Whether it is the address and nothing else. */
    boolean isAddress() {
        return parts.size() == 1 && parts.get(0).isAddress();
    }

    /** Whether it tells of every request that the other tells of, so that the other is never asked after it. */
    boolean leavesNothingTo(ClientWay other) {
        return other.needs().containsAll(needs());
    }

    /** What a request may lack. */
    private Set<String> needs() {
        Set<String> words = new HashSet<>();
        for (ClientPart part : parts) {
            if (!part.isAddress()) {
                words.add(part.word());
            }
        }
        return words;
    }

    /** As in the setting, but for spaces and the case of headers; also what the names of its clients begin with. */
    @Override
    public String toString() {
        return text;
    }
}
