package io.seawall.filter.settings;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * Reads the entries of a {@code .properties} file in their order and with their lines, both of which {@link Properties}
 * forgets. That class decodes each entry all the same; only where one ends and the next begins is found here.
 */
final class PropertyLines {

    private PropertyLines() {}

    /**
     * Reads all entries; a key may be there twice.
     *
     * @param file name of the file, for messages
     * @throws IllegalArgumentException if something cannot be read, with file and line
     */
    static List<PropertyEntry> read(String file, String text) {
        List<PropertyEntry> entries = new ArrayList<>();
        StringBuilder entry = new StringBuilder();
        int begin = 0;
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (entry.isEmpty()) {
                if (isBlankOrComment(line)) {
                    continue;
                }
                begin = number;
            }
            entry.append(line).append('\n');
            if (!isContinued(line)) {
                decode(file, begin, entry.toString(), entries);
                entry.setLength(0);
            }
        }
        if (!entry.isEmpty()) {
            throw PropertyEntry.fault(
                    file,
                    number,
                    "the backslash at its end says that another line follows, but the file ends: delete it");
        }
        return entries;
    }

    private static boolean isBlankOrComment(String line) {
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c != ' ' && c != '\t' && c != '\f') {
                return c == '#' || c == '!';
            }
        }
        return true;
    }

    /** Two backslashes are one that is meant. */
    private static boolean isContinued(String line) {
        int backslashes = 0;
        while (backslashes < line.length() && line.charAt(line.length() - 1 - backslashes) == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }

    private static void decode(String file, int line, String text, List<PropertyEntry> entries) {
        Properties one = new Properties();
        try {
            one.load(new StringReader(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (IllegalArgumentException e) {
            throw PropertyEntry.fault(
                    file,
                    line,
                    "'\\u' is not followed by four hexadecimal digits: write them, or the character itself, since the"
                            + " file is UTF-8");
        }
        for (String key : one.stringPropertyNames()) {
            entries.add(new PropertyEntry(file, line, key, one.getProperty(key)));
        }
    }
}
