package io.seawall.site;

import java.util.ArrayList;
import java.util.List;

/** Messages and log lines as pages quote them: what does not vary in them stands in the sources. */
final class Messages {

    /** Names and values in quotes, numbers with their unit, levels in front, lists in brackets. */
    private static final String VARIES =
            "'[^']*'|\"[^\"]*\"|\\[[^\\]]*\\]|-?\\b\\d[\\w.:%-]*(/\\d+\\w)?|\\b(WARNING|INFO|SEVERE|ERROR)\\b:?|\\b[a-z]+(\\.\\w+)+\\b|\\S*[/*#]\\S*|[();]|\\bms\\b|…";

    /** Fewer letters say nothing. */
    private static final int LETTERS = 12;

    private Messages() {}

    /** The pieces of messages that no source has. */
    static List<String> missing(Block block, Build build) {
        List<String> missing = new ArrayList<>();
        int number = 0;
        for (String line : block.text().split("\n", -1)) {
            number++;
            for (String piece : line.split(VARIES, -1)) {
                String fixed = piece.replaceAll("^[\\s,.;:()]+|[\\s,.;:()]+$", "");
                if (fixed.length() >= LETTERS
                        && !build.sources().contains(fixed)
                        && !build.tests().contains(fixed)) {
                    missing.add(block.where(number) + ": no source says '" + fixed + "'");
                }
            }
        }
        return missing;
    }
}
