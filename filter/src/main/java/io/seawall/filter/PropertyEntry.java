package io.seawall.filter;

/**
 * One entry of a {@code .properties} file, and where it is.
 *
 * @param file name of the file, for messages
 * @param line where the entry begins; the first line of a file is 1
 * @param key what is before the {@code =}, decoded
 * @param value what is behind it, decoded
 */
record PropertyEntry(String file, int line, String key, String value) {

    /** What is wrong with the entry, with its file and line. */
    IllegalArgumentException fault(String why) {
        return fault(file, line, why);
    }

    static IllegalArgumentException fault(String file, int line, String why) {
        return new IllegalArgumentException(file + ", line " + line + ": " + why);
    }
}
