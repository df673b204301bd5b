package io.seawall.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The checklist leads to what is there, and to every part of the shop that has a row. */
class ChecklistTest {

    private static final Path DOCS = Path.of("..", "docs");

    private static final Pattern LINK = Pattern.compile("]\\(([^)#]+)(#[^)]*)?\\)");

    private static List<String> links() throws IOException {
        return LINK.matcher(Files.readString(DOCS.resolve("checklist.md")))
                .results()
                .map((MatchResult link) -> link.group(1))
                .toList();
    }

    @Test
    void every_link_leads_to_a_file() throws IOException {
        assertThat(links())
                .hasSizeGreaterThan(20)
                .allSatisfy(link -> assertThat(DOCS.resolve(link)).exists());
    }

    @Test
    void every_bean_that_calls_something_else_is_in_it() throws IOException {
        List<String> links = links();
        for (String bean : List.of(
                "Catalogue",
                "CatalogueReplica",
                "CataloguePrimary",
                "ProductSearch",
                "InventoryClient",
                "PaymentsClient")) {
            assertThat(links).contains("../example-war/src/main/java/io/seawall/example/" + bean + ".java");
        }
    }
}
