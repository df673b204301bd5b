package io.seawall.redis;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where Redis is and who we are there. Immutable. {@link #toString} holds no secret.
 *
 * <p>Read here and not by Jedis, whose messages quote the whole URI, password included.
 */
public final class RedisAddress {

    private static final int DEFAULT_PORT = 6379;
    private static final int MAX_DATABASE = 65_535;

    private final String host;
    private final int port;
    private final int database;
    private final @Nullable String user;
    private final @Nullable String password;

    private RedisAddress(String host, int port, int database, @Nullable String user, @Nullable String password) {
        this.host = host;
        this.port = port;
        this.database = database;
        this.user = user;
        this.password = password;
    }

    /**
     * Reads {@code redis://[[user]:password@]host[:port][/database]}. The port is 6379 and the database 0 unless given.
     * User and password are percent-decoded.
     *
     * @param text the address
     * @return the address
     * @throws IllegalArgumentException if the text is something else; the message holds the rule and no password
     */
    public static RedisAddress parse(String text) {
        URI uri;
        try {
            uri = new URI(text.strip());
        } catch (URISyntaxException e) {
            // Neither the text nor the exception, which quotes it: there may be a password in it.
            throw malformed("it is not a URI (at character " + (e.getIndex() + 1) + ")");
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("redis")) {
            throw malformed("it does not begin with 'redis://'");
        }
        if (uri.getHost() == null) {
            throw malformed("it has no host, or one with characters that a host cannot have");
        }
        if (uri.getPort() == 0 || uri.getPort() > 65_535) {
            throw malformed("its port is not a number of 1 to 65535");
        }
        if (uri.getQuery() != null || uri.getFragment() != null) {
            throw malformed("it has a query or a fragment");
        }
        String userInfo = uri.getRawUserInfo();
        int colon = userInfo == null ? -1 : userInfo.indexOf(':');
        if (userInfo != null && colon < 0) {
            throw malformed("it has a user without ':password'");
        }
        return new RedisAddress(
                uri.getHost(),
                uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(),
                database(uri.getPath()),
                userInfo == null || colon == 0 ? null : decode(userInfo.substring(0, colon)),
                userInfo == null ? null : decode(userInfo.substring(colon + 1)));
    }

    private static int database(@Nullable String path) {
        if (path == null || path.isEmpty() || path.equals("/")) {
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
        // URLDecoder also turns '+' into a space, which in a password it is not.
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static IllegalArgumentException malformed(String why) {
        return new IllegalArgumentException("not a Redis address, " + why
                + ": write redis://[[user]:password@]host[:port][/database], for example redis://localhost:6379");
    }

    String host() {
        return host;
    }

    int port() {
        return port;
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

    /**
     * For messages.
     *
     * @return host, port and database
     */
    @Override
    public String toString() {
        return host + ":" + port + (database == 0 ? "" : "/" + database);
    }
}
