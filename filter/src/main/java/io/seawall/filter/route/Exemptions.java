package io.seawall.filter.route;

import io.seawall.filter.client.CidrBlock;
import io.seawall.filter.client.ClientAddress;
import io.seawall.filter.client.IpAddress;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who and what is never limited: networks of clients, and requests where they are what they are beyond doubt. Immutable. */
public final class Exemptions {

    /** Every request is looked for in all of them. */
    private static final int MAX_ITEMS = 256;

    private final List<CidrBlock> blocks;
    private final List<Route> routes;

    private Exemptions(List<CidrBlock> blocks, List<Route> routes) {
        this.blocks = List.copyOf(blocks);
        this.routes = List.copyOf(routes);
    }

    /**
     * Reads the setting {@code exempt}.
     *
     * @param text networks, addresses and routes with {@code ,} between them: {@code 10.0.0.0/8, ::1, GET,HEAD /health}; blank:
     *     none
     * @return the exemptions
     * @throws IllegalArgumentException if one is neither, or exempts everything, or if there are too many
     */
    public static Exemptions parse(String text) {
        List<CidrBlock> blocks = new ArrayList<>();
        List<Route> routes = new ArrayList<>();
        List<String> items = text.isBlank() ? List.of() : items(text);
        if (items.size() > MAX_ITEMS) {
            throw new IllegalArgumentException(items.size() + " exemptions are too many: use at most " + MAX_ITEMS
                    + ", join neighbours to one network, and paths with '/**'");
        }
        for (String item : items) {
            if (isRoute(item)) {
                routes.add(route(item));
            } else {
                blocks.add(block(item));
            }
        }
        return new Exemptions(blocks, routes);
    }

    /** A comma is between items, but between methods too: one that stands alone goes with what follows. */
    private static List<String> items(String text) {
        if (text.indexOf(';') >= 0) {
            throw new IllegalArgumentException("it has a ';': write ',' between exemptions");
        }
        List<String> items = new ArrayList<>();
        String methods = "";
        for (String part : text.split(",", -1)) {
            String item = part.strip();
            // An IPv4 address could be a method too, if there were any with a dot.
            if (Route.isMethod(item) && item.indexOf('.') < 0) {
                methods += item + ",";
            } else {
                items.add(methods + item);
                methods = "";
            }
        }
        if (!methods.isEmpty()) {
            items.add(methods.substring(0, methods.length() - 1));
        }
        return items;
    }

    private static boolean isRoute(String item) {
        return item.startsWith("/") || item.chars().anyMatch(c -> c == ',' || Character.isWhitespace(c));
    }

    private static Route route(String text) {
        Route route = Route.parse(text);
        if (route.isEverything()) {
            throw new IllegalArgumentException(
                    "'" + text + "' exempts every request: name what must not be limited, for example /health");
        }
        return route;
    }

    private static CidrBlock block(String text) {
        CidrBlock block;
        try {
            block = CidrBlock.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is neither a route, for example GET /health, nor a network: " + e.getMessage(), e);
        }
        if (block.isEverything()) {
            throw new IllegalArgumentException("'" + text + "' exempts everybody: name the networks that must not be"
                    + " limited, for example 10.0.0.0/8");
        }
        return block;
    }

    boolean isEmpty() {
        return blocks.isEmpty() && routes.isEmpty();
    }

    /**
     * Whether a request is not limited, whatever it asks for.
     *
     * @param request which is only read
     * @param address how its client is found; asked only where there are networks
     * @return whether its client is in one of them
     */
    public boolean exemptClient(HttpServletRequest request, ClientAddress address) {
        return !blocks.isEmpty() && exempt(address.whole(request));
    }

    /**
     * Whether a request is not limited, whoever sent it.
     *
     * @param request which is only read
     * @return whether it is one of the routes
     */
    public boolean exemptRoute(HttpServletRequest request) {
        return !routes.isEmpty() && exempt(RequestLine.of(request));
    }

    private boolean exempt(@Nullable IpAddress client) {
        if (client == null) {
            return false;
        }
        for (int i = 0; i < blocks.size(); i++) {
            if (blocks.get(i).contains(client)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether a request is not limited, whoever sent it.
     *
     * @param request any
     * @return whether one of the routes exempts it
     */
    public boolean exempt(RequestLine request) {
        for (int i = 0; i < routes.size(); i++) {
            if (routes.get(i).isExactly(request)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return Stream.concat(blocks.stream(), routes.stream())
                .map(Object::toString)
                .collect(Collectors.joining(", "));
    }
}
