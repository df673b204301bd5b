package io.seawall.filter.client;

import io.seawall.filter.settings.ApplicationClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads the setting {@code client}:
 *
 * <pre>{@code
 * client = way *( "," way )                ; the first that tells, at the end ip
 * way    = "global" / part *( "+" part )   ; all parts together
 * part   = "principal" / "header:" NAME / "cookie:" NAME / "attribute:" NAME / "session" / "ip" / CLASS
 * }</pre>
 *
 * <p>A NAME has no {@code ,} and no {@code +} in it. A CLASS is the full name of a {@link ClientIdentifier}, which is told from the other words by
 * its dot.
 */
final class ClientParser {

    private static final String COOKIE = "cookie:";
    private static final String ATTRIBUTE = "attribute:";

    private final ClientAddress address;

    private ClientParser(ClientAddress address) {
        this.address = address;
    }

    /** Reads the setting; a {@link IllegalArgumentException} says what is wrong with it. */
    static ClientResolver parse(String text, ClientAddress address) {
        ClientParser parser = new ClientParser(address);
        List<ClientWay> ways = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            ClientWay way = parser.way(part.strip());
            requireReachable(way, ways);
            ways.add(way);
        }
        return new ClientResolver(ways, address);
    }

    private static void requireReachable(ClientWay way, List<ClientWay> before) {
        for (ClientWay earlier : before) {
            if (earlier.leavesNothingTo(way)) {
                throw new IllegalArgumentException("'" + way + "' is never asked, since '" + earlier
                        + "' before it tells of every request that it could tell of: remove one of them, or put the one"
                        + " that needs more of a request first");
            }
        }
    }

    private ClientWay way(String text) {
        if (text.equals(ClientWay.GLOBAL)) {
            return new ClientWay(List.of());
        }
        List<ClientPart> parts = new ArrayList<>();
        for (String word : text.split("\\+", -1)) {
            ClientPart part = part(word.strip());
            if (parts.stream().anyMatch(other -> other.word().equals(part.word()))) {
                throw new IllegalArgumentException("'" + text + "' joins '" + part.word()
                        + "' with itself: name each part once, for example header:X-Tenant+ip");
            }
            parts.add(part);
        }
        return new ClientWay(parts);
    }

    private ClientPart part(String text) {
        return switch (text) {
            case ClientPart.IP -> new ClientPart(text, address, false);
            case "principal" -> new ClientPart(text, ClientSources::principal, false);
            case "session" -> new ClientPart(text, ClientSources::session, true);
            case ClientWay.GLOBAL ->
                throw new IllegalArgumentException(
                        "'global' is joined with something, and everybody is one client already:"
                                + " write it alone, or leave it away");
            default -> named(text);
        };
    }

    private static ClientPart named(String text) {
        if (text.startsWith(ClientPart.HEADER)) {
            String name = requireToken(text, ClientPart.HEADER, "header", "X-Api-Key");
            return new ClientPart(ClientPart.HEADER + name.toLowerCase(Locale.ROOT), ClientSources.header(name), true);
        }
        if (text.startsWith(COOKIE)) {
            String name = requireToken(text, COOKIE, "cookie", "visitor");
            return new ClientPart(COOKIE + name, ClientSources.cookie(name), true);
        }
        if (text.startsWith(ATTRIBUTE)) {
            String name = requireAttribute(text);
            return new ClientPart(ATTRIBUTE + name, ClientSources.attribute(name), false);
        }
        if (isClassName(text)) {
            return new ClientPart(text, ApplicationClass.newInstance(text, ClientIdentifier.class)::identify, false);
        }
        throw new IllegalArgumentException("'" + text
                + "' is no way to tell clients apart: use principal, header:NAME, cookie:NAME, attribute:NAME, session, ip,"
                + " global, or the full name of a class that implements " + ClientIdentifier.class.getName());
    }

    private static String requireToken(String text, String prefix, String what, String example) {
        String name = text.substring(prefix.length()).strip();
        if (!isToken(name)) {
            throw new IllegalArgumentException("'" + text + "' names no " + what + ": write " + prefix
                    + "NAME with the name of a " + what + ", for example " + prefix + example);
        }
        return name;
    }

    /** An attribute may be called anything, but a space ends its name in that of a client. */
    private static String requireAttribute(String text) {
        String name = text.substring(ATTRIBUTE.length()).strip();
        if (name.isEmpty() || name.chars().anyMatch(c -> c <= ' ' || Character.isSpaceChar(c))) {
            throw new IllegalArgumentException(
                    "'" + text + "' names no request attribute: write attribute:NAME with a name"
                            + " without spaces, for example attribute:com.example.tenant");
        }
        return name;
    }

    private static boolean isToken(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> HttpSyntax.isTokenChar((char) c));
    }

    /** With a package: what has none cannot be told from a slip. */
    private static boolean isClassName(String text) {
        String[] names = text.split("\\.", -1);
        for (String name : names) {
            if (name.isEmpty()
                    || !Character.isJavaIdentifierStart(name.charAt(0))
                    || !name.chars().allMatch(Character::isJavaIdentifierPart)) {
                return false;
            }
        }
        return names.length > 1;
    }
}
