package io.seawall.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.seawall.filter.GuidePage.Block;
import io.seawall.filter.caching.CacheHeadersFilter;
import io.seawall.redis.RedisAddress;
import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** docs/filter.md and docs/guide: every example is deployed, compiled or sent as it stands there, and nothing is left out. */
class GuideTest {

    private static final Path REPOSITORY = Path.of("..");

    @TempDir
    private Path directory;

    @TestFactory
    Stream<DynamicTest> every_block_is_what_it_claims_to_be() throws IOException {
        return GuidePage.all().stream()
                .flatMap(page -> page.blocks().stream()
                        .map(block -> DynamicTest.dynamicTest(block.where(), () -> check(page, block))));
    }

    private void check(GuidePage page, Block block) throws Exception {
        switch (block.language()) {
            case "xml" -> checkDeploys(page, block);
            case "properties" ->
                page.deploy(directory, Map.of("policies", "/WEB-INF/policies.properties"), block.text())
                        .start()
                        .close();
            case "java" -> checkCompiled(block);
            case "http" -> checkAnswer(page, block);
            case "uri" -> assertThat(block.text().lines()).allSatisfy(RedisAddress::parse);
            case "html" -> assertThat(page.texts("html")).containsExactly(block.text());
            case "text" -> assertThat(page.file()).endsWithRaw(Path.of("doctor.md"));
            default -> throw new AssertionError("nobody tests blocks of " + block.language());
        }
    }

    private void checkDeploys(GuidePage page, Block block) throws Exception {
        assertThat(block.text()).containsAnyOf("<init-param>", RateLimitFilter.class.getName());
        deploy(page, block).start().close();
    }

    private TestServer deploy(GuidePage page, Block block) throws Exception {
        if (!block.text().contains(CacheHeadersFilter.class.getName())) {
            return page.deploy(directory, block.initParams());
        }
        FilterHolder filter = new FilterHolder(CacheHeadersFilter.class);
        filter.setInitParameters(block.initParams());
        TestServer server = new TestServer()
                .servlet(
                        "/",
                        new TestServlet(
                                (request, response) -> response.getWriter().print("hello")));
        server.application().addFilter(filter, "/*", EnumSet.of(DispatcherType.REQUEST));
        return server;
    }

    /** It is among the test sources, where the compiler has seen it. */
    private static void checkCompiled(Block block) throws IOException {
        String text = block.text();
        String name =
                text.substring(text.indexOf(" class ") + " class ".length()).replaceAll("(?s) .*", "");
        assertThat(block.text()).isEqualTo(Files.readString(Path.of("src/test/java/com/example/" + name + ".java")));
    }

    /** It answers the first request to the example before it. */
    private void checkAnswer(GuidePage page, Block block) throws Exception {
        int at = page.blocks().indexOf(block);
        while (!page.blocks().get(at).language().equals("xml")) {
            at--;
        }
        try (TestServer server = deploy(page, page.blocks().get(at)).start()) {
            HttpResponse<String> answer = server.get("/");
            List<String> lines = block.text().lines().toList();
            assertThat(lines).isNotEmpty().allSatisfy(line -> {
                int colon = line.indexOf(':');
                assertThat(answer.headers().firstValue(line.substring(0, colon)).map(GuideTest::withoutSeconds))
                        .hasValue(withoutSeconds(line.substring(colon + 2)));
            });
        }
    }

    /** A wait may be a second shorter. */
    private static String withoutSeconds(String value) {
        return value.replaceAll("(t=|^)(1|2|3[56]\\d\\d)(?=,|$)", "$1SECONDS");
    }

