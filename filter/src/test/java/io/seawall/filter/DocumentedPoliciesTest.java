package io.seawall.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.seawall.ratelimit.QuotaPolicies;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What docs/guide/policies.md says is so. */
class DocumentedPoliciesTest {

    private static final Set<String> SETTINGS = Set.of(
            "match",
            "except",
            "client",
            "limits",
            "ip-limits",
            "tier",
            "tier.*.limits",
            "cost",
            "shadow",
            "on-store-failure",
            "count",
            "refund",
            "penalty");

    private static List<String> guide() throws IOException {
        return Files.readAllLines(Path.of("../docs/guide/policies.md"));
    }

    /** The fenced blocks of a language. */
    private static List<String> blocks(String language) throws IOException {
        List<String> blocks = new ArrayList<>();
        StringBuilder block = null;
        for (String line : guide()) {
            if (line.equals("```" + language)) {
                block = new StringBuilder();
            } else if (line.equals("```") && block != null) {
                blocks.add(block.toString());
                block = null;
            } else if (block != null) {
                block.append(line).append('\n');
            }
        }
        assertThat(blocks).isNotEmpty();
        return blocks;
    }

    /** The cells of the table with this head, without their backticks. */
    private static List<String[]> table(String head) throws IOException {
        List<String> lines = guide();
        int at = lines.indexOf(head);
        assertThat(at).as(head).isNotNegative();
        List<String[]> rows = new ArrayList<>();
        for (int i = at + 2; lines.get(i).startsWith("| "); i++) {
            rows.add(lines.get(i).substring(2).replaceAll(" ?\\|$", "").split(" \\| ?", -1));
        }
        assertThat(rows).isNotEmpty();
        return rows;
    }

    private static String code(String cell) {
        assertThat(cell).startsWith("`").endsWith("`");
        return cell.substring(1, cell.length() - 1);
    }

    private static PolicyFile parse(String text) {
        return PolicyFile.parse("policies.properties", text.getBytes(StandardCharsets.UTF_8), SETTINGS);
    }

    /** Reads all values that are not read elsewhere. */
    private static void readValues(PolicyFile file) {
        for (Map<String, PolicySetting> settings : file.policies().values()) {
            Set<String> tiers = new TreeSet<>(Set.of("gold"));
            settings.forEach((name, setting) -> {
                if (name.startsWith("tier.")) {
                    tiers.add(name.substring("tier.".length(), name.lastIndexOf('.')));
                }
            });
            settings.forEach((name, setting) -> {
                switch (name) {
                    case "match", "except" -> setting.read(Routes::parse);
                    case "cost" -> setting.read(RequestCost::parse);
                    case "tier" -> setting.read(text -> Tiers.parse(text, tiers));
                    default -> {
                        assertThat(name).endsWith("limits");
                        setting.read(text -> QuotaPolicies.parse("x", text));
                    }
                }
            });
        }
    }

    @Test
    void every_example_is_read() throws IOException {
        for (String block : blocks("properties")) {
            assertThatCode(() -> readValues(parse(block))).as(block).doesNotThrowAnyException();
        }
        for (String block : blocks("xml")) {
            int value = block.indexOf("<param-value>", block.indexOf("<param-name>exempt<")) + "<param-value>".length();
            String exempt = block.substring(value, block.indexOf('<', value));
            assertThat(Exemptions.parse(exempt)).hasToString(exempt);
        }
    }

    @Test
    void every_row_of_the_table_of_templates_is_so() throws IOException {
        for (String[] row : table("| template | has | has not |")) {
            PathTemplate template = PathTemplate.parse(code(row[0]));
            for (String path : paths(row[1])) {
                assertThat(template.isExactly(path)).as(path).isTrue();
                assertThat(template.includes(path, true)).as(path).isTrue();
            }
            for (String path : paths(row[2])) {
                assertThat(template.isExactly(path)).as(path).isFalse();
                assertThat(template.includes(path, true)).as(path).isFalse();
            }
        }
    }

    private static List<String> paths(String cell) {
        List<String> paths = new ArrayList<>();
        for (String path : cell.split(", ", -1)) {
            if (path.startsWith("`")) {
                paths.add(code(path));
            }
        }
        return paths;
    }

    @Test
    void every_spelling_that_is_named_is_limited_and_not_exempt() {
        for (String path :
                List.of("/LOGIN", "/login/", "/login;x", "//login", "/%6cogin", "/%256cogin", "/a/../login")) {
            RequestLine line = TestRequest.of("POST", path).line();
            assertThat(Routes.parse("POST /login").include(line)).as(path).isTrue();
            assertThat(Routes.parse("POST /login").exempt(line)).as(path).isFalse();
        }
        for (String path : List.of("/Health", "/health/", "/health;x")) {
            assertThat(Routes.parse("/health")
                            .exempt(TestRequest.of("GET", path).line()))
                    .as(path)
                    .isFalse();
        }
    }

    @Test
    void every_message_is_the_one_that_comes() throws IOException {
        for (String[] row : table("| line | message |")) {
            String line = code(row[0]);
            String message = code(row[1]);
            assertThatThrownBy(() -> readValues(parse(line)))
                    .as(line)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("policies.properties, line 1: ")
                    .hasMessageContaining(message);
        }
    }

    @Test
    void the_class_of_the_example_is_compiled() throws IOException {
        String source = Files.readString(Path.of("src/test/java/com/acme/ReportCost.java"));
        assertThat(blocks("java")).allSatisfy(block -> assertThat(source).contains(block));
    }
}
