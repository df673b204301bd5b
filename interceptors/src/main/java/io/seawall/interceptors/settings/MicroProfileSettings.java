package io.seawall.interceptors.settings;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.ConfigValue;
import org.jspecify.annotations.Nullable;

/**
 * MicroProfile Config, where the server or the application has it. Its types stand inside of methods only: the class loads
 * where there is none.
 */
final class MicroProfileSettings implements SettingSource {

    private static final Logger LOG = System.getLogger(MicroProfileSettings.class.getName());

    /** The {@code Config} of the application, declared without its type; null where there is none. */
    private final @Nullable Object config;

    private MicroProfileSettings(@Nullable Object config) {
        this.config = config;
    }

    /** That of the application which is being deployed on this thread. */
    static MicroProfileSettings ofApplication() {
        try {
            return new MicroProfileSettings(ConfigProvider.getConfig());
        } catch (NoClassDefFoundError absent) {
            return none();
        } catch (IllegalStateException unusable) {
            LOG.log(
                    Level.WARNING,
                    "MicroProfile Config is on the class path and does not work: no setting of @Resilient is read from it",
                    unusable);
            return none();
        }
    }

    static MicroProfileSettings none() {
        return new MicroProfileSettings(null);
    }

    @Override
    public @Nullable String find(String key) {
        try {
            return config == null
                    ? null
                    : ((Config) config).getOptionalValue(key, String.class).orElse(null);
        } catch (NoSuchElementException | IllegalArgumentException unreadable) { // as ${a.name.that.is.not.there}
            throw new IllegalArgumentException(
                    place(key) + " cannot be read: " + unreadable.getMessage() + "; correct or remove it", unreadable);
        }
    }

    @Override
    public String place(String key) {
        return "MicroProfile Config property '" + key + "'";
    }

    /**
     * Whether something is set under a key of which nothing comes: an expression that names what is not there counts as
     * nothing (MicroProfile Config 3.0, section "Property Expressions").
     */
    boolean isLost(String key) {
        if (config == null) {
            return false;
        }
        try {
            ConfigValue value = ((Config) config).getConfigValue(key);
            String raw = value.getRawValue();
            return value.getValue() == null && raw != null && !raw.isBlank();
        } catch (NoSuchElementException | IllegalArgumentException unreadable) {
            return true;
        }
    }

    @Override
    public Collection<String> keys() {
        return config == null
                ? List.of()
                : StreamSupport.stream(((Config) config).getPropertyNames().spliterator(), false)
                        .filter(key -> key.startsWith(Overrides.PREFIX))
                        .toList();
    }
}