    @Test
    void every_init_param_is_in_the_reference_and_in_an_example() throws Exception {
        Set<String> told = new TreeSet<>();
        GuidePage reference = GuidePage.all().get(0);
        for (List<String> row : reference.table("| name | default | meaning |")) {
            told.add(GuidePage.code(row.get(0)).replace("NAME", "*"));
        }
        assertThat(told).isEqualTo(known(Map.of("no-such", "1"), ""));

        Set<String> used = new TreeSet<>();
        for (GuidePage page : GuidePage.all()) {
            for (Block block : page.blocks()) {
                if (block.language().equals("xml")) {
                    used.addAll(block.initParams().keySet());
                } else if (block.language().equals("properties")) {
                    block.text()
                            .lines()
                            .filter(line -> line.matches("[a-z]+\\.[a-z.-]+ = .*"))
                            .forEach(line -> used.add(line.replaceAll("^[a-z]+\\.| = .*", "")));
                }
            }
        }
        assertThat(used)
                .containsAll(
                        told.stream().map(name -> name.replace("*", "gold")).toList());
    }

    @Test
    void every_setting_of_a_policies_file_is_in_its_table() throws Exception {
        Set<String> told = new TreeSet<>();
        for (List<String> row : GuidePage.of("policies.md").table("| setting | value |")) {
            for (String name : row.get(0).split(", ", -1)) {
                told.add(GuidePage.code(name).replace("<name>", "*"));
            }
        }
        assertThat(told).isEqualTo(known(Map.of("policies", "/WEB-INF/policies.properties"), "api.no-such = 1"));
    }

    /** The names that there are, by the complaint about one that there is not. */
    private Set<String> known(Map<String, String> initParams, String policies) throws Exception {
        GuidePage page = GuidePage.of("limits.md");
        Throwable complaint;
        try (TestServer server = page.deploy(directory, initParams, policies)) {
            complaint = catchThrowable(server::start);
        }
        String message = String.valueOf(complaint.getMessage());
        assertThat(message.toLowerCase(Locale.ROOT)).contains("no-such", "use one of [");
        String names = message.substring(message.lastIndexOf('[') + 1, message.lastIndexOf(']'));
        return new TreeSet<>(List.of(names.split(", ", -1)));
    }

    @Test
    void every_link_of_the_documentation_leads_somewhere() throws IOException {
        List<String> dead = new ArrayList<>();
        int links = 0;
        for (Path page : documentation()) {
            for (String link : links(Files.readString(page))) {
                links++;
                if (!leadsSomewhere(page, link)) {
                    dead.add(page + ": " + link);
                }
            }
        }
        assertThat(links).isGreaterThan(50);
        assertThat(dead).isEmpty();
    }

    private static List<Path> documentation() throws IOException {
        List<Path> pages = new ArrayList<>();
        try (Stream<Path> files = Files.list(REPOSITORY);
                Stream<Path> docs = Files.walk(REPOSITORY.resolve("docs"))) {
            Stream.concat(files, docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .forEach(pages::add);
        }
        return pages;
    }

    private static List<String> links(String text) {
        List<String> links = new ArrayList<>();
        String prose = text.replaceAll("(?s)```.*?```|`[^`\n]*`", "");
        for (int at = prose.indexOf("]("); at >= 0; at = prose.indexOf("](", at + 1)) {
            links.add(prose.substring(at + 2, prose.indexOf(')', at)));
        }
        return links;
    }

    private static boolean leadsSomewhere(Path page, String link) throws IOException {
        if (link.startsWith("https://")) {
            return true;
        }
        int hash = link.indexOf('#');
        String file = hash < 0 ? link : link.substring(0, hash);
        Path target = file.isEmpty() ? page : page.resolveSibling(file);
        if (hash < 0 || !Files.exists(target)) {
            return Files.exists(target);
        }
        return Files.readAllLines(target).stream()
                .filter(line -> line.startsWith("#"))
                .map(GuideTest::anchor)
                .anyMatch(link.substring(hash + 1)::equals);
    }

    /** As forges make it of a heading. */
    private static String anchor(String heading) {
        return heading.replaceAll("^#+ ", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{Alnum} _-]", "")
                .replace(' ', '-');
    }
}
