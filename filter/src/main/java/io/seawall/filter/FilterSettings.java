package io.seawall.filter;

import io.seawall.ratelimit.ClientHash;
import io.seawall.ratelimit.InMemoryLimitStore;
import io.seawall.ratelimit.LimitStore;
import io.seawall.ratelimit.OnStoreFailure;
import io.seawall.ratelimit.QuotaPolicies;
import io.seawall.ratelimit.RateLimiter;
import io.seawall.redis.RedisAddress;
import io.seawall.redis.RedisLimitStore;
import io.seawall.time.DurationText;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The init-params, read and checked.
 *
 * @param limits what every client may do
 * @param client who is counted, and which proxies it may be behind
 * @param redis where the counts are, or null for this JVM
 * @param keyPrefix first part of every Redis key
 * @param storeTimeout how long a wait for Redis may take
 * @param onStoreFailure what becomes of a request that Redis did not decide
 * @param preflights whether CORS preflights are counted
 * @param answers what clients are told
 */
record FilterSettings(
        QuotaPolicies limits,
        ClientResolver client,
        @Nullable RedisAddress redis,
        String keyPrefix,
        Duration storeTimeout,
        OnStoreFailure onStoreFailure,
        Preflights preflights,
        Answers answers) {

    private static final int MAX_SET_NAME = 64;

    private static final Set<String> NAMES = Collections.unmodifiableSet(new TreeSet<>(Set.of(
            "limits",
            "client",
            "trusted-proxies",
            "redis",
            "key-prefix",
            "store-timeout",
            "on-store-failure",
            "headers",
            "preflights",
            "refusal-page")));

    static FilterSettings read(FilterConfig config) throws ServletException {
        Reader reader = new Reader(config);
        for (String name : Collections.list(config.getInitParameterNames())) {
            if (!NAMES.contains(name)) {
                throw reader.refuse(
                        name, config.getInitParameter(name), "", "there is no such parameter; use one of " + NAMES);
            }
        }
        String setName = setName(config.getFilterName());
        TrustedProxies proxies = reader.read("trusted-proxies", "", TrustedProxies::parse);
        QuotaPolicies limits = reader.read("limits", "100/60s", text -> QuotaPolicies.parse(setName, text));
        return new FilterSettings(
                limits,
                reader.read("client", "ip", text -> ClientResolver.parse(text, proxies)),
                reader.readUnlessBlank("redis", RedisAddress::parse),
                reader.read("key-prefix", "seawall", RedisLimitStore::requirePrefix),
                reader.read(
                        "store-timeout",
                        DurationText.format(RedisLimitStore.DEFAULT_TIMEOUT),
                        text -> RedisLimitStore.requireTimeout(DurationText.parse(text))),
                reader.read("on-store-failure", "local", OnStoreFailure::of),
                reader.read("preflights", "exempt", text -> choice(text, Preflights.values())),
                answers(limits, reader, config.getServletContext()));
    }

    private static Answers answers(QuotaPolicies limits, Reader reader, ServletContext application)
            throws ServletException {
        FieldStyle style = reader.read("headers", "draft", text -> choice(text, FieldStyle.values()));
        return new Answers(
                style.fieldsOf(limits),
                style.names(),
                reader.read("refusal-page", "", text -> RefusalBody.parse(text, application)));
    }

    RateLimiter newLimiter() {
        LimitStore store =
                redis == null ? new InMemoryLimitStore() : new RedisLimitStore(redis, keyPrefix, storeTimeout);
        return new RateLimiter(limits, store, onStoreFailure);
    }

    /** For the log line at start. */
    @Override
    public String toString() {
        return limits.policies().stream().map(Object::toString).collect(Collectors.joining("; ")) + " per " + client
                + (redis == null
                        ? ", counted in this JVM"
                        : ", counted in Redis at " + redis + " with the prefix '" + keyPrefix + "', on-store-failure "
                                + onStoreFailure.text());
    }

    /**
     * A filter may be called anything, a set of limits may not: it is part of the Redis keys. A name that has to be changed
     * gets a hash of the whole, so that two filters never share their counts.
     */
    private static String setName(String filterName) {
        String allowed = filterName
                .codePoints()
                .map(c -> c < 128 && (Character.isLetterOrDigit(c) || c == '-' || c == '_') ? c : '_')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        boolean unchanged = allowed.equals(filterName) && !allowed.isEmpty() && allowed.length() <= MAX_SET_NAME;
        String hash = ClientHash.of(filterName);
        return unchanged
                ? allowed
                : allowed.substring(0, Math.min(allowed.length(), MAX_SET_NAME - 1 - hash.length())) + "-" + hash;
    }

    /** In configuration, a choice has its own name in lower case. */
    private static <E extends Enum<E>> E choice(String text, E[] choices) {
        for (E choice : choices) {
            if (choice.name().toLowerCase(Locale.ROOT).equals(text)) {
                return choice;
            }
        }
        throw new IllegalArgumentException("'" + text + "' is not a choice: use "
                + Arrays.stream(choices)
                        .map(choice -> choice.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", ")));
    }

    /** Turns what goes wrong with a parameter into a message that names it. */
    private static final class Reader {

        private final FilterConfig config;

        Reader(FilterConfig config) {
            this.config = config;
        }

        <T> T read(String name, String defaultText, Function<String, T> parser) throws ServletException {
            String raw = config.getInitParameter(name);
            String text = raw == null ? defaultText : raw;
            String filled = fill(name, text);
            try {
                return parser.apply(filled.strip());
            } catch (IllegalArgumentException e) {
                String origin = filled.equals(text) ? "" : " (from '" + withoutPassword(text) + "')";
                throw refuse(name, filled, origin, e.getMessage());
            }
        }

        <T> @Nullable T readUnlessBlank(String name, Function<String, T> parser) throws ServletException {
            return this.<@Nullable T>read(name, "", text -> text.isEmpty() ? null : parser.apply(text));
        }

        ServletException refuse(String name, String value, String origin, @Nullable String why) {
            return new ServletException("init-param '" + name + "' of filter '" + config.getFilterName() + "' is '"
                    + withoutPassword(value) + "'" + origin + ": " + why);
        }

        private String fill(String name, String text) throws ServletException {
            try {
                return Placeholders.fill(text);
            } catch (IllegalArgumentException e) {
                throw refuse(name, text, "", e.getMessage());
            }
        }

        /** What stands before an '@' in an address may be a password, and so may what looks as if it should have one. */
        private static String withoutPassword(String value) {
            int authority = value.indexOf("//");
            int at = value.lastIndexOf('@');
            boolean hidden = at >= 0
                    || value.startsWith("//:", authority)
                    || (authority >= 0 && value.indexOf('%', authority) >= 0);
            if (!hidden) {
                return value;
            }
            return (authority < 0 ? "" : value.substring(0, authority + 2)) + "***"
                    + (at < 0 ? "" : value.substring(at));
        }
    }
}
