package io.seawall.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Pages whose blocks another test checks, with more at hand than there is here: for each, the source that names it.
 *
 * @param sources by the path of the page
 */
record CheckedElsewhere(Map<String, Path> sources) {

    private static final Path FILE = Path.of("src/test/resources/checked-elsewhere.txt");

    static CheckedElsewhere read() throws IOException {
        Map<String, Path> sources = new TreeMap<>();
        for (String line : Files.readAllLines(FILE)) {
            if (!line.isBlank() && !line.startsWith("#")) {
                String[] words = line.strip().split("\\s+", -1);
                sources.put(words[0], Build.REPOSITORY.resolve(words[1]));
            }
        }
        return new CheckedElsewhere(sources);
    }

    boolean has(String page) {
        return sources.containsKey(page);
    }
}
