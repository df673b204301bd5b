package io.seawall.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What holds of every page: its links lead somewhere, it is found, and what it names is there. */
class PagesTest {

    /** Left behind by whoever wrote on a machine of his own, or has not finished. */
    private static final Pattern FORBIDDEN =
            Pattern.compile("/root/|/home/\\w|/tmp/\\w|C:\\\\Users|\\bTODO\\b|\\bFIXME\\b|\\bTBD\\b");

    private static final Pattern TYPE = Pattern.compile("\\bio\\.seawall(?:\\.[a-z]\\w*)*\\.[A-Z]\\w*");

    private static Documentation documentation;

    @BeforeAll
    static void read() throws IOException {
        documentation = Documentation.read(Build.REPOSITORY);
    }

    @Test
    void every_link_leads_somewhere() {
        List<String> dead = new ArrayList<>();
        int links = 0;
        for (Page page : documentation.pages()) {
            for (String link : page.links()) {
                links++;
                if (!Page.isExternal(link) && !leadsSomewhere(page, link)) {
                    dead.add(page + ": " + link);
                }
            }
        }
        assertThat(links).isGreaterThan(200);
        assertThat(dead).isEmpty();
    }

    private static boolean leadsSomewhere(Page page, String link) {
        String target = page.target(link);
        int hash = link.indexOf('#');
        Page other = documentation.find(target);
        if (hash < 0 || other == null) {
            return Files.exists(Build.REPOSITORY.resolve(target)) && hash < 0;
        }
        String anchor = link.substring(hash + 1);
        return other.headings().stream().anyMatch(heading -> heading.anchor().equals(anchor));
    }

    @Test
    void every_page_is_found_from_the_readme() {
        Set<String> found = new HashSet<>(Set.of(Documentation.FIRST));
        Deque<String> rest = new ArrayDeque<>(found);
        while (!rest.isEmpty()) {
            Page page = documentation.find(rest.pop());
            if (page == null) {
                continue;
            }
            for (String link : page.links()) {
                if (!Page.isExternal(link) && found.add(page.target(link))) {
                    rest.push(page.target(link));
                }
            }
        }
        assertThat(documentation.pages().stream().map(Page::path).filter(path -> !found.contains(path)))
                .as("pages that the README does not lead to")
                .isEmpty();
    }

    @Test
    void every_picture_is_shown_on_a_page() throws IOException {
        Set<String> shown = new HashSet<>();
        documentation.pages().forEach(page -> page.links().forEach(link -> shown.add(page.target(link))));
        try (var files = Files.walk(Build.REPOSITORY.resolve("docs"))) {
            assertThat(files.map(file ->
                                    Build.REPOSITORY.relativize(file).toString().replace('\\', '/'))
                            .filter(file -> file.endsWith(".png") || file.endsWith(".svg")))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(shown).as("what pages show").contains(file));
        }
    }

    @Test
    void every_page_has_one_title_which_comes_first() {
        assertThat(documentation.pages()).isNotEmpty().allSatisfy(page -> {
            assertThat(page.headings()).as(page.path()).isNotEmpty();
            assertThat(page.headings().get(0).level()).as(page.path()).isEqualTo(1);
            assertThat(page.headings().stream().filter(heading -> heading.level() == 1))
                    .as(page.path())
                    .hasSize(1);
        });
    }

    @Test
    void no_page_tells_where_it_was_written_or_what_is_missing() {
        assertThat(documentation.pages())
                .allSatisfy(page -> assertThat(page.text()).as(page.path()).doesNotContainPattern(FORBIDDEN));
    }

    @Test
    void every_class_that_a_page_names_is_there() throws Exception {
        Build build = Build.read();
        List<String> missing = new ArrayList<>();
        for (Page page : documentation.pages()) {
            Matcher matcher = TYPE.matcher(page.text());
            while (matcher.find()) {
                if (!matcher.group().startsWith("io.seawall.shaded.") && !build.hasType(matcher.group())) {
                    missing.add(page + ": " + matcher.group());
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void what_another_test_checks_it_names() throws IOException {
        for (Map.Entry<String, Path> each : CheckedElsewhere.read().sources().entrySet()) {
            assertThat(documentation.find(each.getKey())).as(each.getKey()).isNotNull();
            assertThat(each.getValue())
                    .content()
                    .contains("\"" + Path.of(each.getKey()).getFileName() + "\"");
        }
    }
}
