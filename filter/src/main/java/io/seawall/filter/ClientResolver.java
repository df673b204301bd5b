package io.seawall.filter;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Who is counted: by the first of its ways that tells, and at the end by the address, which every request has. Nobody
 * escapes by leaving something away. Thread-safe.
 */
final class ClientResolver {

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

    /** The name of the request's client, as {@link ClientName} has it. */
    String resolve(HttpServletRequest request) {
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
     */
    boolean forgeable() {
        return ways.stream().anyMatch(ClientWay::forgeable);
    }

    /**
     * Whether a client that was {@linkplain #resolve resolved} is who it is beyond doubt: by its principal, or by what the application
     * itself says. An address is not, since the next request from there may call itself anything.
     */
    boolean isProven(String client) {
        for (int i = 0; i < provenStarts.size(); i++) {
            if (client.startsWith(provenStarts.get(i))) {
                return true;
            }
        }
        return false;
    }

    /** The name of the request's client if it were told by its address alone. */
    String address(HttpServletRequest request) {
        return ClientName.of(ClientPart.IP, address.find(request));
    }

    /** Whether all requests are those of one client. */
    boolean isGlobal() {
        return ways.size() == 1 && ways.get(0).isGlobal();
    }

    /** For the log line at start. */
    @Override
    public String toString() {
        return ways.stream().map(ClientWay::toString).collect(Collectors.joining(", ")) + address;
    }
}
