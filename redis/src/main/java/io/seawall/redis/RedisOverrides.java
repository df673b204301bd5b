package io.seawall.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.seawall.ratelimit.LimitOverride;
import io.seawall.ratelimit.LimitOverride.Kind;
import io.seawall.ratelimit.LimitOverride.Scope;
import io.seawall.ratelimit.Overrides;
import io.seawall.ratelimit.QuotaPolicy;
import io.seawall.ratelimit.StoreUnavailableException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Overrides in one Redis hash, which the scripts read with every decision. They are configuration and no counts: they live until
 * they are removed. {@code overrides.lua} says how they are written. Thread-safe.
 */
final class RedisOverrides implements Overrides {

    /** Sends a command, unless Redis is away. */
    interface Commands {

        @Nullable
        Object send(String command, List<byte[]> arguments);

        /** One that changes what nodes may remember. */
        @Nullable
        Object change(String command, List<byte[]> arguments);
    }

    private final String key;
    private final Commands commands;

    RedisOverrides(String keyPrefix, Commands commands) {
        this.key = keyPrefix + ":overrides";
        this.commands = commands;
    }

    byte[] key() {
        return ascii(key);
    }

    @Override
    public void set(LimitOverride override) {
        String field = field(override.policies(), override.limit(), override.scope());
        commands.change("HSET", List.of(key(), ascii(field), ascii(Long.toString(override.permits()))));
    }

    @Override
    public boolean remove(String policies, String limit, Scope scope) {
        Object removed = commands.change("HDEL", List.of(key(), ascii(field(policies, limit, scope))));
        return removed instanceof Long count && count > 0;
    }

    @Override
    public List<LimitOverride> list() {
        List<LimitOverride> overrides = new ArrayList<>();
        if (commands.send("HGETALL", List.of(key())) instanceof List<?> fields) {
            for (int i = 0; i + 1 < fields.size(); i += 2) {
                overrides.add(override(text(fields.get(i)), text(fields.get(i + 1))));
            }
        }
        return overrides;
    }

    private LimitOverride override(String field, String value) {
        String[] parts = field.split(":", -1);
        for (Kind kind : Kind.values()) {
            boolean named = kind != Kind.ALL;
            if (parts.length == (named ? 4 : 3) && parts[0].equals(letter(kind)) && isNumber(value)) {
                try {
                    Scope scope = new Scope(kind, named ? parts[3] : "");
                    return new LimitOverride(parts[1], parts[2], scope, Long.parseLong(value));
                } catch (IllegalArgumentException e) {
                    throw noOverride(field);
                }
            }
        }
        throw noOverride(field);
    }

    /** As {@code overrides.lua} has it. */
    private static boolean isNumber(String value) {
        return !value.isEmpty() && value.length() <= 16 && value.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** In the words of {@code overrides.lua}. */
    private StoreUnavailableException noOverride(String field) {
        return new StoreUnavailableException(
                "field " + field + " of the Redis key " + key + " is no override of Seawall's: set it to 0 to "
                        + QuotaPolicy.MAX_PERMITS + " permits in decimal digits, or remove it",
                null);
    }

    private static String field(String policies, String limit, Scope scope) {
        String start = letter(scope.kind()) + ":" + policies + ":" + limit;
        return scope.kind() == Kind.ALL ? start : start + ":" + scope.name();
    }

    private static String letter(Kind kind) {
        return switch (kind) {
            case CLIENT -> "c";
            case TIER -> "t";
            case ALL -> "a";
        };
    }

    private static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }

    private static String text(@Nullable Object bytes) {
        return bytes instanceof byte[] array ? new String(array, US_ASCII) : "";
    }
}
