package io.seawall.example;

import org.jspecify.annotations.Nullable;

/**
 * What a customer looks for; cannot exist wrong.
 *
 * @param text a part of a name, 1 to {@value #MAX_LENGTH} characters
 */
record SearchText(String text) {

    static final int MAX_LENGTH = 64;

    SearchText {
        if (text.isBlank() || text.length() > MAX_LENGTH) {
            throw new InvalidFieldException("q", "must be a part of a name, 1 to " + MAX_LENGTH + " characters");
        }
    }

    /**
     * Reads a parameter of a request.
     *
     * @throws InvalidFieldException if it is missing or breaks its rule
     */
    static SearchText parse(@Nullable String parameter) {
        return new SearchText(parameter == null ? "" : parameter);
    }

    /** For {@code LIKE} with {@code ESCAPE '!'}: what would stand for any letters stands for itself. */
    String pattern() {
        return "%" + text.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%";
    }
}
