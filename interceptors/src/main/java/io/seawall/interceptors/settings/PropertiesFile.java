package io.seawall.interceptors.settings;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collection;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The file {@code seawall.properties} on the class path of the application. */
final class PropertiesFile implements SettingSource {

    static final String NAME = "seawall.properties";

    private final Properties properties;

    PropertiesFile(Properties properties) {
        this.properties = properties;
    }

    /**
     * Reads the file, if there is one.
     *
     * @param classLoader the application's; null for the bootstrap loader
     * @throws IllegalArgumentException if it cannot be read
     */
    static PropertiesFile ofApplication(@Nullable ClassLoader classLoader) {
        Properties properties = new Properties();
        URL file = classLoader == null ? null : classLoader.getResource(NAME);
        if (file != null) {
            try (InputStream in = file.openStream()) {
                properties.load(in);
            } catch (IOException | IllegalArgumentException unreadable) {
                throw new IllegalArgumentException(
                        file + " cannot be read: " + unreadable.getMessage()
                                + "; write it as a Java properties file, one 'seawall.<target>.<member>=value' a line",
                        unreadable);
            }
        }
        return new PropertiesFile(properties);
    }

    @Override
    public @Nullable String find(String key) {
        return properties.getProperty(key);
    }

    @Override
    public String place(String key) {
        return "key '" + key + "' of " + NAME;
    }

    /** All of them: the file is ours alone. */
    @Override
    public Collection<String> keys() {
        return properties.stringPropertyNames();
    }
}
