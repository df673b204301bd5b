package io.seawall.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The checklist leads to what is there, and to every part of the shop that has a row. */
class ChecklistTest {

    private static final Path DOCS = Path.of("..", "docs");

    private static final Pattern LINK = Pattern.compile("]\\(([^)#]+)(#[^)]*)?\\)");

    private static final Pattern SETTING = Pattern.compile("SHOP_[A-Z_]+");

    private static Set<String> settings(Path file) throws IOException {
        return SETTING.matcher(Files.readString(file))
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toSet());
    }

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
    void every_setting_of_the_shop_is_in_it_and_no_other() throws IOException {
        Set<String> settings = settings(Path.of("src/main/webapp/WEB-INF/web.xml"));
        settings.addAll(settings(Path.of("src/main/java/io/seawall/example/ShopSettings.java")));
        assertThat(settings(DOCS.resolve("checklist.md"))).isEqualTo(settings);
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
