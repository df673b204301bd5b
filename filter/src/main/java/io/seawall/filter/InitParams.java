package io.seawall.filter;

import io.seawall.filter.admin.FilterDescription.Setting;
import io.seawall.filter.settings.Placeholders;
import jakarta.servlet.FilterConfig;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The init-params of a filter. What goes wrong with one becomes a message that names it, without passwords. */
final class InitParams implements PolicySettingsReader.Source {

    private final FilterConfig config;
    private final Map<String, Setting> settings = new TreeMap<>();

    InitParams(FilterConfig config) {
        this.config = config;
    }

    @Override
    public Set<String> names() {
        return new LinkedHashSet<>(Collections.list(config.getInitParameterNames()));
    }

    @Override
    public <T> @Nullable T read(String name, Function<String, T> parser) {
        String raw = config.getInitParameter(name);
        if (raw == null) {
            return null;
        }
        T read = parse(name, raw, parser);
        note(name, raw, "");
        return read;
    }

    /** Reads one that has a default. */
    <T> T read(String name, String defaultText, Function<String, T> parser) {
        String raw = config.getInitParameter(name);
        T read = parse(name, raw == null ? defaultText : raw, parser);
        note(name, raw, defaultText);
        return read;
    }

    /** Reads one that means nothing if it is blank. */
    <T> @Nullable T readUnlessBlank(String name, Function<String, T> parser) {
        String raw = config.getInitParameter(name);
        T read = raw == null
                ? null
                : this.<@Nullable T>parse(name, raw, text -> text.isEmpty() ? null : parser.apply(text));
        note(name, raw, "");
        return read;
    }

    /** Says what a setting is that was not written. */
    void noteDefault(String name, String text) {
        settings.putIfAbsent(name, new Setting(name, text, "default"));
    }

    private void note(String name, @Nullable String raw, String defaultText) {
        if (raw == null) {
            noteDefault(name, defaultText);
        } else {
            settings.put(name, setting(name, raw, Placeholders.fill(raw).strip(), "init-param"));
        }
    }

    /** A setting as it may be shown. */
    static Setting setting(String name, String raw, String value, String from) {
        String origins = Placeholders.origins(raw);
        return new Setting(name, withoutPassword(value), origins.isEmpty() ? from : from + ", " + origins);
    }

    /** All that was read, by name. */
    List<Setting> settings() {
        return List.copyOf(settings.values());
    }

    @Override
    public IllegalArgumentException fault(String name, String why) {
        String value = config.getInitParameter(name);
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
                "init-param '" + name + "' of filter '" + config.getFilterName() + "' is '" + shown + "'" + origin
                        + ": " + why,
                shown.equals(value) ? cause : null);
    }

    /** What stands before an '@' in an address may be a password, and so may what looks as if it should have one. */
    private static String withoutPassword(String value) {
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
