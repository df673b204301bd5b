package io.seawall.interceptors.settings;

import java.util.Collection;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The system properties. A blank one was meant. */
final class SystemProperties implements SettingSource {

    private final Properties properties;

    SystemProperties(Properties properties) {
        this.properties = properties;
    }

    @Override
    public @Nullable String find(String key) {
        return properties.getProperty(key);
    }

    @Override
    public String place(String key) {
        return "system property '" + key + "'";
    }

    @Override
    public Collection<String> keys() {
        return properties.stringPropertyNames().stream()
                .filter(key -> key.startsWith(Overrides.PREFIX))
                .toList();
    }
}
