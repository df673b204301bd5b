package io.seawall.filter.client;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Who is counted: by the first of its ways that tells, and at the end by the address, which every request has. Nobody
 * escapes by leaving something away. Thread-safe.
 */
public final class ClientResolver {

    private final List<ClientWay> ways;
    private final ClientAddress address;

    /** How the names of clients begin that nobody can make up. */
    private final List<String> provenStarts;

    ClientResolver(List<ClientWay> ways, ClientAddress address) {
        this.ways = List.copyOf(ways);
        this.address = address;
        this.provenStarts = ways.stream()
                .filter(way -> !way.forgeable() && !way.isGlobal() && !way.isAddress())
                .map(way -> way + " ")
                .toList();
    }

    /**
     * Reads the setting {@code client}.
     *
     * @param text ways with {@code ,} between them, for example {@code principal,header:X-Api-Key+ip}
     * @param address of clients who are told by it
     * @return who is counted
     * @throws IllegalArgumentException if the setting says nothing, or less than it seems to; the message says how to mend it
     */
    public static ClientResolver parse(String text, ClientAddress address) {
        return ClientParser.parse(text, address);
    }

    /**
     * Says whose a request is.
     *
     * @param request which is only read
     * @return the name of its client, for example {@code ip 192.0.2.1}; as long as what the request tells, and of no two
     *     clients the same
     */
    public String resolve(HttpServletRequest request) {
        for (int i = 0; i < ways.size(); i++) {
            String client = ways.get(i).find(request);
            if (client != null) {
                return client;
            }
        }
        return address(request);
    }

    /**
     * Whether a sender who has proved nothing can be as many clients as it likes. Then what one address does must be limited
     * too.
     *
     * @return whether one of its ways is so
     */
    public boolean forgeable() {
        return ways.stream().anyMatch(ClientWay::forgeable);
    }

    /**
     * Whether a client is who it is beyond doubt: by its principal, or by what the application itself says. An address is not, since
     * the next request from there may call itself anything.
     *
     * @param client as it was {@linkplain #resolve resolved}
     * @return whether its way cannot be forged
     */
    public boolean isProven(String client) {
        for (int i = 0; i < provenStarts.size(); i++) {
            if (client.startsWith(provenStarts.get(i))) {
                return true;
            }
        }
        return false;
    }

    /**
     * Says whose a request would be if clients were told by their addresses alone.
     *
     * @param request which is only read
     * @return for example {@code ip 192.0.2.1}
     */
    public String address(HttpServletRequest request) {
        return ClientName.of(ClientPart.IP, address.find(request));
    }

    /**
     * Says for people why somebody is counted.
     *
     * @param client as it was {@linkplain #resolve resolved}
     * @return for example {@code by header:x-api-key, since the request has no principal}
     */
    public String why(String client) {
        List<String> without = new ArrayList<>();
        for (ClientWay way : ways) {
            if (way.names(client)) {
                return (way.isGlobal() ? "as everybody" : "by " + way) + sinceItIsWithout(without);
            }
            without.add(way.toString());
        }
        return "by its address" + sinceItIsWithout(without);
    }

    private static String sinceItIsWithout(List<String> ways) {
        return ways.isEmpty() ? "" : ", since the request has no " + String.join(", no ", ways);
    }

    /**
     * Says for people how the address of a client was found, where that needs to be said.
     *
     * @param request which is only read
     * @param client as it was {@linkplain #resolve resolved}
     * @return empty if its address has no part in who it is, or if there is nothing to say
     */
    public Optional<String> remark(HttpServletRequest request, String client) {
        boolean byAddress = ways.stream()
                .filter(way -> way.names(client))
                .findFirst()
                .map(ClientWay::hasAddress)
                .orElse(true);
        return byAddress ? address.remark(request) : Optional.empty();
    }

    /** The ways that are written. */
    List<ClientWay> ways() {
        return ways;
    }

    /** The way that comes after them all, written or not. */
    ClientWay byAddress() {
        return new ClientWay(List.of(new ClientPart(ClientPart.IP, address, false)));
    }

    /** Whether a request may come to be told by its address alone; not if everybody is one client at the latest. */
    boolean endsWithAddress() {
        return ways.stream().noneMatch(ClientWay::isGlobal);
    }

    /**
     * Whether all requests are those of one client.
     *
     * @return whether it is {@code global}
     */
    public boolean isGlobal() {
        return ways.size() == 1 && ways.get(0).isGlobal();
    }

    /** For the log line at start. */
    @Override
    public String toString() {
        return ways.stream().map(ClientWay::toString).collect(Collectors.joining(", ")) + address;
    }
}
