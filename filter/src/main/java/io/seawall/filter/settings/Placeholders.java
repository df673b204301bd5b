package io.seawall.filter.settings;

import java.util.StringJoiner;

/**
 * Fills <code>${NAME}</code> and <code>${NAME:default}</code> in a configuration value, from system properties, then from
 * the environment. A default may be empty, may hold colons, and is taken as it is.
 */
public final class Placeholders {

    private Placeholders() {}

    /**
     * Fills all of a value.
     *
     * @param text as it is configured
     * @return the same without placeholders
     * @throws IllegalArgumentException if there is nothing for one of them, or if it is none; the message says how to mend it
     */
    public static String fill(String text) {
        StringBuilder filled = new StringBuilder();
        int at = 0;
        while (true) {
            int open = text.indexOf("${", at);
            if (open < 0) {
                return filled.append(text, at, text.length()).toString();
            }
            int close = text.indexOf('}', open);
            if (close < 0) {
                throw new IllegalArgumentException("'${' has no '}': write ${NAME} or ${NAME:default}");
            }
            filled.append(text, at, open).append(value(text.substring(open + 2, close)));
            at = close + 1;
        }
    }

    /**
     * Says where the values of all placeholders come from.
     *
     * @param text as it is configured; one that {@link #fill} takes
     * @return for example {@code REDIS_URL from the environment}, with {@code ", "} between several; empty if there are none
     */
    public static String origins(String text) {
        StringJoiner origins = new StringJoiner(", ");
        for (int open = text.indexOf("${"); open >= 0; open = text.indexOf("${", open + 1)) {
            String placeholder = text.substring(open + 2, text.indexOf('}', open));
            int colon = placeholder.indexOf(':');
            String name = colon < 0 ? placeholder : placeholder.substring(0, colon);
            origins.add(name + " from "
                    + (System.getProperty(name) != null
                            ? "a system property"
                            : System.getenv(name) != null ? "the environment" : "its default"));
        }
        return origins.toString();
    }

    private static String value(String placeholder) {
        int colon = placeholder.indexOf(':');
        String name = colon < 0 ? placeholder : placeholder.substring(0, colon);
        if (name.isEmpty()) {
            throw new IllegalArgumentException(
                    "'${" + placeholder + "}' has no name: write ${NAME} or ${NAME:default}");
        }
        String value = System.getProperty(name);
        if (value == null) {
            value = System.getenv(name);
        }
        if (value == null && colon >= 0) {
            value = placeholder.substring(colon + 1);
        }
        if (value == null) {
            throw new IllegalArgumentException(name
                    + " is neither a system property nor an environment variable: set one, or write a default as ${"
                    + name + ":default}");
        }
        return value;
    }
}
