package io.seawall.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import io.seawall.redis.RedisAddress;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** Every block of every page is compiled, deployed, loaded or parsed, by what its language is; none has a language that nobody knows. */
class BlockTest {

    private static final String FILTER = "io.seawall.filter.RateLimitFilter";

    private static final Pattern COMMAND = Pattern.compile("(?m)(?<!`)`(\\./mvnw [^`\n]+)`");

    @TempDir
    private static Path directory;

    private static final Map<String, JavaBlocks> COMPILED = new HashMap<>();

    private static Build build;

    @BeforeAll
    static void readBuild() throws Exception {
        build = Build.read();
    }

    @TestFactory
    Stream<DynamicNode> every_block_is_what_it_claims_to_be() throws IOException {
        CheckedElsewhere elsewhere = CheckedElsewhere.read();
        return Documentation.read(Build.REPOSITORY).pages().stream()
                .filter(page -> !page.blocks().isEmpty() && !elsewhere.has(page.path()))
                .map(page -> DynamicContainer.dynamicContainer(page.path(), tests(page)));
    }

    /** The files of the starter, which users copy, are blocks of a page that nobody has written. */
    @TestFactory
    Stream<DynamicTest> every_file_of_the_starter_is_what_it_claims_to_be() throws IOException {
        Map<String, String> files = StarterFiles.read();
        Page page = StarterFiles.asPage(files);
        List<String> names = List.copyOf(files.keySet());
        assertThat(names).hasSize(page.blocks().size()).hasSizeGreaterThan(6);
        return IntStream.range(0, names.size())
                .mapToObj(i -> DynamicTest.dynamicTest(
                        names.get(i), () -> check(page, page.blocks().get(i))));
    }

    @Test
    void the_fallback_of_the_starter_fits() throws Exception {
        Page page = StarterFiles.asPage(StarterFiles.read());
        assertThat(compiled(page).isRight()).isTrue();
        Beans.deploy(directoryOf(page, "classes"), "com.example.app");
    }

    @Test
    void every_command_in_a_sentence_names_what_there_is() throws IOException {
        List<String> mistakes = new ArrayList<>();
        int count = 0;
        for (Page page : Documentation.read(Build.REPOSITORY).pages()) {
            Matcher matcher = COMMAND.matcher(page.text());
            while (matcher.find()) {
                count++;
                Block command = new Block(page, 1, "sh", matcher.group(1));
                Commands.of(command, build)
                        .mistakes()
                        .forEach(mistake -> mistakes.add(page + ": " + command.text() + ": " + mistake));
            }
        }
        assertThat(count).isGreaterThan(10);
        assertThat(mistakes).isEmpty();
    }

    private static Stream<DynamicTest> tests(Page page) {
        return page.blocks().stream().map(block -> DynamicTest.dynamicTest(block.toString(), () -> check(page, block)));
    }

    private static void check(Page page, Block block) throws Exception {
        switch (block.language()) {
            case "java" -> checkJava(page, block);
            case "xml" -> checkXml(page, block);
            case "properties" -> checkProperties(page, block);
            case "json" -> checkJson(block);
            case "yaml" -> checkYaml(block);
            case "promql" -> checkQueries(block);
            case "console", "sh" -> checkCommands(block);
            case "http" -> HttpBlock.check(block);
            case "text" -> assertThat(Messages.missing(block, build)).isEmpty();
            case "uri" -> assertThat(block.text().lines()).allSatisfy(RedisAddress::parse);
            case "html" ->
                XmlBlock.parse(new Block(page, block.line(), "xml", block.text().replace("<!DOCTYPE html>", "")));
            case "redis" -> RedisCommands.check(block);
            case "haproxy" -> checkHaProxy(block);
            case "nginx" -> checkNginx(block);
            case "diagram" ->
                // A picture of letters, and no hiding place for what somebody would check.
                assertThat(block.text()).as(block.where()).doesNotContain("</").containsAnyOf("→", "─", "│");
            case "" -> throw new AssertionError(block.where() + ": a block without a language");
            default -> throw new AssertionError(block.where() + ": nobody checks blocks of " + block.language());
        }
    }

    private static Path directoryOf(Page page, String name) {
        return directory.resolve(page.path().replace('/', '_')).resolve(name);
    }

    /** Once for all blocks of a page. */
    private static JavaBlocks compiled(Page page) throws IOException {
        JavaBlocks known = COMPILED.get(page.path());
        if (known == null) {
            known = JavaBlocks.compile(page, directoryOf(page, "classes"));
            COMPILED.put(page.path(), known);
        }
        return known;
    }

