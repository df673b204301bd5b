package io.seawall.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong in a block is found, and is said where it is. */
class BlockRulesTest {

    private static final Build BUILD = new Build(
            "1.0",
            Set.of("demo", "filter"),
            Set.of("seawall", "seawall-filter"),
            Set.of("servers"),
            Set.of("io/seawall/filter/GuideTest"),
            "throw \"the limit must be positive, but was \" \"seawall.answer-rejections\"",
            "\"another message of a test\" \"seawall.switch\"");

    @TempDir
    private Path directory;

    private static Block block(String language, String text) {
        return Page.of("a.md", "# A\n\n```" + language + "\n" + text + "\n```\n")
                .blocks()
                .get(0);
    }

    private List<String> compile(String... texts) throws Exception {
        StringBuilder page = new StringBuilder("# A\n\n");
        for (String text : texts) {
            page.append("```java\n").append(text).append("\n```\n");
        }
        JavaBlocks compiled = JavaBlocks.compile(Page.of("a.md", page.toString()), directory);
        return compiled.all().stream()
                .flatMap(each -> compiled.errors(each.block()).stream())
                .toList();
    }

    @Test
    void java_is_a_file_or_members_or_statements() throws Exception {
        assertThat(compile(
                        "package com.example;\n\npublic class Whole {}",
                        "import java.nio.file.Path;\n\nclass Type { Path path; Order order; }",
                        "String id(Order each) {\n    return each.id();\n}",
                        "Receipt receipt = bank.charge(order);\nlog.log(Level.INFO, receipt.id());",
                        "Receipt receipt = bank.charge(order);",
                        "return; // the end"))
                .isEmpty();
    }

    @Test
    void files_of_a_page_know_each_other_and_other_blocks_stand_alone() throws Exception {
        assertThat(compile(
                        "package com.example;\n\npublic class One { Two two; }",
                        "package com.example;\n\npublic class Two {}",
                        "class Same {}",
                        "class Same { One one; }"))
                .isEmpty();
    }

    @Test
    void what_does_not_compile_is_named_by_page_and_line() throws Exception {
        assertThat(compile("Receipt receipt = bank.charge(order);\nreceipt.spend();"))
                .singleElement()
                .asString()
                .startsWith("a.md:5: cannot find symbol")
                .contains("spend");
        assertThat(compile("public Receipt charge(Order order) { ... }"))
                .first()
                .asString()
                .startsWith("a.md:4: ");
        assertThat(compile("package com.example;\n\npublic class Whole {\n    Missing missing;\n}"))
                .singleElement()
                .asString()
                .startsWith("a.md:7: ");
    }

    @Test
    void a_fallback_that_does_not_fit_is_refused() throws Exception {
        Page page = Page.of(
                "a.md",
                "# A\n\n```java\n@Resilient(fallback = \"later\")\npublic String charge() {\n    return \"\";\n}\n```\n");
        assertThat(JavaBlocks.compile(page, directory).isRight()).isTrue();
        assertThatThrownBy(() -> Beans.deploy(
                        directory, JavaBlock.packageOf(page.blocks().get(0))))
                .hasMessageContaining("later");
    }

    @Test
    void settings_are_those_that_somebody_reads() throws Exception {
        Block block = block("properties", "");
        assertThat(TargetSettings.mistakes(
                        block,
                        Map.of("seawall.payments.timeout", "500ms", "seawall.answer-rejections", "false"),
                        directory.resolve("right"),
                        BUILD))
                .isEmpty();
        assertThat(TargetSettings.mistakes(
                        block, Map.of("seawall.payments.timeout", "500"), directory.resolve("wrong"), BUILD))
                .singleElement()
                .asString()
                .contains("a.md:3", "seawall.payments.timeout", "'500'");
        assertThat(TargetSettings.mistakes(
                        block, Map.of("seawall.payments.retry.max", "5"), directory.resolve("unknown"), BUILD))
                .singleElement()
                .asString()
                .contains("retry.max");
        assertThat(TargetSettings.mistakes(block, Map.of("seawall.typo", "5"), directory, BUILD))
                .containsExactly("a.md:3: nobody reads the setting seawall.typo");
    }

    @Test
    void xml_is_well_formed_and_of_a_known_kind() throws Exception {
        assertThat(XmlBlock.parse(block("xml", "<init-param/>\n<init-param/>")).kind())
                .isEqualTo(XmlBlock.Kind.WEB_XML);
        assertThat(XmlBlock.parse(block("xml", "<?xml version=\"1.0\"?>\n<project/>"))
                        .kind())
                .isEqualTo(XmlBlock.Kind.POM);
        assertThatThrownBy(() -> XmlBlock.parse(block("xml", "<filter>"))).hasMessageStartingWith("a.md:3: no XML");
        assertThatThrownBy(() -> XmlBlock.parse(block("xml", "<filtre/>")).kind())
                .hasMessageContaining("[filtre]");
    }

    @Test
    void an_init_param_that_is_wrong_stops_its_page() throws Exception {
        WebApplication application = new WebApplication(directory, directory.resolve("classes"));
        application.filter("io.seawall.filter.RateLimitFilter", WebApplication.initParams(Map.of("limits", "many")));
        assertThatThrownBy(application::deploy).hasMessageContaining("limits").hasMessageContaining("many");
    }

