package io.seawall.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What is in the directory {@code starter}, but for its README, which is a page. */
final class StarterFiles {

    private static final Path STARTER = Build.REPOSITORY.resolve("starter");

    /** Kinds of files that are kinds of blocks, too. */
    private static final Set<String> LANGUAGES = Set.of("java", "xml", "properties");

    private StarterFiles() {}

    /** Texts by path; tests of its own are left to the starter. */
    static Map<String, String> read() throws IOException {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.walk(STARTER)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String path = STARTER.relativize(file).toString().replace('\\', '/');
                boolean isSource = path.equals("pom.xml") || path.startsWith("src/main/");
                if (isSource && LANGUAGES.contains(languageOf(path))) {
                    texts.put(path, Files.readString(file));
                }
            }
        }
        return texts;
    }

    /** A page with a block for each file, in their order. */
    static Page asPage(Map<String, String> files) {
        StringBuilder text = new StringBuilder("# The starter\n");
        files.forEach((path, file) -> text.append("\n```")
                .append(languageOf(path))
                .append('\n')
                .append(file)
                .append("```\n"));
        return Page.of("starter", text.toString());
    }

    private static String languageOf(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }
}
