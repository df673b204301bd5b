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
}
