package io.seawall.filter;

import io.seawall.filter.admin.FilterDescription.Setting;
import io.seawall.filter.settings.InitParameters;
import io.seawall.filter.settings.Placeholders;
import jakarta.servlet.FilterConfig;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The init-params of a filter. Remembers what was read. */
final class InitParams implements PolicySettingsReader.Source {

    private final FilterConfig config;
    private final InitParameters params;
    private final Map<String, Setting> settings = new TreeMap<>();

    InitParams(FilterConfig config) {
        this.config = config;
        params = new InitParameters(
                "filter '" + config.getFilterName() + "'",
                Collections.list(config.getInitParameterNames()),
                config::getInitParameter);
    }

    @Override
    public Set<String> names() {
        return params.names();
    }

    @Override
    public <T> @Nullable T read(String name, Function<String, T> parser) {
        T read = params.read(name, parser);
        if (config.getInitParameter(name) != null) {
            note(name, "");
        }
        return read;
    }

    /** Reads one that has a default. */
    <T> T read(String name, String defaultText, Function<String, T> parser) {
        T read = params.read(name, defaultText, parser);
        note(name, defaultText);
        return read;
    }

    /** Reads one that means nothing if it is blank. */
    <T> @Nullable T readUnlessBlank(String name, Function<String, T> parser) {
        T read = params.readUnlessBlank(name, parser);
        note(name, "");
        return read;
    }

    /** Says what a setting is that was not written. */
    void noteDefault(String name, String text) {
        settings.putIfAbsent(name, new Setting(name, text, "default"));
    }

    private void note(String name, String defaultText) {
        String raw = config.getInitParameter(name);
        if (raw == null) {
            noteDefault(name, defaultText);
        } else {
            settings.put(name, setting(name, raw, Placeholders.fill(raw).strip(), "init-param"));
        }
    }

    /** A setting as it may be shown. */
    static Setting setting(String name, String raw, String value, String from) {
        String origins = Placeholders.origins(raw);
        return new Setting(
                name, InitParameters.withoutPassword(value), origins.isEmpty() ? from : from + ", " + origins);
    }

    /** All that was read, by name. */
    List<Setting> settings() {
        return List.copyOf(settings.values());
    }

    @Override
    public IllegalArgumentException fault(String name, String why) {
        return params.fault(name, why);
    }
}
