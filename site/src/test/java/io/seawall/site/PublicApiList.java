package io.seawall.site;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code docs/api.txt}: what users may compile against, and so all that an example may use.
 *
 * @param types their full names, nested ones after a dot
 */
record PublicApiList(Set<String> types) {

    private static final Pattern OURS = Pattern.compile("io/seawall/[\\w/$]*\\b[A-Z][\\w$]*");

    static PublicApiList read() throws IOException {
        try (Stream<String> lines = Files.lines(Build.REPOSITORY.resolve("docs/api.txt"))) {
            return new PublicApiList(lines.filter(line -> line.startsWith("io.seawall."))
                    .map(line -> line.replaceFirst("[:<].*$", ""))
                    .collect(Collectors.toSet()));
        }
    }

    /** Types of ours that classes name, in whatever way, and the list does not. A class file has names as plain text. */
    Set<String> unlisted(Path classes) throws IOException {
        Set<String> unlisted = new TreeSet<>();
        try (Stream<Path> files = Files.walk(classes)) {
            List<Path> compiled =
                    files.filter(file -> file.toString().endsWith(".class")).toList();
            for (Path file : compiled) {
                Matcher matcher = OURS.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
                while (matcher.find()) {
                    String name = matcher.group().replace('/', '.').replace('$', '.');
                    if (!types.contains(name)) {
                        unlisted.add(name);
                    }
                }
            }
        }
        return unlisted;
    }
}