    @Test
    void a_servlet_that_refuses_its_init_params_stops_its_page() throws Exception {
        WebApplication application = new WebApplication(directory, directory.resolve("classes"));
        application.servlet(
                "io.seawall.observe.health.HealthServlet", WebApplication.initParams(Map.of("drain-status", "99")));
        assertThatThrownBy(application::deploy).hasMessageContaining("drain-status");
    }

    @Test
    void a_filter_of_others_has_init_params_that_it_reads() throws Exception {
        String filter =
                "<filter><filter-class>%s</filter-class><init-param><param-name>%s</param-name></init-param></filter>";
        String tomcat = "org.apache.catalina.filters.RateLimitFilter";
        String jetty = "org.eclipse.jetty.ee10.servlets.DoSFilter";
        XmlBlock right = XmlBlock.parse(block("xml", filter.formatted(tomcat, "bucketRequests")));
        assertThat(OtherFilter.namesIn(right)).containsExactly(tomcat);
        assertThat(OtherFilter.unknownInitParams(tomcat, right)).isEmpty();
        assertThat(OtherFilter.unknownInitParams(
                        tomcat, XmlBlock.parse(block("xml", filter.formatted(tomcat, "bucketRequest")))))
                .containsExactly("bucketRequest");
        assertThat(OtherFilter.unknownInitParams(
                        jetty, XmlBlock.parse(block("xml", filter.formatted(jetty, "ipWhitelist")))))
                .isEmpty();
        assertThat(OtherFilter.unknownInitParams(
                        jetty, XmlBlock.parse(block("xml", filter.formatted(jetty, "whitelisted")))))
                .containsExactly("whitelisted");
    }

    @Test
    void an_example_uses_nothing_but_the_public_api() throws Exception {
        assertThat(compile("RateLimits limits;", "@Resilient String call() { return \"\"; }", "Guard guard;"))
                .isEmpty();
        assertThat(PublicApiList.read().unlisted(directory)).isEmpty();
        assertThat(compile("io.seawall.resilience.Percent inside;")).isEmpty();
        assertThat(PublicApiList.read().unlisted(directory)).containsExactly("io.seawall.resilience.Percent");
    }

    @Test
    void coordinates_of_ours_are_those_of_the_build() throws Exception {
        assertThat(PomBlock.mistakes(
                        XmlBlock.parse(block(
                                "xml",
                                "<dependency><groupId>io.seawall</groupId><artifactId>seawall</artifactId>"
                                        + "<version>1.0</version></dependency>")),
                        BUILD))
                .isEmpty();
        assertThat(PomBlock.mistakes(
                        XmlBlock.parse(block(
                                "xml",
                                "<dependency><groupId>io.seawall</groupId><artifactId>seawall-all</artifactId>"
                                        + "<version>0.9</version></dependency>")),
                        BUILD))
                .hasSize(2);
    }

    @Test
    void commands_name_what_there_is() {
        assertThat(Commands.of(
                                block(
                                        "console",
                                        "$ ./mvnw -Pservers -pl demo \\\n    -am package && java -jar demo/target/seawall-demo.jar\nThe shop is open."),
                                BUILD)
                        .mistakes())
                .isEmpty();
        assertThat(Commands.of(
                                block(
                                        "sh",
                                        "# build\n./mvnw -Pnone -pl bundles test -Dtest=NoTest\nrm -rf filter/nothing"),
                                BUILD)
                        .mistakes())
                .hasSize(5);
        assertThat(Commands.of(block("sh", "java -Dseawall.payments.timeout=1s -jar x.jar"), BUILD)
                        .settings())
                .containsExactly(Map.entry("seawall.payments.timeout", "1s"));
        assertThat(Commands.of(block("sh", "./mvnw test -Dtest='Guide*,*Test' -Dseawall.switch"), BUILD)
                        .mistakes())
                .isEmpty();
        assertThat(Commands.of(block("sh", "./mvnw test -Dtest='*IT' -Dseawall.other"), BUILD)
                        .mistakes())
                .hasSize(2);
        assertThatThrownBy(() -> Commands.of(block("console", "ls"), BUILD)).hasMessageContaining("no command");
    }

    @Test
    void messages_are_in_the_sources() {
        assertThat(Messages.missing(block("text", "the limit must be positive, but was -1"), BUILD))
                .isEmpty();
        assertThat(Messages.missing(block("text", "another message of a test"), BUILD))
                .isEmpty();
        assertThat(Messages.missing(block("text", "\nthe limit must be negative, but was 1"), BUILD))
                .containsExactly("a.md:5: no source says 'the limit must be negative, but was'");
    }

    @Test
    void queries_end_at_comments_and_ask_for_metrics_that_there_are() throws Exception {
        Queries queries = Queries.of(block(
                "promql", "# a\nsum(rate(seawall_calls_total[5m]))\n  / 2\n# b\nrate(seawall_nothing_total[1m])"));
        assertThat(queries.expressions())
                .containsExactly("sum(rate(seawall_calls_total[5m])) / 2", "rate(seawall_nothing_total[1m])");
        assertThat(queries.unknownMetrics()).containsExactly("seawall.nothing");
    }
}
