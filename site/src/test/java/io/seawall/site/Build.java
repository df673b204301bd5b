package io.seawall.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * What this repository has, for pages that name it.
 *
 * @param modules directories with a POM, as {@code filter}
 * @param artifacts what they make, as {@code seawall-filter}
 * @param profiles of all POMs
 * @param types sources, as {@code io/seawall/filter/RateLimits}
 * @param sources the texts of the main sources, with strings that are put together joined
 * @param tests the same of the test sources
 */
record Build(
        String version,
        Set<String> modules,
        Set<String> artifacts,
        Set<String> profiles,
        Set<String> types,
        String sources,
        String tests) {

    static final Path REPOSITORY = Path.of("..");

    /** What is generated, and by what. */
    private static final Set<String> NO_MODULES = Set.of("target");

    static Build read() throws Exception {
        Set<String> modules = new TreeSet<>();
        Set<String> artifacts = new TreeSet<>();
        Set<String> profiles = new TreeSet<>();
        Set<String> types = new TreeSet<>();
        StringBuilder sources = new StringBuilder();
        StringBuilder tests = new StringBuilder();
        for (Path pom : poms()) {
            Document document =
                    DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(pom.toFile());
            Path module = pom.resolveSibling("");
            modules.add(REPOSITORY.relativize(module).toString());
            for (Element element : XmlBlock.children(document.getDocumentElement())) {
                if (element.getTagName().equals("artifactId")) {
                    artifacts.add(element.getTextContent());
                } else if (element.getTagName().equals("profiles")) {
                    for (Element profile : XmlBlock.children(element)) {
                        profiles.add(profile.getElementsByTagName("id").item(0).getTextContent());
                    }
                }
            }
            readTypes(module.resolve("src/main/java"), types, sources);
            readTypes(module.resolve("src/test/java"), types, tests);
        }
        return new Build(
                System.getProperty("seawall.version", "unknown: run this test by Maven"),
                modules,
                artifacts,
                profiles,
                types,
                joined(sources),
                joined(tests));
    }

    private static String joined(StringBuilder sources) {
        return sources.toString()
                .replaceAll("\"\\s*\\+\\s*\"", "")
                .replace("\\\"", "\"")
                .replaceAll("\\s+", " ");
    }

    private static Iterable<Path> poms() throws IOException {
        try (Stream<Path> files = Files.walk(REPOSITORY, 3)) {
            return files.filter(file -> file.endsWith("pom.xml") && !isGenerated(file))
                    .sorted()
                    .toList();
        }
    }

    private static boolean isGenerated(Path file) {
        for (Path part : file) {
            if (NO_MODULES.contains(part.toString()) || part.toString().equals("src")) {
                return true;
            }
        }
        return false;
    }

    private static void readTypes(Path directory, Set<String> types, StringBuilder sources) throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            files.filter(file -> file.toString().endsWith(".java")).forEach(file -> {
                types.add(
                        directory.relativize(file).toString().replace('\\', '/').replaceFirst("\\.java$", ""));
                try {
                    sources.append(Files.readString(file)).append('\n');
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    /** Whether there is a source of this name, as {@code io.seawall.filter.RateLimits}, of a type or one in it. */
    boolean hasType(String name) {
        String path = name.replace('.', '/').replace('$', '/');
        for (int end = path.length(); end > 0; end = path.lastIndexOf('/', end - 1)) {
            if (types.contains(path.substring(0, end))) {
                return true;
            }
        }
        return false;
    }

    /** Whether some type has this simple name, in which {@code *} stands for anything. */
    boolean hasTypeLike(String name) {
        Pattern pattern = Pattern.compile(".*/" + name.replace("*", "[^/]*"));
        return types.stream().anyMatch(type -> pattern.matcher(type).matches());
    }
}
