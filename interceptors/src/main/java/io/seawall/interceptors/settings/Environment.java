package io.seawall.interceptors.settings;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The environment, with keys in upper case and {@code _} for everything but letters and digits, as MicroProfile Config maps
 * them (3.0, section "Default ConfigSources"). A blank variable is one that somebody's tool could not fill.
 */
final class Environment implements SettingSource {

    /** Those that begin as ours do; mostly none, and then no key has to be spelled as a variable to look for it. */
    private final Map<String, String> variables;

    Environment(Map<String, String> variables) {
        String prefix = variable(Overrides.PREFIX);
        this.variables = variables.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public @Nullable String find(String key) {
        String value = variables.isEmpty() ? "" : variables.getOrDefault(variable(key), "");
        return value.isBlank() ? null : value;
    }

    @Override
    public String place(String key) {
        return "environment variable '" + variable(key) + "'";
    }

    /** The names of the variables: the keys cannot be told from them. */
    @Override
    public Collection<String> keys() {
        return variables.keySet();
    }

    static String variable(String key) {
        StringBuilder name = new StringBuilder(key.length());
        for (char c : key.toUpperCase(Locale.ROOT).toCharArray()) {
            name.append((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ? c : '_');
        }
        return name.toString();
    }
}
