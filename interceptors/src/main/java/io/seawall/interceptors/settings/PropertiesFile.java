package io.seawall.interceptors.settings;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.util.Collection;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The file {@code seawall.properties} on the class path of the application. */
final class PropertiesFile implements SettingSource {

    static final String NAME = "seawall.properties";

    private final Properties properties;
    private final @Nullable ClassLoader classLoader;

    /**
     * What was read.
     *
     * @param classLoader where it was found; null for the bootstrap loader
     */
    PropertiesFile(Properties properties, @Nullable ClassLoader classLoader) {
        this.properties = properties;
        this.classLoader = classLoader;
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
            try (InputStream in = open(file)) {
                properties.load(in);
            } catch (IOException | IllegalArgumentException unreadable) {
                throw new IllegalArgumentException(
                        file + " cannot be read: " + unreadable.getMessage()
                                + "; write it as a Java properties file, one 'seawall.<target>.<member>=value' a line",
                        unreadable);
            }
        }
        return new PropertiesFile(properties, classLoader);
    }

    /** The file as it is now, on any thread. */
    PropertiesFile again() {
        return ofApplication(classLoader);
    }

    /** Not from the JDK's cache of open archives: it would give what it has read before. */
    private static InputStream open(URL file) throws IOException {
        URLConnection connection = file.openConnection();
        connection.setUseCaches(false);
        return connection.getInputStream();
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
