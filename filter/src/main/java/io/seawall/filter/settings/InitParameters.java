package io.seawall.filter.settings;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The init-params of a filter or a servlet. What goes wrong with one becomes a message that names it, without passwords. A value may
 * hold {@link Placeholders}.
 */
public final class InitParameters {

    private final String owner;
    private final Set<String> names;
    private final Function<String, @Nullable String> values;

    /**
     * Those of an owner.
     *
     * @param owner whose they are, as messages say it: {@code filter 'limits'}
     * @param names which are given
     * @param values the value of each, null for those that are not given
     */
    public InitParameters(String owner, Collection<String> names, Function<String, @Nullable String> values) {
        this.owner = owner;
        this.names = new LinkedHashSet<>(names);
        this.values = values;
    }

    /**
     * Which are given.
     *
     * @return their names
     */
    public Set<String> names() {
        return new LinkedHashSet<>(names);
    }

    /**
     * Refuses those that nobody reads.
     *
     * @param known the names of those that somebody reads
     * @throws IllegalArgumentException if there is another one
     */
    public void requireKnown(Collection<String> known) {
        for (String name : names) {
            if (!known.contains(name)) {
                String nearest = NearestName.of(name, known);
                throw fault(
                        name,
                        "there is no such parameter; "
                                + (nearest == null ? "" : "did you mean '" + nearest + "'? ")
                                + "use one of " + new TreeSet<>(known));
            }
        }
    }

    /**
     * Reads one.
     *
     * @param <T> what it says
     * @param name its name
     * @param parser throws an {@link IllegalArgumentException} with the rule and the fix
     * @return null if it is not given
     * @throws IllegalArgumentException if the parser has thrown one, or a placeholder says nothing
     */
    public <T> @Nullable T read(String name, Function<String, T> parser) {
        String raw = values.apply(name);
        return raw == null ? null : parse(name, raw, parser);
    }

    /**
     * Reads one that has a default.
     *
     * @param <T> what it says
     * @param name its name
     * @param defaultText what is read if it is not given
     * @param parser as above
     * @return what it says
     * @throws IllegalArgumentException as above
     */
    public <T> T read(String name, String defaultText, Function<String, T> parser) {
        String raw = values.apply(name);
        return parse(name, raw == null ? defaultText : raw, parser);
    }

    /**
     * Reads one that means nothing if it is blank.
     *
     * @param <T> what it says
     * @param name its name
     * @param parser as above
     * @return null if it is not given, or blank
     * @throws IllegalArgumentException as above
     */
    public <T> @Nullable T readUnlessBlank(String name, Function<String, T> parser) {
        String raw = values.apply(name);
        return raw == null
                ? null
                : this.<@Nullable T>parse(name, raw, text -> text.isEmpty() ? null : parser.apply(text));
    }

    /**
     * What is said of one that is wrong.
     *
     * @param name its name
     * @param why the rule, and the fix
     * @return to be thrown
     */
    public IllegalArgumentException fault(String name, String why) {
        String value = values.apply(name);
        return fault(name, value == null ? "" : value, "", why, null);
    }

    private <T extends @Nullable Object> T parse(String name, String text, Function<String, T> parser) {
        String filled;
        try {
            filled = Placeholders.fill(text);
        } catch (IllegalArgumentException e) {
            throw fault(name, text, "", e.getMessage(), e);
        }
        try {
            return parser.apply(filled.strip());
        } catch (IllegalArgumentException e) {
            String origin = filled.equals(text) ? "" : " (from '" + withoutPassword(text) + "')";
            throw fault(name, filled, origin, e.getMessage(), e);
        }
    }

    /** The cause may tell what the message does not; what it must not tell is a password. */
    private IllegalArgumentException fault(
            String name, String value, String origin, @Nullable String why, @Nullable Throwable cause) {
        String shown = withoutPassword(value);
        return new IllegalArgumentException(
                "init-param '" + name + "' of " + owner + " is '" + shown + "'" + origin + ": " + why,
                shown.equals(value) ? cause : null);
    }

    /**
     * Reads a switch.
     *
     * @param text {@code true} or {@code false}
     * @return which of them
     * @throws IllegalArgumentException if it is neither
     */
    public static boolean trueOrFalse(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("use true or false");
        };
    }

    /**
     * A value as it may be shown: what stands before an '@' in an address may be a password, and so may what looks as if it should
     * have one.
     *
     * @param value of a setting
     * @return the same, with {@code ***} in place of what may be one
     */
    public static String withoutPassword(String value) {
        int authority = value.indexOf("//");
        int at = value.lastIndexOf('@');
        boolean hidden =
                at >= 0 || value.startsWith("//:", authority) || (authority >= 0 && value.indexOf('%', authority) >= 0);
        if (!hidden) {
            return value;
        }
        return (authority < 0 ? "" : value.substring(0, authority + 2)) + "***" + (at < 0 ? "" : value.substring(at));
    }
}
