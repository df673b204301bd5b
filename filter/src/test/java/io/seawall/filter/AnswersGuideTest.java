package io.seawall.filter;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.ShopRefusals;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.eclipse.jetty.util.resource.ResourceFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** What docs/filter.md says of answers, deployed as it stands there. */
class AnswersGuideTest {

    private static final String LIMITS = "burst=20/1s; sustained=1000/1h";

    @TempDir
    private Path application;

    private String section = "";

    @BeforeEach
    void read() throws IOException {
        String guide = Files.readString(Path.of("../docs/filter.md"));
        int start = guide.indexOf("\n## Answers\n");
        section = guide.substring(start, guide.indexOf("\n## ", start + 1));
        Files.createDirectory(application.resolve("WEB-INF"));
        Files.writeString(
                application.resolve("WEB-INF/too-many.html"), blocks("html").get(0));
    }

    private List<String> blocks(String language) {
        List<String> blocks = new ArrayList<>();
        String fence = "\n```" + language + "\n";
        for (int at = section.indexOf(fence); at >= 0; at = section.indexOf(fence, at + 1)) {
            int from = at + fence.length();
            blocks.add(section.substring(from, section.indexOf("```\n", from)));
        }
        return blocks;
    }

    /** Name and value of each init-param of the guide. */
    private List<Map.Entry<String, String>> initParams() throws Exception {
        List<Map.Entry<String, String>> found = new ArrayList<>();
        for (String block : blocks("xml")) {
            Element parameter = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(block)))
                    .getDocumentElement();
            found.add(Map.entry(text(parameter, "param-name"), text(parameter, "param-value")));
        }
        return found;
    }

    private static String text(Element parent, String tag) {
        return parent.getElementsByTagName(tag).item(0).getTextContent();
    }

    private TestServer deploy(String limits, Map.Entry<String, String> initParam) throws Exception {
        TestServer server = new TestServer();
        server.application()
                .setBaseResource(ResourceFactory.of(server.application()).newResource(application));
        return server.filter("api", Map.of("limits", limits, initParam.getKey(), initParam.getValue()))
                .start();
    }

    private HttpResponse<String> refusal(Map.Entry<String, String> initParam) throws Exception {
        try (TestServer server = deploy("1/1h", initParam)) {
            server.get("/");
            HttpResponse<String> refused = server.get("/", "Accept", "text/html");
            assertThat(refused.statusCode()).isEqualTo(429);
            return refused;
        }
    }

    @Test
    void every_example_can_be_deployed() throws Exception {
        assertThat(initParams())
                .containsExactly(
                        Map.entry("headers", "legacy"),
                        Map.entry("headers", "none"),
                        Map.entry("preflights", "count"),
                        Map.entry("refusal-page", "/WEB-INF/too-many.html"),
                        Map.entry("refusal-page", "com.example.ShopRefusals"));
        for (Map.Entry<String, String> initParam : initParams()) {
            deploy("100/60s", initParam).close();
        }
    }

    @Test
    void the_header_fields_are_those_that_are_shown() throws Exception {
        assertAnswer(blocks("http").get(0), Map.entry("headers", "draft"));
        assertAnswer(blocks("http").get(1), Map.entry("headers", "legacy"));
    }

    private void assertAnswer(String shown, Map.Entry<String, String> initParam) throws Exception {
        try (TestServer server = deploy(LIMITS, initParam)) {
            HttpResponse<String> answer = server.get("/");
            List<String> lines = shown.lines().toList();
            assertThat(lines).isNotEmpty().allSatisfy(line -> {
                int colon = line.indexOf(':');
                assertThat(answer.headers().firstValue(line.substring(0, colon)).map(AnswersGuideTest::withoutSeconds))
                        .hasValue(withoutSeconds(line.substring(colon + 2)));
            });
        }
    }

    /** A wait may be a second shorter. */
    private static String withoutSeconds(String value) {
        return value.replaceAll("(t=|^)(1|2|3[56]\\d\\d)(?=,|$)", "$1SECONDS");
    }

    @Test
    void the_page_is_filled() throws Exception {
        HttpResponse<String> refused = refusal(initParams().get(3));
        assertThat(refused.body())
                .contains("<p>Bitte in "
                        + refused.headers().firstValue("Retry-After").orElseThrow()
                        + " Sekunden noch einmal versuchen (default).</p>");
    }

    @Test
    void the_class_is_the_one_that_is_tested_here() throws Exception {
        assertThat(blocks("java"))
                .containsExactly(Files.readString(
                        Path.of("src/test/java/" + ShopRefusals.class.getName().replace('.', '/') + ".java")));
        assertThat(refusal(initParams().get(4)).body())
                .matches("\\{\"error\":\"QUOTA_EXCEEDED\",\"retryAfter\":36\\d\\d}");
    }
}
