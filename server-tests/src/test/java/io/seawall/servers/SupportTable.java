package io.seawall.servers;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the tests have found, a file for each class of tests below {@code target/support}, and the table made of them. What a
 * class has found before is forgotten when it is run again.
 */
final class SupportTable {

    /** Of a feature that nobody has tested on a server. */
    static final String NOT_RUN = "not run";

    private static final String TITLE = "title";

    private final Path directory;

    SupportTable(Path directory) {
        this.directory = directory;
    }

    /**
     * Keeps what was found.
     *
     * @param tests name of the class of tests
     * @param title of the server, with its version; several classes may have tested one
     */
    void put(String tests, String title, Map<Feature, Support> results) throws IOException {
        Properties found = new Properties();
        found.setProperty(TITLE, title);
        results.forEach((feature, result) -> found.setProperty(feature.name(), result.name()));
        Files.createDirectories(directory);
        try (Writer out = Files.newBufferedWriter(directory.resolve(tests + ".properties"))) {
            found.store(out, null);
        }
    }

    /** Feature by server, as Markdown. */
    String render() throws IOException {
        Map<String, Map<Feature, Support>> servers = servers();
        StringBuilder table = new StringBuilder();
        table.append(row("", new ArrayList<>(servers.keySet())))
                .append("|---".repeat(servers.size() + 1))
                .append("|\n");
        for (Feature feature : Feature.values()) {
            table.append(row(
                    feature.title(),
                    servers.values().stream()
                            .map(found -> found.containsKey(feature)
                                    ? found.get(feature).text()
                                    : NOT_RUN)
                            .toList()));
        }
        return table.toString();
    }

    void write() throws IOException {
        Files.writeString(directory.resolve("table.md"), render());
    }

    private Map<String, Map<Feature, Support>> servers() throws IOException {
        Map<String, Map<Feature, Support>> servers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".properties"))
                    .toList()) {
                Properties found = load(file);
                Map<Feature, Support> all =
                        servers.computeIfAbsent(found.getProperty(TITLE), title -> new EnumMap<>(Feature.class));
                found.stringPropertyNames().stream()
                        .filter(name -> !name.equals(TITLE))
                        .forEach(name -> all.merge(
                                Feature.valueOf(name), Support.valueOf(found.getProperty(name)), Support::or));
            }
        }
        return servers;
    }

    private static String row(String title, List<String> cells) {
        return cells.stream().collect(Collectors.joining(" | ", "| " + title + " | ", " |\n"));
    }

    private static Properties load(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            properties.load(in);
        }
        return properties;
    }
}
