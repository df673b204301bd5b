package io.seawall.interceptors;

import io.seawall.interceptors.settings.Overrides;
import io.seawall.interceptors.settings.Overrides.Setting;
import io.seawall.time.DurationText;
import jakarta.enterprise.inject.spi.DefinitionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The members of one annotated method: from outside where they are set there, else from the annotation. What is wrong with
 * one becomes a definition error that says where it stands.
 */
final class Members {

    /** Everything that can be set from outside. */
    static final List<String> NAMES = List.of(
            "timeout",
            "interrupt",
            "deadline",
            "fallback",
            "transaction",
            "retry.maxRetries",
            "retry.backoff",
            "retry.maxBackoff",
            "retry.growth",
            "retry.jitter",
            "retry.on",
            "retry.abortOn",
            "retry.onResult",
            "retry.budget",
            "breaker.failures",
            "breaker.within",
            "breaker.failurePercent",
            "breaker.slowPercent",
            "breaker.slowerThan",
            "breaker.minCalls",
            "breaker.lastCalls",
            "breaker.openFor",
            "breaker.maxOpenFor",
            "breaker.probes",
            "breaker.ignore",
            "bulkhead.max",
            "bulkhead.maxWait",
            "chaos.delay",
            "chaos.delayPercent",
            "chaos.failurePercent",
            "stale.maxAge",
            "stale.maxEntries",
            "stale.softDeadline");

    private final String where;
    private final String target;
    private final Overrides overrides;
    private final @Nullable ClassLoader classLoader;

    /** What was read so far. */
    private final MembersInForce inForce = new MembersInForce();

    /**
     * Reads for one method.
     *
     * @param where class and method, for messages
     * @param target whose overrides count
     * @param classLoader knows the classes named in overrides; null for the bootstrap loader
     */
    Members(String where, String target, Overrides overrides, @Nullable ClassLoader classLoader) {
        this.where = where;
        this.target = target;
        this.overrides = overrides;
        this.classLoader = classLoader;
    }

    /** Class and method. */
    String where() {
        return where;
    }

    Overrides overrides() {
        return overrides;
    }

    /** What was read so far. */
    MembersInForce inForce() {
        return inForce;
    }

    String text(String member, String annotated) {
        return parse(member, annotated, text -> text);
    }

    <T extends @Nullable Object> T parse(String member, String annotated, Function<String, T> parser) {
        return read(member, () -> parser.apply(annotated), parser);
    }

    /** Null where there is none. */
    @Nullable
    Duration duration(String member, String annotated) {
        return this.<@Nullable Duration>parse(
                member, annotated, text -> text.isBlank() ? null : DurationText.parse(text));
    }

    int number(String member, int annotated) {
        return read(member, () -> annotated, Members::parseInt);
    }

    boolean flag(String member, boolean annotated) {
        return read(member, () -> annotated, Members::parseFlag);
    }

    <E extends Enum<E>> E choice(String member, E annotated, Class<E> type) {
        return read(member, () -> annotated, text -> parseChoice(text, type));
    }

    List<Class<? extends Throwable>> throwables(String member, Class<? extends Throwable>[] annotated) {
        return read(member, () -> List.of(annotated), text -> parseClasses(text, this::throwable));
    }

    List<Class<? extends Predicate<?>>> predicates(String member, Class<? extends Predicate<?>>[] annotated) {
        return read(member, () -> List.of(annotated), text -> parseClasses(text, this::predicate));
    }

    /** Runs a check over several members. */
    <T extends @Nullable Object> T check(String member, Supplier<T> check) {
        try {
            T value = check.get();
            inForce.putGroup(member, value);
            return value;
        } catch (IllegalArgumentException e) {
            throw new DefinitionException(
                    where + ": @Resilient member '" + member + "': " + e.getMessage() + overridesOf(member), e);
        }
    }

    /**
     * Says that a member does nothing for this method. That is wrong in its annotation; a setting from outside may be for other methods
     * of the target, and is wrong if it is for none ({@link CompiledTargets#idle}).
     */
    void doesNothing(String group, String member, String why) {
        String problem = where + ": @Resilient member '" + group + "': " + why + overridesOf(group);
        if (overrides.find(target, group + "." + member) == null) {
            throw new DefinitionException(problem);
        }
        inForce.putIdle(group + "." + member, problem);
    }

    private <T extends @Nullable Object> T read(String member, Supplier<T> annotated, Function<String, T> parser) {
        String place = "";
        try {
            Setting override = overrides.find(target, member);
            if (override == null) {
                T value = annotated.get();
                inForce.put(member, value, null);
                return value;
            }
            place = " (set by " + override.source() + ")";
            T value = parser.apply(override.value());
            inForce.put(member, value, override.source());
            return value;
        } catch (IllegalArgumentException e) {
            throw new DefinitionException(
                    where + ": @Resilient member '" + member + "'" + place + ": " + e.getMessage(), e);
        }
    }

    /** Which of the values that were checked together came from outside. */
    private String overridesOf(String group) {
        List<String> sources = new ArrayList<>();
        for (String name : NAMES) {
            Setting override = name.startsWith(group) ? overrides.find(target, name) : null;
            if (override != null) {
                sources.add(override.source());
            }
        }
        return sources.isEmpty() ? "" : " (set by " + String.join(" and ", sources) + ")";
    }

    private static int parseInt(String text) {
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is not a whole number", e);
        }
    }

    private static boolean parseFlag(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("'" + text + "' is neither true nor false");
        };
    }

    private static <E extends Enum<E>> E parseChoice(String text, Class<E> type) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(text.strip().toUpperCase(Locale.ROOT))) {
                return constant;
            }
        }
        throw new IllegalArgumentException(
                "'" + text + "' is not a choice: use one of " + Arrays.toString(type.getEnumConstants()));
    }

    private static <K> List<K> parseClasses(String text, Function<String, K> finder) {
        List<K> types = new ArrayList<>();
        for (String name : text.isBlank() ? new String[0] : text.split(",", -1)) {
            types.add(finder.apply(name.strip()));
        }
        return types;
    }

    private Class<? extends Throwable> throwable(String name) {
        return find(name, Throwable.class, "exception class");
    }

    // Whatever it is a predicate of: that is looked at when it is made.
    @SuppressWarnings("unchecked")
    private Class<? extends Predicate<?>> predicate(String name) {
        return (Class<? extends Predicate<?>>) (Class<?>) find(name, Predicate.class, "java.util.function.Predicate");
    }

    private <K> Class<? extends K> find(String name, Class<K> kind, String words) {
        try {
            return Class.forName(name, false, classLoader).asSubclass(kind);
        } catch (ClassNotFoundException | ClassCastException e) {
            throw new IllegalArgumentException(
                    "'" + name + "' is no " + words
                            + " of this application: write full class names with ',' between them",
                    e);
        }
    }
}
