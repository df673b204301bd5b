package io.seawall.redis;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where Redis is and who we are there. Immutable. {@link #toString} holds no secret.
 *
 * <p>Read here and not by Jedis, whose messages quote the whole URI, password included.
 */
public final class RedisAddress {

    /** What servers there are, and who knows which of them to ask. */
    enum Topology {
        /** One server. */
        STANDALONE("redis", 6379),
        /** Sentinels know which server is the primary. */
        SENTINEL("redis-sentinel", 26_379),
        /** Each server knows which of them has a key. */
        CLUSTER("redis-cluster", 6379);

        private final String scheme;
        private final int defaultPort;

        Topology(String scheme, int defaultPort) {
            this.scheme = scheme;
            this.defaultPort = defaultPort;
        }

        private static Topology of(String scheme) {
            for (Topology topology : values()) {
                if (scheme.equals(topology.scheme) || scheme.equals(topology.tlsScheme())) {
                    return topology;
                }
            }
            throw malformed("it begins with none of these schemes");
        }

        private String tlsScheme() {
            return scheme.replaceFirst("redis", "rediss");
        }
    }

    private static final int MAX_HOSTS = 64;
    private static final int MAX_DATABASE = 65_535;

    private final Topology topology;
    private final boolean tls;
    private final List<Endpoint> endpoints;
    private final String master;
    private final int database;
    private final @Nullable String user;
    private final @Nullable String password;

    private RedisAddress(
            Topology topology,
            boolean tls,
            List<Endpoint> endpoints,
            String master,
            int database,
            @Nullable String user,
            @Nullable String password) {
        this.topology = topology;
        this.tls = tls;
        this.endpoints = List.copyOf(endpoints);
        this.master = master;
        this.database = database;
        this.user = user;
        this.password = password;
    }

    /**
     * Reads one of
     *
     * <ul>
     *   <li>{@code redis://[[user]:password@]host[:port][/database]}
     *   <li>{@code redis-sentinel://[[user]:password@]host[:port][,host[:port]...]/master[/database]}, the hosts being those of
     *       sentinels, and the master the name by which they know it
     *   <li>{@code redis-cluster://[[user]:password@]host[:port][,host[:port]...]}, the hosts being some of the cluster's
     * </ul>
     *
     * <p>With {@code rediss} in place of {@code redis} all connections are TLS, and certificates and host names are checked by the
     * JVM's trust store. The port is 6379, of a sentinel 26379, and the database 0 unless given. User and password are
     * percent-decoded; a sentinel that asks for a password gets the same.
     *
     * @param text the address
     * @return the address
     * @throws IllegalArgumentException if the text is something else; the message holds the rule and no password
     */
    public static RedisAddress parse(String text) {
        String address = text.strip();
        int schemeEnd = address.indexOf("://");
        String scheme = schemeEnd < 0 ? "" : address.substring(0, schemeEnd).toLowerCase(Locale.ROOT);
        Topology topology = Topology.of(scheme);
        if (address.indexOf('?') >= 0 || address.indexOf('#') >= 0) {
            throw malformed("it has a query or a fragment; in a password write %3F for '?' and %23 for '#'");
        }
        int start = schemeEnd + "://".length();
        int slash = address.indexOf('/', start);
        String authority = address.substring(start, slash < 0 ? address.length() : slash);
        String path = slash < 0 ? "" : address.substring(slash);
        int at = authority.lastIndexOf('@');
        String userInfo = at < 0 ? null : authority.substring(0, at);
        int colon = userInfo == null ? -1 : userInfo.indexOf(':');
        if (userInfo != null && colon < 0) {
            throw malformed("it has a user without ':password'");
        }
        List<Endpoint> endpoints = endpoints(topology, authority.substring(at + 1));
        String master = "";
        if (topology == Topology.SENTINEL) {
            int end = path.indexOf('/', 1);
            master = decode(path.isEmpty() ? "" : path.substring(1, end < 0 ? path.length() : end));
            path = end < 0 ? "" : path.substring(end);
            if (master.isEmpty()) {
                throw malformed("it does not name the master after the sentinels");
            }
        }
        int database = database(path);
        if (topology == Topology.CLUSTER && database != 0) {
            throw malformed("it names a database, and a cluster has none but 0");
        }
        return new RedisAddress(
                topology,
                scheme.equals(topology.tlsScheme()),
                endpoints,
                master,
                database,
                userInfo == null || colon == 0 ? null : decode(userInfo.substring(0, colon)),
                userInfo == null ? null : decode(userInfo.substring(colon + 1)));
    }

    private static List<Endpoint> endpoints(Topology topology, String text) {
        List<Endpoint> endpoints = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            endpoints.add(endpoint(part, topology.defaultPort));
        }
        if (topology == Topology.STANDALONE && endpoints.size() > 1) {
            throw malformed("it has several hosts, which only sentinels and clusters have");
        }
        if (endpoints.size() > MAX_HOSTS) {
            throw malformed("it has more than " + MAX_HOSTS + " hosts");
        }
        return endpoints;
    }

    private static Endpoint endpoint(String text, int defaultPort) {
        boolean isLiteral = text.startsWith("[");
        int hostEnd = isLiteral ? text.indexOf(']') + 1 : text.lastIndexOf(':');
        if (hostEnd < 0) {
            hostEnd = text.length();
        }
        String host = isLiteral && hostEnd > 0 ? text.substring(1, hostEnd - 1) : text.substring(0, hostEnd);
        if (host.isEmpty() || !host.chars().allMatch(c -> isOfHost(c, isLiteral))) {
            throw malformed("it has no host, or one with characters that a host cannot have");
        }
        String port = text.substring(hostEnd);
        if (port.isEmpty()) {
            return new Endpoint(host, defaultPort);
        }
        boolean isNumber = port.startsWith(":")
                && port.length() > 1
                && port.length() <= 6
                && port.chars().skip(1).allMatch(c -> c >= '0' && c <= '9');
        int number = isNumber ? Integer.parseInt(port.substring(1)) : 0;
        if (number == 0 || number > 65_535) {
            throw malformed("its port is not a number of 1 to 65535");
        }
        return new Endpoint(host, number);
    }

    private static boolean isOfHost(int c, boolean isLiteral) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '.'
                || c == '-'
                || (isLiteral && c == ':');
    }

    private static int database(String path) {
        if (path.isEmpty() || path.equals("/")) {
            return 0;
        }
        String digits = path.substring(1);
        boolean number = digits.length() <= 5 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!number || Integer.parseInt(digits) > MAX_DATABASE) {
            // Not shown: with a '/' in a password, this is the password.
            throw malformed("its database is not a number of 0 to " + MAX_DATABASE);
        }
        return Integer.parseInt(digits);
    }

    private static String decode(String text) {
        try {
            // URLDecoder also turns '+' into a space, which in a password it is not.
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // Not the exception, which quotes what may be a password.
            throw malformed("it has a '%' that two hexadecimal digits do not follow: write %25 for it");
        }
    }

    private static IllegalArgumentException malformed(String why) {
        return new IllegalArgumentException("not a Redis address, " + why
                + ": write redis://[[user]:password@]host[:port][/database], for example redis://localhost:6379;"
                + " redis-sentinel://host[:port],host[:port]/master, or redis-cluster://host[:port],host[:port];"
                + " rediss in place of redis is with TLS");
    }

    Topology topology() {
        return topology;
    }

    /** Of the server, of sentinels, or of some servers of a cluster: 1 to 64. */
    List<Endpoint> endpoints() {
        return endpoints;
    }

    /** What the sentinels call it; empty without sentinels. */
    String master() {
        return master;
    }

    boolean isTls() {
        return tls;
    }

    int database() {
        return database;
    }

    @Nullable
    String user() {
        return user;
    }

    @Nullable
    String password() {
        return password;
    }

    /** As somebody without a name, as sentinels mostly are asked. */
    RedisAddress withoutLogin() {
        return new RedisAddress(topology, tls, endpoints, master, 0, null, null);
    }

    /** As ourselves, where there are no databases. */
    RedisAddress withoutDatabase() {
        return new RedisAddress(topology, tls, endpoints, master, 0, user, password);
    }

    /**
     * For messages.
     *
     * @return hosts, ports, master and database
     */
    @Override
    public String toString() {
        String hosts = endpoints.stream().map(Endpoint::toString).collect(Collectors.joining(","));
        return hosts + (master.isEmpty() ? "" : "/" + master) + (database == 0 ? "" : "/" + database);
    }
}
