package io.seawall.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Pages that say what shows that they are right: each row of their tables names tests that there are, or a reason. */
class ShownByTest {

    private static final Path REPOSITORY = Path.of("..");

    private static final List<String> PAGES = List.of("design/traps.md", "resilience.md", "why.md");

    /** Text of the test sources by the name of the class. */
    private static final Map<String, String> SOURCES = new HashMap<>();

    @BeforeAll
    static void readSources() throws IOException {
        try (Stream<Path> modules = Files.list(REPOSITORY)) {
            for (Path module : modules.map(path -> path.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .toList()) {
                try (Stream<Path> files = Files.walk(module)) {
                    for (Path file : files.filter(path -> path.toString().endsWith("Test.java")
                                    || path.toString().endsWith("IT.java")
                                    || path.toString().endsWith("Contract.java"))
                            .toList()) {
                        String name = String.valueOf(file.getFileName());
                        SOURCES.put(name.substring(0, name.length() - ".java".length()), Files.readString(file));
                    }
                }
            }
        }
    }

    private static List<List<String>> rows() throws IOException {
        List<List<String>> rows = new ArrayList<>();
        for (String page : PAGES) {
            rows.addAll(rows(page));
        }
        return rows;
    }

    private static List<List<String>> rows(String page) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        boolean isShown = false;
        for (String line : Files.readAllLines(REPOSITORY.resolve("docs").resolve(page))) {
            if (!line.startsWith("|")) {
                isShown = false;
            } else if (line.endsWith("| shown by |")) {
                isShown = true;
            } else if (isShown && !line.startsWith("|---")) {
                rows.add(GuidePage.cells(line));
            }
        }
        return rows;
    }

    private static String shownBy(List<String> row) {
        return row.get(row.size() - 1);
    }

    /** What is code and looks like a test. */
    private static List<String> testsIn(String cell) {
        String[] parts = cell.split("`", -1);
        List<String> tests = new ArrayList<>();
        for (int i = 1; i < parts.length; i += 2) {
            if (parts[i].matches("[A-Z]\\w+\\.[a-z]\\w+")) {
                tests.add(parts[i]);
            }
        }
        return tests;
    }

    @Test
    void every_row_names_a_test_or_a_reason() throws IOException {
        assertThat(rows()).hasSizeGreaterThan(130).allSatisfy(row -> {
            boolean reasoned =
                    shownBy(row).startsWith("Does not apply: ") || shownBy(row).startsWith("Decided otherwise");
            assertThat(reasoned || !testsIn(shownBy(row)).isEmpty())
                    .as(row.get(0))
                    .isTrue();
        });
    }

    @Test
    void each_of_the_eight_laws_of_limits_and_of_calls_is_there() throws IOException {
        assertThat(rows("why.md").stream()
                        .map(row -> row.get(0))
                        .filter(law -> law.matches("\\d\\. .*"))
                        .map(law -> law.substring(0, 1)))
                .containsExactly(("1 2 3 4 5 6 7 8 " + "1 2 3 4 5 6 7 8").split(" ", -1));
    }

    @Test
    void every_test_that_is_named_is_there() throws IOException {
        List<String> missing = new ArrayList<>();
        for (List<String> row : rows()) {
            for (String test : testsIn(shownBy(row))) {
                if (!isThere(test)) {
                    missing.add(test);
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    private static boolean isThere(String test) {
        int dot = test.indexOf('.');
        String source = SOURCES.getOrDefault(test.substring(0, dot), "");
        String name = test.substring(dot + 1);
        return source.contains(" void " + name + "(") || source.contains(" ArchRule " + name + " =");
    }
}