    private static void checkJava(Page page, Block block) throws Exception {
        Path classes = directoryOf(page, "classes");
        assertThat(compiled(page).errors(block)).isEmpty();
        assertThat(PublicApiList.read()
                        .unlisted(classes.resolve(JavaBlock.packageOf(block).replace('.', '/'))))
                .as(block.where())
                .isEmpty();
        if (block.text().contains("@Resilient") && compiled(page).isRight()) {
            try {
                Beans.deploy(classes, JavaBlock.packageOf(block));
            } catch (Exception refused) {
                throw new AssertionError(block.where() + ": " + Beans.words(refused), refused);
            }
        }
    }

    private static void checkXml(Page page, Block block) throws Exception {
        XmlBlock xml = XmlBlock.parse(block);
        switch (xml.kind()) {
            case POM ->
                assertThat(PomBlock.mistakes(xml, build)).as(block.where()).isEmpty();
            case WEB_XML -> {
                List<String> others = OtherFilter.namesIn(xml);
                if (others.isEmpty()) {
                    deploy(page, xml);
                } else {
                    for (String each : others) {
                        assertThat(OtherFilter.unknownInitParams(each, xml))
                                .as(block.where())
                                .isEmpty();
                    }
                }
            }
            case OTHER -> {}
            default -> throw new AssertionError(xml.kind());
        }
    }

    private static void deploy(Page page, XmlBlock xml) throws Exception {
        AssertionError refused = null;
        for (String owner : owners(page, xml)) {
            try {
                deploy(page, xml, owner);
                return;
            } catch (Exception e) {
                AssertionError each = new AssertionError(xml.block().where() + ": " + e.getMessage(), e);
                if (refused == null) {
                    refused = each;
                } else {
                    refused.addSuppressed(each);
                }
            }
        }
        throw refused == null ? new AssertionError(xml.block().where()) : refused;
    }

    /** Whose init-params those can be that stand alone: the filter's, or those of another class that the page declares. */
    private static Set<String> owners(Page page, XmlBlock xml) throws Exception {
        Set<String> owners = new LinkedHashSet<>(List.of(FILTER));
        if (isInitParamsAlone(xml)) {
            for (Block each : page.blocks()) {
                if (each.language().equals("xml")) {
                    XmlBlock other = XmlBlock.parse(each);
                    owners.addAll(other.texts("filter-class"));
                    owners.addAll(other.texts("servlet-class"));
                }
            }
        }
        return owners;
    }

    private static boolean isInitParamsAlone(XmlBlock xml) {
        return xml.pieces().stream().allMatch(piece -> piece.getTagName().equals("init-param"));
    }

    private static void deploy(Page page, XmlBlock xml, String owner) throws Exception {
        WebApplication application = application(page, xml.block());
        String text = xml.block().text();
        if (xml.root().getTagName().equals("web-app")) {
            text = text.substring(text.indexOf('>', text.indexOf("<web-app")) + 1, text.lastIndexOf("</web-app>"));
        }
        if (isInitParamsAlone(xml)) {
            if (owner.endsWith("Servlet")) {
                application.servlet(owner, text);
            } else {
                application.filter(owner, text);
            }
        } else if (xml.has("filter") || xml.has("servlet") || !xml.has("filter-mapping")) {
            application.webXml(text);
        } else {
            application.webXml(
                    "<filter><filter-name>" + xml.texts("filter-name").get(0) + "</filter-name><filter-class>" + FILTER
                            + "</filter-class><async-supported>true</async-supported></filter>" + text);
        }
        if (xml.has("security-constraint") && !xml.has("login-config")) {
            application.webXml("<login-config><auth-method>BASIC</auth-method></login-config>");
        }
        application.deploy();
    }

    /** With the classes, the policies and the page for browsers that the page shows. */
    private static WebApplication application(Page page, Block block) throws Exception {
        WebApplication application =
                new WebApplication(directoryOf(page, "line" + block.line()), directoryOf(page, "classes"));
        assertThat(compiled(page).isRight())
                .as("the Java of " + page + " compiles")
                .isTrue();
        for (Block each : page.blocks()) {
            if (each.language().equals("properties") && isPolicies(each)) {
                application.file("WEB-INF/policies.properties", each.text());
                break;
            }
        }
        for (Block each : page.blocks()) {
            if (each.language().equals("html")) {
                application.file("WEB-INF/too-many.html", each.text());
            }
        }
        return application;
    }

