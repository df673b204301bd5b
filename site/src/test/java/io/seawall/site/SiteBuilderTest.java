package io.seawall.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The site that is made of the documentation: every page is there, well-formed, and every link within it leads somewhere. */
class SiteBuilderTest {

    @TempDir
    private static Path site;

    private static Documentation documentation;

    private static final Map<Path, Document> PAGES = new HashMap<>();

    @BeforeAll
    static void build() throws Exception {
        documentation = Documentation.read(Build.REPOSITORY.toRealPath());
        new SiteBuilder(documentation, Navigation.read(), "1.2.3").build(site);
        try (Stream<Path> files = Files.walk(site)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".html")).toList()) {
                PAGES.put(
                        file,
                        DocumentBuilderFactory.newInstance()
                                .newDocumentBuilder()
                                .parse(file.toFile()));
            }
        }
    }

    @Test
    void every_page_is_there_and_in_the_navigation_once() throws IOException {
        assertThat(PAGES.keySet())
                .containsExactlyInAnyOrderElementsOf(documentation.pages().stream()
                        .map(page -> site.resolve(Location.of(page.path())))
                        .toList());
        assertThat(Navigation.read().entries())
                .extracting(Navigation.Entry::path)
                .containsExactlyInAnyOrderElementsOf(
                        documentation.pages().stream().map(Page::path).toList());
    }

    @Test
    void every_link_within_the_site_leads_somewhere() {
        List<String> dead = new ArrayList<>();
        PAGES.forEach((file, page) -> {
            for (String link : links(page)) {
                if (!Page.isExternal(link) && !leadsSomewhere(file, link)) {
                    dead.add(site.relativize(file) + ": " + link);
                }
            }
        });
        assertThat(dead).isEmpty();
    }

    private static boolean leadsSomewhere(Path file, String link) {
        int hash = link.indexOf('#');
        String path = hash < 0 ? link : link.substring(0, hash);
        Path target = path.isEmpty() ? file : file.resolveSibling(path).normalize();
        Document page = PAGES.get(target);
        return page == null
                ? hash < 0 && Files.isRegularFile(target)
                : hash < 0 || values(page, "*", "id").contains(link.substring(hash + 1));
    }

    private static List<String> links(Document page) {
        List<String> links = new ArrayList<>(values(page, "a", "href"));
        links.addAll(values(page, "link", "href"));
        links.addAll(values(page, "img", "src"));
        links.addAll(values(page, "source", "srcset"));
        return links;
    }

    private static List<String> values(Document page, String element, String attribute) {
        List<String> values = new ArrayList<>();
        NodeList elements = page.getElementsByTagName(element);
        for (int i = 0; i < elements.getLength(); i++) {
            String value = ((Element) elements.item(i)).getAttribute(attribute);
            if (!value.isEmpty()) {
                values.add(value);
            }
        }
        return values;
    }

    @Test
    void no_two_pages_have_one_title_and_no_page_two_things_of_one_name() {
        assertThat(PAGES.values().stream()
                        .map(page -> page.getElementsByTagName("title").item(0).getTextContent()))
                .doesNotHaveDuplicates();
        PAGES.forEach((file, page) -> assertThat(values(page, "*", "id"))
                .as(site.relativize(file).toString())
                .doesNotHaveDuplicates());
    }

    /** So its policy of contents holds, and nobody else is asked when somebody reads it. */
    @Test
    void no_page_has_a_script_a_style_of_its_own_or_anything_of_another_server() {
        PAGES.forEach((file, page) -> {
            String name = site.relativize(file).toString();
            assertThat(page.getElementsByTagName("script").getLength()).as(name).isZero();
            assertThat(page.getElementsByTagName("style").getLength()).as(name).isZero();
            assertThat(values(page, "*", "style")).as(name).isEmpty();
            assertThat(values(page, "link", "href")).as(name).hasSize(1).noneMatch(Page::isExternal);
            assertThat(values(page, "img", "src")).as(name).noneMatch(Page::isExternal);
        });
    }

    @Test
    void every_page_tells_the_version_and_where_in_the_contents_it_is() {
        assertThat(PAGES.values()).allSatisfy(page -> {
            assertThat(page.getElementsByTagName("footer").item(0).getTextContent())
                    .contains("Seawall 1.2.3");
            assertThat(values(page, "a", "aria-current")).containsExactly("page");
        });
    }

    @Test
    void a_link_to_a_file_that_the_site_does_not_have_is_text() throws IOException {
        Page page = Page.of(
                "docs/a.md",
                "# A\n\nSee [`web.xml`](../example-war/web.xml), [b](b.md#c) and [it](https://example.com).\n");
        assertThat(new PageRenderer(documentation).render(page))
                .contains("See <code>web.xml</code>, b and <a href=\"https://example.com\">it</a>.");
        Page guide = Page.of("docs/guide/b.md", "# B\n\n[reference](../filter.md#a)\n");
        assertThat(new PageRenderer(documentation).render(guide))
                .contains("<a href=\"../filter.html#a\">reference</a>");
    }

    @Test
    void a_page_that_has_no_place_in_the_navigation_is_named() {
        Navigation navigation = Navigation.parse("Start\n  README.md  What it is\n");
        assertThat(navigation.sectionOf("README.md")).isEqualTo("Start");
        assertThatThrownBy(() -> navigation.sectionOf("docs/new.md"))
                .hasMessageStartingWith("docs/new.md is not in navigation.txt");
        assertThatThrownBy(() -> Navigation.parse("Start\n  README.md\n"))
                .hasMessageContaining("'README.md' has no name");
    }

    @Test
    void headings_are_named_as_on_a_forge() {
        Page page = Page.of("a.md", "# `seawall.x`: what it's *for*\n\n## Why\n\n## Why\n\n## a – b\n");
        assertThat(page.headings())
                .extracting(Heading::anchor)
                .containsExactly("seawallx-what-its-for", "why", "why-1", "a--b");
    }
}
