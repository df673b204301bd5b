package io.seawall.servers;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the tests have found, a file for each server below {@code target/support}, and the table made of them. */
final class SupportTable {

    static final String YES = "yes";
    static final String NO = "no";
    static final String NOT_OFFERED = "–";

    private static final String TITLE = "title";

    private final Path directory;

    SupportTable(Path directory) {
        this.directory = directory;
    }

    /** Adds what was found on a server to what other tests have found there, who may have started it with more to offer. */
    void add(String title, Map<Feature, String> results) throws IOException {
        Files.createDirectories(directory);
        Path file = directory.resolve(title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]+", "-") + ".properties");
        Properties all = Files.exists(file) ? load(file) : new Properties();
        all.setProperty(TITLE, title);
        results.forEach((feature, result) -> {
            if (result.equals(NOT_OFFERED)) {
                all.putIfAbsent(feature.name(), result);
            } else {
                all.setProperty(feature.name(), result);
            }
        });
        try (Writer out = Files.newBufferedWriter(file)) {
            all.store(out, null);
        }
    }

    /** Feature by server, as Markdown. */
    String render() throws IOException {
        List<Properties> servers = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".properties"))
                    .sorted()
                    .toList()) {
                servers.add(load(file));
            }
        }
        StringBuilder table = new StringBuilder();
        table.append(row("", servers, TITLE))
                .append("|---".repeat(servers.size() + 1))
                .append("|\n");
        for (Feature feature : Feature.values()) {
            table.append(row(feature.title(), servers, feature.name()));
        }
        return table.toString();
    }

    void write() throws IOException {
        Files.writeString(directory.resolve("table.md"), render());
    }

    private static String row(String title, List<Properties> servers, String key) {
        return servers.stream()
                .map(server -> server.getProperty(key, "not run"))
                .collect(Collectors.joining(" | ", "| " + title + " | ", " |\n"));
    }

    private static Properties load(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            properties.load(in);
        }
        return properties;
    }
}
