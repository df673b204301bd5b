package io.seawall.demo.readme;

import java.util.ArrayList;
import java.util.List;

/** Splits a command line as a shell does, as far as the README needs it: spaces, and single quotes around anything. */
final class Words {

    private Words() {}

    static List<String> of(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean quoted = false;
        boolean begun = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\'') {
                quoted = !quoted;
                begun = true;
            } else if (quoted || c != ' ') {
                rejectSpecial(c, quoted, line);
                word.append(c);
                begun = true;
            } else if (begun) {
                words.add(word.toString());
                word.setLength(0);
                begun = false;
            }
        }
        if (quoted) {
            throw new IllegalArgumentException("an open quote: " + line);
        }
        if (begun) {
            words.add(word.toString());
        }
        return words;
    }

    /** What a shell would treat in a way of its own is not understood here, so it must not pass for a plain letter. */
    private static void rejectSpecial(char c, boolean quoted, String line) {
        if (!quoted && "\"\\$`|&;<>(){}*?#~".indexOf(c) >= 0) {
            throw new IllegalArgumentException("'" + c + "' needs a shell: " + line);
        }
    }
}