    private static boolean isPolicies(Block block) throws IOException {
        return TargetSettings.read(block.text()).keySet().stream().noneMatch(key -> key.startsWith("seawall."));
    }

    private static void checkProperties(Page page, Block block) throws Exception {
        if (isPolicies(block)) {
            WebApplication application = application(page, block);
            application.file("WEB-INF/policies.properties", block.text());
            application.filter(FILTER, WebApplication.initParams(Map.of("policies", "/WEB-INF/policies.properties")));
            try {
                application.deploy();
            } catch (Exception refused) {
                throw new AssertionError(block.where() + ": " + refused.getMessage(), refused);
            }
        } else {
            checkSettings(block, TargetSettings.read(block.text()));
        }
    }

    private static void checkSettings(Block block, Map<String, String> settings) throws Exception {
        Path classes = directoryOf(block.page(), "settings" + block.line());
        assertThat(TargetSettings.mistakes(block, settings, classes, build)).isEmpty();
    }

    private static void checkCommands(Block block) throws Exception {
        Commands commands = Commands.of(block, build);
        assertThat(commands.mistakes()).as(block.where()).isEmpty();
        checkSettings(block, commands.settings());
    }

    private static void checkJson(Block block) throws IOException {
        JsonReader reader = new JsonReader(new StringReader(block.text()));
        reader.setStrictness(Strictness.STRICT);
        try {
            assertThat(new Gson().getAdapter(JsonElement.class).read(reader)).isNotNull();
            assertThat(reader.peek()).hasToString("END_DOCUMENT");
        } catch (IOException | JsonParseException malformed) {
            throw new AssertionError(block.where() + ": no JSON: " + malformed.getMessage(), malformed);
        }
    }

    private static void checkYaml(Block block) throws Exception {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        try {
            new Yaml(new SafeConstructor(options))
                    .loadAll(block.text())
                    .forEach(document -> assertThat(document).isNotNull());
        } catch (YAMLException malformed) {
            throw new AssertionError(block.where() + ": no YAML: " + malformed.getMessage(), malformed);
        }
        if (block.text().startsWith("scrape_configs:")) {
            Path prometheus = directory.resolve("prometheus-" + block.line() + ".yml");
            Files.writeString(prometheus, block.text());
            checkByTool(block, "promtool", "check", "config", prometheus.toString());
        }
    }

    private static void checkQueries(Block block) throws Exception {
        Queries queries = Queries.of(block);
        assertThat(queries.unknownMetrics()).as(block.where()).isEmpty();
        Path rules = directory.resolve("rules-" + block.line() + ".yml");
        Files.writeString(rules, queries.asRules());
        checkByTool(block, "promtool", "check", "rules", rules.toString());
    }

    private static void checkHaProxy(Block block) throws Exception {
        Path file = directory.resolve("haproxy-" + block.line() + ".cfg");
        String timeouts = "defaults\n  mode http\n  timeout connect 5s\n  timeout client 5s\n  timeout server 5s\n\n";
        // Never bound: it is only checked.
        String listener = block.text().contains("\n  bind ") ? "" : "frontend page\n  bind 127.0.0.1:8080\n";
        Files.writeString(file, timeouts + listener + block.text());
        checkByTool(block, "haproxy", "-c", "-f", file.toString());
    }

    /** Braces, and a semicolon at the end of each directive. */
    private static void checkNginx(Block block) {
        int depth = 0;
        int number = 0;
        for (String line : block.text().split("\n", -1)) {
            number++;
            String directive = line.replaceAll("#.*$", "").strip();
            assertThat(directive).as(block.where(number)).matches("|.*[{};]|[^;{}]*,");
            depth += directive.endsWith("{") ? 1 : directive.equals("}") ? -1 : 0;
            assertThat(depth).as(block.where(number)).isNotNegative();
        }
        assertThat(depth).as(block.where()).isZero();
    }

    private static void checkByTool(Block block, String... command) throws Exception {
        assumeTrue(isInstalled(command[0]), command[0] + " is not on the path (Debian: apt-get install it)");
        Path output = directory.resolve("output-" + block.line());
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue())
                    .as(block.where() + ": " + Files.readString(output))
                    .isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    private static boolean isInstalled(String tool) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator, -1))
                        .anyMatch(each -> Files.isExecutable(Path.of(each, tool)))
                || List.of("/usr/sbin/" + tool).stream().anyMatch(each -> Files.isExecutable(Path.of(each)));
    }
}
