package io.seawall.filter.settings;

import java.util.function.Function;

/**
 * A setting of a policy.
 *
 * @param entry as it is written, and where
 * @param value with its placeholders filled, and without spaces around it
 */
public record PolicySetting(PropertyEntry entry, String value) {

    static PolicySetting of(PropertyEntry entry) {
        try {
            return new PolicySetting(entry, Placeholders.fill(entry.value()).strip());
        } catch (IllegalArgumentException e) {
            throw entry.fault("'" + entry.key() + "' is '" + entry.value() + "': " + e.getMessage());
        }
    }

    /**
     * What the value says.
     *
     * @param <T> what is made of it
     * @param parser throws {@link IllegalArgumentException} if it says nothing
     * @return what the parser has made of it
     * @throws IllegalArgumentException if the parser does so, with file, line, key and value
     */
    public <T> T read(Function<String, T> parser) {
        try {
            return parser.apply(value);
        } catch (IllegalArgumentException e) {
            String origin = value.equals(entry.value().strip()) ? "" : " (from '" + entry.value() + "')";
            throw entry.fault("'" + entry.key() + "' is '" + value + "'" + origin + ": " + e.getMessage());
        }
    }
}
