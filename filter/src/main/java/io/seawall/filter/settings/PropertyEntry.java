package io.seawall.filter.settings;

/**
 * One entry of a {@code .properties} file, and where it is.
 *
 * @param file name of the file, for messages
 * @param line where the entry begins; the first line of a file is 1
 * @param key what is before the {@code =}, decoded
 * @param value what is behind it, decoded
 */
public record PropertyEntry(String file, int line, String key, String value) {

    /**
     * A complaint about the entry.
     *
     * @param why what is wrong, and how to mend it
     * @return to be thrown; its message begins with file and line
     */
    public IllegalArgumentException fault(String why) {
        return fault(file, line, why);
    }

    static IllegalArgumentException fault(String file, int line, String why) {
        return new IllegalArgumentException(file + ", line " + line + ": " + why);
    }
}
